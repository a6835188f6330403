// What is on disk and may not go yet, of this visit, of earlier ones, of workers.
import type { Platform } from '../platform/platform.js';
import { readHeld as readStored } from '../queue/idb.js';
import { type Entry, HELD } from '../queue/log-store.js';
import type { Queue } from '../queue/open-queue.js';

/** How long the database may take to open before what is in it waits for the next visit. Milliseconds, and tries. */
const WAIT = 200;
const TRIES = 25;

/** All that is held, oldest first. Rejects where the database fails. */
export async function readHeld({ later }: Platform, { use, unstored }: Queue): Promise<Entry[]> {
  // Undefined as long as it is being opened.
  let stored = await use(readStored);
  for (let tries = 0; !stored && tries < TRIES; tries++) {
    await new Promise<void>((resolve) => later(resolve, WAIT));
    stored = await use(readStored);
  }
  const entries = new Map<string, Entry>();
  for (const entry of [...(stored ?? []), ...unstored()])
    if (entry.key.startsWith(HELD)) entries.set(entry.key, entry);
  return [...entries.values()];
}
