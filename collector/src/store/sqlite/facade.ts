import type { Delivery } from '../store.js';
import type { SetAside } from '../upkeep.js';
import { type Call, READS, type SqliteStore, type Unpacked, WRITES } from './calls.js';

/** Calls in one transaction at most: beyond this the fsync is no longer what a call costs. */
export const WRITE_GROUP = 256;

/** Reads do not share an answer: a slow one would hold up those beside it. */
export const READ_GROUP = 1;

/**
 * Logs that are unpacked for one look at what was kept, so that what has just been acknowledged is seen. Under a flood
 * there are more: then they are seen when digestion has come to them.
 */
const UNPACKED_FOR_ONE = 200;

/** Reads of what was posted. */
const LOOKS = ['report', 'attachmentsOf', 'waitingAttachments', 'crashFree', 'eventsOf'] as const;

/** One side of the store, as `createQueue` makes it. */
interface Side {
  call(method: Call['method'], args: readonly unknown[]): Promise<unknown>;
  close(): Promise<void>;
}

interface Sides {
  readonly writer: Side;
  readonly reader: Side;
  /** Lets go of what is behind them, after both are empty. */
  readonly end: () => Promise<void>;
  /** Told of what stood in the way of others, once. */
  readonly onAside: (aside: SetAside) => void;
}

/** The Store over two queues. */
export function toStore({ writer, reader, end, onAside }: Sides): SqliteStore {
  const entries = [...methodsOf(WRITES, writer), ...methodsOf(READS, reader)];
  // The names come from READS and WRITES, which `Reads` and `Writes` check against the Store.
  const all = Object.fromEntries(entries) as unknown as Omit<
    SqliteStore,
    'ping' | 'close' | 'settle' | 'keep' | 'unpack' | 'keepDigests'
  >;
  const { keep, unpack } = createInboxOf(writer, onAside);
  let closing: Promise<void> | undefined;
  const close = async () => {
    await Promise.all([writer.close(), reader.close()]);
    await end();
  };
  return {
    ...all,
    ...Object.fromEntries(LOOKS.map((name) => [name, looking(all[name] as Method, unpack)])),
    keep,
    unpack,
    keepDigests: async (digests) => {
      const aside = (await writer.call('keepDigests', [digests])) as readonly SetAside[];
      for (const one of aside) onAside(one);
    },
    settle: async () => {
      await unpack(Number(await reader.call('inboxLogs', [])));
    },
    ping: async () => {
      await Promise.all([writer.call('ping', []), reader.call('ping', [])]);
    },
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** Unpacks only where something may be in the inbox: at the start, and after a post. */
function createInboxOf(writer: Side, onAside: (aside: SetAside) => void) {
  let mayHold = true;
  let under = 0;
  const unpackOnce = async (limit: number): Promise<Unpacked> => {
    mayHold = false;
    under++;
    try {
      const unpacked = (await writer.call('unpack', [limit])) as Unpacked;
      mayHold ||= unpacked.more;
      for (const one of unpacked.aside) onAside(one);
      return unpacked;
    } catch (error) {
      mayHold = true;
      throw error;
    } finally {
      under--;
    }
  };
  const noted = () => {
    mayHold = true;
  };
  return {
    // Not async: it would hold the delivery until the commit.
    keep: (delivery: Delivery) => writer.call('keepPost', [delivery]).then(noted),
    async unpack(limit: number): Promise<boolean> {
      // What another has begun to unpack is not there before that is done, and this comes after it.
      if (!mayHold && under === 0) return false;
      for (let left = limit; left > 0; ) {
        const { logs, more } = await unpackOnce(left);
        if (!more) return false;
        left -= logs;
      }
      return true;
    },
  };
}

type Method = (...args: unknown[]) => Promise<unknown>;

type Unpack = SqliteStore['unpack'];

function looking(read: Method, unpack: Unpack): Method {
  return async (...args) => {
    try {
      await unpack(UNPACKED_FOR_ONE);
    } catch {
      // A full disk, say: who looks sees what is there already. Digestion comes to the same, and tells of it.
    }
    return read(...args);
  };
}

function methodsOf(names: readonly Call['method'][], side: Side): [string, Method][] {
  return names.map((name) => [name, (...args) => side.call(name, args)]);
}
