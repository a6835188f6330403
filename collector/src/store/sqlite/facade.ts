import { type Call, READS, type SqliteStore, WRITES } from './calls.js';

/** Calls in one transaction at most: beyond this the fsync is no longer what a call costs. */
export const WRITE_GROUP = 256;

/** Reads do not share an answer: a slow one would hold up those beside it. */
export const READ_GROUP = 1;

/** One side of the store, as `createQueue` makes it. */
interface Side {
  call(method: Call['method'], args: readonly unknown[]): Promise<unknown>;
  close(): Promise<void>;
}

/** The Store over two queues. `end` lets go of what is behind them, after both are empty. */
export function toStore(writer: Side, reader: Side, end: () => Promise<void>): SqliteStore {
  const entries = [...methodsOf(WRITES, writer), ...methodsOf(READS, reader)];
  let closing: Promise<void> | undefined;
  const close = async () => {
    await Promise.all([writer.close(), reader.close()]);
    await end();
  };
  // The names come from READS and WRITES, which `Reads` and `Writes` check against the Store.
  return {
    ...(Object.fromEntries(entries) as unknown as Omit<SqliteStore, 'ping' | 'close'>),
    ping: async () => {
      await Promise.all([writer.call('ping', []), reader.call('ping', [])]);
    },
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

type Method = (...args: unknown[]) => Promise<unknown>;

function methodsOf(names: readonly Call['method'][], side: Side): [string, Method][] {
  return names.map((name) => [name, (...args) => side.call(name, args)]);
}
