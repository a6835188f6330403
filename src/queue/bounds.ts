import { attempt, settle } from '../platform/guard.js';
import type { Platform } from '../platform/platform.js';
import { within } from '../platform/within.js';
import { type Bounded, EVICTED, type LoadCare } from './care.js';
import { PATIENCE } from './connection.js';
import { readKeys } from './idb.js';
import { ownKey, sizeOf } from './log-store.js';

/** Gives up the oldest, whatever they are. */
async function trim({ local }: Platform, { use, remove, maxSize, losses }: Bounded): Promise<void> {
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
  // Nobody says it before the chunk is there: added to what went before.
  const name = `${EVICTED}room`;
  const all = attempt(() => JSON.parse(local?.getItem(losses) ?? '')) ?? {};
  local?.setItem(losses, JSON.stringify({ ...all, [name]: (all[name] ?? 0) + gone.length }));
}

/** Keeps a queue within its bounds. Who knows best what to give up is loaded; where it cannot be, age alone decides. */
export const createTidy = (platform: Platform, queue: Bounded, care: LoadCare) => {
  let turn: Promise<void> | undefined;
  // In turn: what two gave up at once would be counted twice.
  const trimNext = async (before = turn): Promise<void> => {
    if (before) await settle(before);
    await trim(platform, queue);
  };
  return async (noRoom = false): Promise<void> => {
    const chunk = await settle(within(platform, PATIENCE, care));
    if (!chunk) turn = trimNext();
    await (chunk ? chunk.tidy(platform, queue, noRoom) : turn);
  };
};
