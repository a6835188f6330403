// What the queue gives up, chosen by its keys alone: reading ten megabytes to delete some of them would be felt. Of what
// goes logs are read, as they may carry counts, and no attachment of megabytes.

import { settle } from '../platform/guard.js';
import type { Platform } from '../platform/platform.js';
import { type Bounded, EVICTED } from '../queue/care.js';
import { GIVEN_UP, readKeys, readLogs } from '../queue/idb.js';
import { MAX_ENTRY_CHARACTERS } from '../queue/journal.js';
import { isPast, ownKey, sizeOf } from '../queue/log-store.js';
import { createLosses } from './losses.js';

/** How full a queue that was too full may be afterwards, so that not every report evicts. */
const FULL = 0.9;

/** Keys of what has to go, by reason. */
export interface Evicted {
  readonly age: readonly string[];
  readonly room: readonly string[];
}

const isHandled = (key: string): boolean => key.split('-')[2] === 'handled';

/**
 * What was put longer ago than App Center's window at `now` (milliseconds since the epoch), and of the rest, until at
 * most `most` bytes are left, the oldest handled errors, then the oldest crashes.
 * @param keys as `toEntry` makes them, oldest first
 */
export function toEvicted(keys: readonly string[], now: number, most: number): Evicted {
  const rest = keys.filter((key) => !isPast(key, now));
  let size = sizeOfAll(rest);
  const inOrder = [...rest.filter(isHandled), ...rest.filter((key) => !isHandled(key))];
  const room = inOrder.filter((key) => {
    const over = size > most;
    if (over) size -= sizeOf(key);
    return over;
  });
  return { age: keys.filter((key) => isPast(key, now)), room };
}

const sizeOfAll = (keys: readonly string[]): number => keys.reduce((sum, key) => sum + sizeOf(key), 0);

async function evict(platform: Platform, queue: Bounded, noRoom: boolean): Promise<void> {
  const { use, pending, remove, maxSize } = queue;
  const stored = (await use(readKeys)) ?? [];
  // What is in memory alone makes no room on a disk that is full, and may still be sent.
  const keys = noRoom ? stored : [...new Set([...stored, ...pending.keys()])];
  // What is held is no younger for it.
  keys.sort((a, b) => (ownKey(a) < ownKey(b) ? -1 : 1));
  const size = sizeOfAll(keys);
  // Within its bounds nothing has to go: an attachment of 7 MiB takes nearly all of the default.
  const bound = size > maxSize ? maxSize * FULL : maxSize;
  const { age, room } = toEvicted(keys, platform.now(), noRoom ? size / 2 : bound);
  const gone = [...age, ...room];
  // What carries the counts of others and is given up itself has them counted again, and so has what only counts.
  const going = new Set(gone);
  // No log is larger (`MAX_LOG` of exception/fit.ts).
  const isRead = (key: string) =>
    going.has(key) ? sizeOf(key) <= MAX_ENTRY_CHARACTERS : key.startsWith(GIVEN_UP);
  const read = (await settle(use((database) => readLogs(database, isRead)))) ?? [];
  const given = [...read, ...gone.flatMap((key) => pending.get(key) ?? [])];
  const all = [...gone, ...given.map(({ key }) => key)];
  if (!all[0]) return;
  const losses = createLosses(platform, queue.losses);
  // First: where it rejects they are there still, and are given up again.
  await remove(all);
  for (const { json } of given) losses.lost(json);
  losses.back({ [`${EVICTED}age`]: age.length, [`${EVICTED}room`]: room.length });
}

/** Of each queue of this page, the latest. */
const turns = new WeakMap<Bounded, Promise<void>>();

/**
 * Keeps the queue within its bounds; with `noRoom`, to half of what there is. In turn, of all tabs where they have
 * locks: what two gave up at once would be counted twice.
 */
export async function tidy(platform: Platform, queue: Bounded, noRoom: boolean): Promise<void> {
  const { locks } = platform;
  const before = turns.get(queue);
  const work = () => evict(platform, queue, noRoom);
  const take = async () => {
    if (before) await settle(before);
    try {
      // Throws where there are none, too.
      await (locks as LockManager).request(queue.losses, work);
    } catch {
      // In a sandboxed frame the locks are there, and refuse.
      await work();
    }
  };
  const turn = take();
  turns.set(queue, turn);
  await turn;
}
