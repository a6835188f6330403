// What the network lets no one post, log by log, must keep nothing else from arriving, and is not posted without end.
import { expect, it } from 'vitest';
import type { FakePlatform } from '../platform/platform.fixture.js';
import type { Entry } from '../queue/log-store.js';
import { entry, setUp, success } from './sender.fixture.js';

const MINUTE = 60_000;

/** Lets `ms` milliseconds pass, timer by timer. */
async function pass(platform: FakePlatform, ms: number): Promise<void> {
  const end = platform.now() + ms;
  const next = () => Math.min(end, ...[...platform.timers].map(({ at }) => at));
  while (platform.now() < end) await platform.tick(Math.max(next() - platform.now(), 0));
}

/** A collector behind a network that cuts off each body with one of `bad` in it. */
function setUpWith(bad: readonly (Entry | undefined)[]) {
  const count = { bad: 0, posts: 0 };
  const world = setUp((ids) => {
    count.posts++;
    if (!ids.some((id) => bad.some((one) => one?.key.endsWith(id)))) return success(ids);
    count.bad++;
    throw new TypeError('Failed to fetch');
  });
  const { sender, platform, put, kept } = world;
  const throwOne = () => {
    const fresh = entry(2, platform.now());
    put(fresh);
    sender.send(fresh);
  };
  return { ...world, count, throwOne, left: () => [...kept.keys()] };
}

const many = (length: number) => Array.from({ length }, () => entry());

it.each([
  ['three among others', (all: Entry[]) => [all[5], all[20], all[40]]],
  ['five in a row, the oldest', (all: Entry[]) => all.slice(0, 5)],
])('many of them keep nothing that is queued behind them: %s', async (_, choose) => {
  const all = many(120);
  const bad = choose(all);
  const { put, sender, platform, count, throwOne, left } = setUpWith(bad);
  put(...all);
  await sender.drain();
  for (let n = 0; n < 3; n++) {
    await pass(platform, 5 * MINUTE);
    throwOne();
  }
  await pass(platform, 10 * MINUTE);
  expect(left().sort()).toEqual(bad.map((one) => one?.key).sort());
  count.bad = 0;
  await pass(platform, 60 * MINUTE);
  // By the schedule, and each try is two at most.
  expect(count.bad).toBeGreaterThan(0);
  expect(count.bad).toBeLessThanOrEqual(16);
});

it('an attachment that fills a post of its own keeps nothing that is queued behind it', async () => {
  const bad = entry(300_000);
  const { put, sender, platform, left } = setUpWith([bad]);
  put(bad, ...many(120));
  await sender.drain();
  // No error comes: it is its own schedule that tries the others.
  await pass(platform, 10 * MINUTE);
  expect(left()).toEqual([bad.key]);
});

it('a storm of errors beside one has it posted now and then, and goes in batches', async () => {
  const bad = entry();
  const { put, sender, platform, count, throwOne, left } = setUpWith([bad]);
  put(bad);
  await sender.drain();
  for (let second = 0; second < 60; second++) {
    for (let n = 0; n < 40; n++) throwOne();
    await pass(platform, 1_000);
  }
  await pass(platform, MINUTE);
  expect(left()).toEqual([bad.key]);
  expect(count.bad).toBeLessThanOrEqual(32);
  // Fifteen a second are posted at once.
  expect(count.posts).toBeLessThanOrEqual(60 * (15 + 2) + 60);
});

it('what is left of a batch that was cut off has a timer, whatever happened meanwhile', async () => {
  let down = false;
  let answer = () => {};
  const { put, sender, platform, kept } = setUp((ids, n) => {
    // The batch.
    if (down || n === 2) throw new TypeError('Failed to fetch');
    // Its first log, of which the answer is late.
    if (n === 3) return new Promise((resolve) => (answer = () => resolve(success(ids))));
    return success(ids);
  });
  put(entry());
  await sender.drain();
  const waiting = entry();
  put(entry(), waiting);
  const drained = sender.drain();
  await platform.tick(0);
  // Meanwhile the network fails, for an error that is new.
  down = true;
  sender.send(entry(2, platform.now()));
  await platform.tick(0);
  answer();
  await drained;
  expect([...kept.keys()]).toEqual([waiting.key]);
  await pass(platform, 60 * MINUTE);
  expect([...kept.keys()]).toEqual([waiting.key]);
  down = false;
  await pass(platform, 60 * MINUTE);
  expect(kept.size).toBe(0);
});

it('one that was just tried in vain keeps no error that comes right after it', async () => {
  const bad = entry();
  const { put, sender, platform, throwOne, left } = setUpWith([bad]);
  throwOne();
  await platform.tick(0);
  put(bad);
  await sender.drain();
  throwOne();
  await platform.tick(0);
  expect(left()).toEqual([bad.key]);
});
