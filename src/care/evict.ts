// What the queue gives up, by its keys alone: reading ten megabytes of logs to delete some of them would be felt.

import { attempt } from '../platform/guard.js';
import type { Platform } from '../platform/platform.js';
import type { Bounded } from '../queue/care.js';
import { readKeys } from '../queue/idb.js';
import { timeOf } from '../queue/log-store.js';

/** App Center's window: older reports it does not show. Milliseconds. */
const MAX_AGE = 25 * 86_400_000;
/** How full the queue may be afterwards, so that not every report evicts. */
const FULL = 0.9;
/** The names, as properties of a report, of how many were given up since the last that said so, and why. */
const EVICTED = 'crashpost.evicted.';

/** Keys of what has to go, by reason. */
export interface Evicted {
  readonly age: readonly string[];
  readonly room: readonly string[];
}

const sizeOf = (key: string): number => Number(key.split('-')[3]) || 0;
const isHandled = (key: string): boolean => key.split('-')[2] === 'handled';

/**
 * What was put longer ago than App Center's window at `now` (milliseconds since the epoch), and of the rest, until at
 * most `most` bytes are left, the oldest handled errors, then the oldest crashes.
 * @param keys as `toEntry` makes them, oldest first
 */
export function toEvicted(keys: readonly string[], now: number, most: number): Evicted {
  const isOld = (key: string) => now - timeOf(key) > MAX_AGE;
  const rest = keys.filter((key) => !isOld(key));
  let size = sizeOfAll(rest);
  const inOrder = [...rest.filter(isHandled), ...rest.filter((key) => !isHandled(key))];
  const room = inOrder.filter((key) => {
    const over = size > most;
    if (over) size -= sizeOf(key);
    return over;
  });
  return { age: keys.filter(isOld), room };
}

const sizeOfAll = (keys: readonly string[]): number => keys.reduce((sum, key) => sum + sizeOf(key), 0);

/** Kept beside the journal: the counts survive the tab, and whichever tab reports next takes them. */
function count(local: Storage | undefined, name: string, evicted: Evicted): void {
  const counts: Record<string, number> = attempt(() => JSON.parse(local?.getItem(name) ?? '')) ?? {};
  for (const [reason, { length }] of Object.entries(evicted))
    if (length > 0) counts[EVICTED + reason] = (counts[EVICTED + reason] ?? 0) + length;
  if (Object.keys(counts).length > 0) local?.setItem(name, JSON.stringify(counts));
}

/** Keeps the queue within its bounds; with `noRoom`, to half of what there is. */
export async function tidy({ local, now }: Platform, queue: Bounded, noRoom: boolean): Promise<void> {
  const { use, pending, settle, maxSize, losses } = queue;
  const stored = (await use(readKeys)) ?? [];
  // What is in memory alone makes no room on a disk that is full, and may still be sent.
  const keys = noRoom ? stored : [...new Set([...stored, ...pending.keys()])].sort();
  const evicted = toEvicted(keys, now(), noRoom ? sizeOfAll(keys) / 2 : maxSize * FULL);
  const gone = [...evicted.age, ...evicted.room];
  if (gone.length === 0) return;
  gone.forEach(settle);
  await use((database) => database.remove(gone));
  count(local, losses, evicted);
}
