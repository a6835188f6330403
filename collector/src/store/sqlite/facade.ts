import type { Delivery } from '../store.js';
import { type Call, READS, type SqliteStore, WRITES } from './calls.js';

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
const LOOKS = ['report', 'attachmentsOf', 'crashFree', 'eventsOf'] as const;

/** One side of the store, as `createQueue` makes it. */
interface Side {
  call(method: Call['method'], args: readonly unknown[]): Promise<unknown>;
  close(): Promise<void>;
}

/** The Store over two queues. `end` lets go of what is behind them, after both are empty. */
export function toStore(writer: Side, reader: Side, end: () => Promise<void>): SqliteStore {
  const entries = [...methodsOf(WRITES, writer), ...methodsOf(READS, reader)];
  // The names come from READS and WRITES, which `Reads` and `Writes` check against the Store.
  const all = Object.fromEntries(entries) as unknown as Omit<
    SqliteStore,
    'ping' | 'close' | 'settle' | 'keep'
  >;
  const { keep, unpack } = createInboxOf(writer);
  let closing: Promise<void> | undefined;
  const close = async () => {
    await Promise.all([writer.close(), reader.close()]);
    await end();
  };
  return {
    ...all,
    ...Object.fromEntries(LOOKS.map((name) => [name, looking(all[name] as Method, unpack)])),
    keep,
    undigested: createUndigested(all.undigested, unpack),
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

/** While a round is digested, the posts of the next are unpacked. */
function createUndigested(read: SqliteStore['undigested'], unpack: Unpack): SqliteStore['undigested'] {
  let ahead: Promise<unknown> = Promise.resolve();
  return async (limit) => {
    const before = ahead;
    ahead = Promise.resolve();
    await before;
    for (;;) {
      const reports = await read(limit);
      if (reports.length > 0) {
        ahead = unpack(limit);
        // Told to who asks next.
        ahead.catch(() => {});
        return reports;
      }
      // Posts of visits alone may come before it.
      if (!(await unpack(limit))) return read(limit);
    }
  };
}

/** Unpacks only where something may be in the inbox: at the start, and after a post. */
function createInboxOf(writer: Side) {
  let mayHold = true;
  let under = 0;
  const unpackOnce = async (limit: number): Promise<number> => {
    mayHold = false;
    under++;
    try {
      const logs = Number(await writer.call('unpack', [limit]));
      mayHold ||= logs > 0;
      return logs;
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
    /** Resolves with whether there may be more. */
    async unpack(limit: number): Promise<boolean> {
      for (let left = limit; left > 0; ) {
        const logs = mayHold || under > 0 ? await unpackOnce(left) : 0;
        if (logs === 0) return false;
        left -= logs;
      }
      return true;
    },
  };
}

type Method = (...args: unknown[]) => Promise<unknown>;

/** Resolves with whether there may be more. */
type Unpack = (limit: number) => Promise<boolean>;

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
