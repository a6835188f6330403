import type { Guard } from '../platform/guard.js';
import type { Platform } from '../platform/platform.js';
import { openDatabase, type QueueDatabase } from './idb.js';
import { createJournal } from './journal.js';
import { type Entry, type LogStore, QUEUE_PREFIX } from './log-store.js';

export interface QueueOptions {
  readonly platform: Platform;
  readonly guard: Guard;
  readonly appSecret: string;
  /** Kept with the queue, for the reporters in workers; in these it is undefined. */
  readonly kept: unknown;
  /** Called when the database has opened, and what earlier visits left can be read. */
  readonly onOpen: () => unknown;
}

/**
 * The write-ahead queue of one app: journal and IndexedDB, either one where the other is missing, memory where
 * neither can be had. Returns at once; the database opens behind it, or never does: Safari's first `open` may not
 * answer (https://bugs.webkit.org/show_bug.cgi?id=226547), and nothing here waits for it.
 */
export function openQueue({ platform, guard, appSecret, kept, onOpen }: QueueOptions): LogStore {
  const name = QUEUE_PREFIX + appSecret;
  const journal = createJournal(platform.local, `${name}.`);
  /** What IndexedDB does not have: what comes before it opens, and what it refused (no room). */
  const pending = new Map<string, Entry>();
  let database: QueueDatabase | undefined;
  let closed = false;

  const settle = guard((key: string) => {
    pending.delete(key);
    journal.remove(key);
  });
  const write = guard(async (entry: Entry) => {
    if (!database) return;
    await database.put(entry);
    settle(entry.key);
  });
  guard(() => {
    // What an earlier visit could not bring into IndexedDB before it ended.
    for (const entry of journal.entries()) pending.set(entry.key, entry);
  })();
  const open = guard(async () => {
    database = undefined;
    if (!platform.indexedDB || closed) return;
    database = await openDatabase(platform.indexedDB, name, open);
    if (closed) return database.close();
    for (const entry of pending.values()) write(entry);
    if (kept) await database.putKept(kept);
    onOpen();
  });
  open();

  return {
    put: (entry) => {
      pending.set(entry.key, entry);
      guard(journal.put)(entry);
      write(entry);
    },
    hold: guard(journal.put),
    // Reads see every write begun before them, so the database's word is enough while it has any.
    peek: async (limit) => {
      const stored = (await database?.peek(limit)) ?? [];
      return stored.length > 0 ? stored : [...pending.values()].slice(0, limit);
    },
    remove: async (keys) => {
      for (const key of keys) settle(key);
      await database?.remove(keys);
    },
    close: () => {
      closed = true;
      database?.close();
    },
  };
}
