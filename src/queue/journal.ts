import { attempt } from '../platform/guard.js';
import type { Entry } from './log-store.js';

/** Room the journal takes at most: localStorage holds 5 MB for the whole origin, and the page needs it too. */
export const MAX_JOURNAL_ENTRIES = 20;
export const MAX_JOURNAL_CHARACTERS = 20_000;

/**
 * The second place of the write-ahead: a killed renderer of WebKit loses IndexedDB 100 times of 100 and keeps
 * localStorage 100 of 100; a killed Chromium or Firefox is the mirror image (platform.md §C). Holds entries only
 * until IndexedDB has them.
 */
export interface Journal {
  /** Throws when localStorage is full or forbidden. Entries beyond the bounds are left to IndexedDB. */
  put(entry: Entry): void;
  remove(key: string): void;
  /** What is in it now, of this visit and of what was there when it began: of earlier visits, of other tabs. Oldest first. */
  entries(): Entry[];
}

export function createJournal(local: Storage | undefined, prefix: string): Journal {
  // Looked up once: a page may keep thousands of names of its own.
  const held = new Set(attempt(() => Object.keys(local ?? {}).filter((name) => name.startsWith(prefix))));
  return {
    put({ key, json }) {
      if (json.length > MAX_JOURNAL_CHARACTERS || held.size >= MAX_JOURNAL_ENTRIES) return;
      local?.setItem(prefix + key, json);
      held.add(prefix + key);
    },
    remove(key) {
      if (held.delete(prefix + key)) local?.removeItem(prefix + key);
    },
    entries: () =>
      [...held].sort().flatMap((name) => {
        const json = local?.getItem(name);
        // Another tab has brought it into IndexedDB meanwhile.
        if (!json) held.delete(name);
        return json ? [{ key: name.slice(prefix.length), json }] : [];
      }),
  };
}
