// What is on disk and may not go yet, of this visit, of earlier ones, of workers.
import { settle } from '../platform/guard.js';
import type { Platform } from '../platform/platform.js';
import { readLogs } from '../queue/idb.js';
import { type Entry, HELD } from '../queue/log-store.js';
import type { Queue } from '../queue/open-queue.js';

/** How long the database may take to open before what is in it waits for the next visit. Milliseconds, and tries. */
const WAIT = 200;
const TRIES = 25;

/** All that is held, oldest first, but what is too old or too much: that is given up. Rejects where the database fails. */
export async function readHeld({ later }: Platform, { use, unstored, tidy }: Queue): Promise<Entry[]> {
  // Undefined as long as it is being opened.
  for (let tries = 0; !(await use(async () => true)) && tries < TRIES; tries++)
    await new Promise<void>((resolve) => later(resolve, WAIT));
  // Nothing else may: what is held is no reason to post, and so to find that the queue is too old.
  await settle(tidy());
  const isHeld = (key: string) => key.startsWith(HELD);
  const entries = new Map<string, Entry>();
  for (const entry of [...((await use((database) => readLogs(database, isHeld))) ?? []), ...unstored()])
    if (isHeld(entry.key)) entries.set(entry.key, entry);
  return [...entries.values()];
}
