// The only file that knows idb-keyval (6.3.0). Its functions are kept, its default store is not: that one takes a
// promise hop and never commits, and of what it was given 0 % survived a killed page (platform.md §C). Its functions
// take a custom `UseStore`; this one begins the transaction in the same task and commits it at once: 100 %.
import { delMany, get, promisifyRequest, set, type UseStore } from 'idb-keyval';
import type { Entry } from './log-store.js';

const STORE = 'logs';
/** The key of what the page keeps for workers. */
const KEPT = 'target';

/** An open database of one app's queue. */
export interface QueueDatabase {
  /** Begins and commits in this task; resolves when it is on disk. Throws when the connection is gone. */
  put(entry: Entry): Promise<void>;
  peek(limit: number): Promise<Entry[]>;
  remove(keys: readonly string[]): Promise<void>;
  putKept(kept: unknown): Promise<void>;
  /** For `readKept`. */
  readonly use: UseStore;
  close(): void;
}

/** Synchronous and committing, see above. `commit` is missing in Safari before 15.4: there the engine commits by itself. */
function useStoreOf(db: IDBDatabase): UseStore {
  return async (mode, callback) => {
    const transaction = db.transaction(STORE, mode);
    const result = callback(transaction.objectStore(STORE));
    if (mode === 'readwrite') transaction.commit?.();
    return result;
  };
}

function wrap(db: IDBDatabase): QueueDatabase {
  const use = useStoreOf(db);
  return {
    put: (entry) => set(entry.key, entry, use),
    remove: (keys) => delMany([...keys], use),
    // Keys of entries are digits first, so what is kept comes last; it is no entry, as it has no key in it.
    peek: (limit) =>
      use('readonly', (store) =>
        promisifyRequest<(Entry | { key?: undefined })[]>(store.getAll(null, limit)),
      ).then((rows) => rows.filter((row): row is Entry => row.key !== undefined)),
    putKept: (kept) => set(KEPT, kept, use),
    use,
    close: () => db.close(),
  };
}

/** What the page's last start kept. Apart: only workers ask. */
export const readKept = ({ use }: QueueDatabase): Promise<unknown> => get(KEPT, use);

/**
 * Opens the database of a queue, made anew if it is missing. May never settle: see `open-queue.ts`.
 * @param onGone called when the connection is lost: the database was deleted, or the browser closed it (iOS does).
 */
export function openDatabase(factory: IDBFactory, name: string, onGone?: () => void): Promise<QueueDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const db = request.result;
      db.onversionchange = db.onclose = () => {
        // Or another tab's delete would wait for this page to close.
        db.close();
        onGone?.();
      };
      resolve(wrap(db));
    };
  });
}
