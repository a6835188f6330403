import { settle } from '../platform/guard.js';
import type { Platform } from '../platform/platform.js';
import { within } from '../platform/within.js';
import { type Bounded, EVICTED, type LoadCare } from './care.js';
import { PATIENCE } from './connection.js';
import { GIVEN_UP, readKeys } from './idb.js';
import { ownKey, sizeOf } from './log-store.js';

/** Gives up the oldest, whatever they are. */
async function trim({ use, remove, maxSize }: Bounded): Promise<void> {
  let room = maxSize;
  const keys = (await use(readKeys)) ?? [];
  const gone = keys
    .sort((a, b) => (ownKey(a) < ownKey(b) ? 1 : -1))
    .filter((key) => {
      room -= sizeOf(key);
      return room < 0;
    });
  if (!gone[0]) return;
  await remove(gone);
  // Where pages find it that have the chunk, and say it: a worker never has, nor a `localStorage`. Two that give up the
  // same write the same.
  const key = GIVEN_UP + gone[0];
  const json = `{"properties":{"${EVICTED}room":${gone.length}}}`;
  await use((database) => database.put({ key, json }));
}

/** Keeps a queue within its bounds. Who knows best what to give up is loaded; where it cannot be, age alone decides. */
export const createTidy = (platform: Platform, queue: Bounded, care: LoadCare) => {
  let turn: Promise<void> | undefined;
  // In turn: what two gave up at once would be counted twice.
  const trimNext = async (before = turn): Promise<void> => {
    if (before) await settle(before);
    await trim(queue);
  };
  return async (noRoom = false): Promise<void> => {
    const chunk = await settle(within(platform, PATIENCE, care));
    if (!chunk) turn = trimNext();
    await (chunk ? chunk.tidy(platform, queue, noRoom) : turn);
  };
};
