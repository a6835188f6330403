// The only file that knows idb-keyval (6.3.0). Its functions are kept, its default store is not: that one takes a
// promise hop and never commits, and of what it was given 0 % survived a killed page (platform.md §C). Its functions
// take a custom `UseStore`; this one begins the transaction in the same task and commits it at once: 100 %.
import { get, promisifyRequest, type UseStore } from 'idb-keyval';
import type { Entry } from './log-store.js';

const STORE = 'logs';
/** The key of what the page keeps for workers. What begins so is no entry, and comes after those that may be sent. */
const KEPT = 'target';
/** Keys that begin so are of counts: how many were given up by who could not say it, as a log that carries them. */
export const GIVEN_UP = `${KEPT}.evicted.`;

/** An open database of one app's queue. Every function begins in this task, and throws when the connection is gone. */
export interface QueueDatabase {
  /** Resolves when it is on disk. */
  put(entry: Entry): Promise<void>;
  /** The oldest. What is no text any more has become one, and the collector refuses it. */
  peek(limit: number): Promise<Entry[]>;
  remove(keys: readonly string[]): Promise<void>;
  putKept(kept: unknown): Promise<void>;
  /** For what stands apart. */
  readonly use: UseStore;
  close(): void;
}

/** Synchronous and committing, see above. `commit` is missing in Safari before 15.4: there the engine commits by itself. */
function useStoreOf(db: IDBDatabase): UseStore {
  return async (mode, callback) => {
    const transaction = db.transaction(STORE, mode);
    const result = callback(transaction.objectStore(STORE));
    if (mode === 'readwrite') transaction.commit?.();
    // A promise that is only returned is asked for its `then`, which is the page's.
    return await result;
  };
}

/**
 * Not idb-keyval's `set` and `delMany`: they reject at the `error` event of a request, while the transaction has no error yet (it has
 * one when it is aborted: https://w3c.github.io/IndexedDB/#abort-a-transaction), and a full disk would not be known as
 * one where the request says so, as Safari's does (https://github.com/jakearchibald/idb-keyval/pull/164).
 */
const write = (use: UseStore, change: (store: IDBObjectStore) => void): Promise<void> =>
  use(
    'readwrite',
    (store) =>
      new Promise((resolve, reject) => {
        const { transaction } = store;
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error);
        change(store);
      }),
  );

// Keys of entries that may be sent are digits first, so what else is kept comes last.
const isToSend = ({ key }: Entry): boolean => key < ':';

function wrap(db: IDBDatabase): QueueDatabase {
  const use = useStoreOf(db);
  return {
    put: ({ key, json }) => write(use, (store) => store.put(json, key)),
    remove: (gone) =>
      write(use, (store) => {
        for (const key of gone) store.delete(key);
      }),
    peek: (limit) =>
      use('readonly', async (store) => {
        const keys = await promisifyRequest(store.getAllKeys(null, limit));
        const rows = await promisifyRequest<string[]>(store.getAll(null, limit));
        // Paired first: a key that is none of ours, a number say, comes with its row.
        return (keys as string[]).map((key, i) => ({ key, json: `${rows[i]}` })).filter(isToSend);
      }),
    putKept: (kept) => write(use, (store) => store.put(kept, KEPT)),
    use,
    close: () => db.close(),
  };
}

/** The keys of all entries, oldest first, and then of what is held. Apart: asked for when something could not be sent. */
export const readKeys = async ({ use }: QueueDatabase): Promise<string[]> => {
  const keys = await use('readonly', (store) => promisifyRequest(store.getAllKeys()));
  return (keys as string[]).filter((key) => `${key}` === key && !key.startsWith(KEPT));
};

/** What `isWanted`, oldest first. Apart: asked for when it is given up, or a listener has been set. */
export const readLogs = ({ use }: QueueDatabase, isWanted: (key: string) => boolean): Promise<Entry[]> =>
  use('readonly', async (store) => {
    const entries: Entry[] = [];
    for (const key of await promisifyRequest(store.getAllKeys()))
      if (isWanted(`${key}`))
        entries.push({ key: `${key}`, json: `${await promisifyRequest(store.get(key))}` });
    return entries;
  });

/** What the page's last start kept. Apart: only workers ask. */
export const readKept = ({ use }: QueueDatabase): Promise<unknown> => get(KEPT, use);

/**
 * Opens the database of a queue, made anew if it is missing. May never settle: see `connection.ts`.
 * @param onGone called when the connection is lost: the database was deleted, or the browser closed it (iOS does).
 */
export async function openDatabase(
  factory: IDBFactory,
  name: string,
  onGone?: (gone: QueueDatabase) => void,
): Promise<QueueDatabase> {
  const request = factory.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  const db = await promisifyRequest(request);
  const database = wrap(db);
  db.onversionchange = db.onclose = () => {
    // Or another tab's delete would wait for this page to close.
    db.close();
    onGone?.(database);
  };
  return database;
}
