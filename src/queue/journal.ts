import { attempt } from '../platform/guard.js';
import type { Entry } from './log-store.js';

/**
 * Of one entry: any log (`MAX_LOG` of exception/fit.ts), and attachments as small. WebKit keeps a hundred frames of an error,
 * which make 32,000 characters with a CDN's address, and it is WebKit that needs the journal.
 */
export const MAX_ENTRY_CHARACTERS = 61_440;
/**
 * Room the journal takes at most: localStorage holds five million for the whole origin, and the page needs it too; what
 * is in it at the start is read while the page waits. No less: of 200 errors in one task WebKit's IndexedDB has half
 * when the page is closed half a second later (row 7a of e2e/faults, on a busy machine).
 */
export const MAX_JOURNAL_CHARACTERS = 400_000;

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
  /** Characters of each, by its name. */
  const held = new Map<string, number>();
  // Looked up once: a page may keep thousands of names of its own.
  attempt(() => {
    for (const name of Object.keys(local ?? {}))
      if (name.startsWith(prefix)) held.set(name, local?.getItem(name)?.length ?? 0);
  });
  return {
    put({ key, json }) {
      let size = json.length;
      if (size > MAX_ENTRY_CHARACTERS) return;
      for (const other of held.values()) size += other;
      if (size > MAX_JOURNAL_CHARACTERS) return;
      local?.setItem(prefix + key, json);
      held.set(prefix + key, json.length);
    },
    remove(key) {
      if (held.delete(prefix + key)) local?.removeItem(prefix + key);
    },
    entries: () =>
      [...held.keys()].sort().flatMap((name) => {
        // A broken profile throws (Firefox: NS_ERROR_FILE_CORRUPTED), and what is in memory is still to be sent.
        const json = attempt(() => local?.getItem(name));
        // Another tab has brought it into IndexedDB meanwhile.
        if (json === null) held.delete(name);
        return json ? [{ key: name.slice(prefix.length), json }] : [];
      }),
  };
}
