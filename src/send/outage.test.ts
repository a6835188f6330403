// How often a collector is asked that has no answer for an hour: by App Center's schedule, whatever it is that fails.
import { expect, it } from 'vitest';
import type { FakePlatform } from '../platform/platform.fixture.js';
import { entry, refusal, reply, setUp, success } from './sender.fixture.js';

const HOUR = 3_600_000;

/** Lets `ms` milliseconds pass, timer by timer. */
async function pass(platform: FakePlatform, ms: number): Promise<void> {
  const end = platform.now() + ms;
  const next = () => Math.min(end, ...[...platform.timers].map(({ at }) => at));
  while (platform.now() < end) await platform.tick(Math.max(next() - platform.now(), 0));
}

/** When a collector that answers with `answer` was posted to in an hour, from the first time on. */
async function postsOfAnHour(answer: (ids: string[]) => Response | Promise<Response>): Promise<number[]> {
  const times: number[] = [];
  const { sender, platform, put } = setUp((ids) => {
    times.push(platform.now());
    return answer(ids);
  });
  put(entry());
  await sender.drain();
  await pass(platform, HOUR);
  return times.map((time) => time - (times[0] ?? 0));
}

const html = (status: number) => () => new Response('<html>', { status });

it.each([
  ['the network fails', () => Promise.reject(new TypeError('Failed to fetch'))],
  ['it says 408', () => refusal(408, 'RequestTimeout')],
  ['it says 429', () => refusal(429, 'TooManyRequests')],
  ['it says 500', () => reply(500, {})],
  ['it says 503, and when', () => refusal(503, 'ServiceUnavailable', { 'x-ms-retry-after-ms': '1000' })],
  ['a gateway says 502', html(502)],
  ['a captive portal says 200', html(200)],
  ['it throttles the log', (ids: string[]) => success(ids, ids)],
])('%s: after 10 s, 5 min and each 20 min, of which half is chance', async (_, answer) => {
  const times = await postsOfAnHour(answer);
  const delays = times.slice(1).map((time, n) => time - (times[n] ?? 0));
  for (const [n, delay] of delays.entries()) {
    const whole = [10_000, 300_000][n] ?? 1_200_000;
    expect(delay).toBeGreaterThanOrEqual(whole / 2);
    expect(delay).toBeLessThanOrEqual(whole);
    // No round number: everybody would come by it in one instant.
    expect(delay % 1_000).not.toBe(0);
  }
  expect(times.length).toBeGreaterThanOrEqual(5);
  expect(times.length).toBeLessThanOrEqual(8);
});

it('a header is the least to wait, and those who got the same do not come back in one instant', async () => {
  const hours = await Promise.all(
    Array.from({ length: 20 }, () =>
      postsOfAnHour(() => refusal(503, 'ServiceUnavailable', { 'Retry-After': '400' })),
    ),
  );
  const first = hours.map(([, time = 0]) => time);
  for (const time of first) {
    expect(time).toBeGreaterThanOrEqual(400_000);
    expect(time).toBeLessThanOrEqual(405_000);
  }
  expect(new Set(first).size).toBeGreaterThan(10);
  for (const times of hours) expect(times.length).toBeLessThanOrEqual(8);
});

it('what a firewall blocks: each log once alone, and not each ten seconds the next', async () => {
  const times: number[] = [];
  const { sender, platform, kept, put } = setUp(() => {
    times.push(platform.now());
    return html(403)();
  });
  put(...Array.from({ length: 100 }, () => entry()));
  await sender.drain();
  await pass(platform, HOUR);
  expect(kept.size).toBe(100);
  expect(times.length).toBeGreaterThanOrEqual(10);
  expect(times.length).toBeLessThanOrEqual(16);
});

it('a log that is blocked does not have those that come after it go one by one', async () => {
  const bad = entry();
  const { sender, platform, batches, kept, put } = setUp((ids) =>
    ids.some((id) => bad.key.endsWith(id)) ? html(403)() : success(ids),
  );
  put(bad, entry());
  await sender.drain();
  await platform.tick(10_000);
  expect([...kept.keys()]).toEqual([bad.key]);
  put(...Array.from({ length: 30 }, () => entry()));
  await sender.drain();
  expect(batches.at(-1)).toHaveLength(30);
});

it('what the network lets no one post is not posted again with each error that comes', async () => {
  const bad = entry();
  let posts = 0;
  const { sender, platform, kept, put } = setUp((ids) => {
    if (!ids.some((id) => bad.key.endsWith(id))) return success(ids);
    posts++;
    throw new TypeError('Failed to fetch');
  });
  put(bad);
  await sender.drain();
  for (let second = 0; second < 600; second++) {
    const fresh = entry(2, platform.now());
    put(fresh);
    sender.send(fresh);
    await pass(platform, 1_000);
  }
  expect([...kept.keys()]).toEqual([bad.key]);
  // Each try is two, compressed and plain, until one of the former was let through.
  expect(posts).toBeGreaterThanOrEqual(4);
  expect(posts).toBeLessThanOrEqual(32);
});

it('what the network lets no one post does not keep what is queued with it', async () => {
  const bad = entry();
  let posts = 0;
  const { sender, platform, kept, put } = setUp((ids) => {
    if (!ids.some((id) => bad.key.endsWith(id))) return success(ids);
    posts++;
    throw new TypeError('Failed to fetch');
  });
  put(...Array.from({ length: 10 }, () => entry()), bad, ...Array.from({ length: 100 }, () => entry()));
  await sender.drain();
  const fresh = entry(2, platform.now() + 1_000);
  await platform.tick(1_000);
  put(fresh);
  sender.send(fresh);
  await pass(platform, 60_000);
  expect([...kept.keys()]).toEqual([bad.key]);
  await pass(platform, HOUR);
  expect(posts).toBeGreaterThan(4);
  expect(posts).toBeLessThanOrEqual(24);
});

it('a network that fails after an answer is asked for a few logs more, and then left alone', async () => {
  let down = false;
  const { sender, platform, kept, batches, put } = setUp((ids) => {
    if (down) throw new TypeError('Failed to fetch');
    return success(ids);
  });
  put(entry());
  await sender.drain();
  down = true;
  put(...Array.from({ length: 50 }, () => entry()));
  const before = batches.length;
  await sender.drain();
  expect(batches.length - before).toBeLessThanOrEqual(5);
  await platform.tick(4_000);
  expect(batches.length - before).toBeLessThanOrEqual(5);
  down = false;
  await platform.tick(10_000);
  expect(kept.size).toBe(0);
});

it('a collector that has answered again gets what waits, and not in twenty minutes', async () => {
  let down = true;
  const { sender, platform, kept, put } = setUp((ids) => {
    if (down) throw new TypeError('Failed to fetch');
    return success(ids);
  });
  put(...Array.from({ length: 20 }, () => entry()));
  await sender.drain();
  await pass(platform, HOUR);
  down = false;
  const fresh = entry(2, platform.now());
  put(fresh);
  sender.send(fresh);
  await platform.tick(0);
  expect(kept.size).toBe(20);
  await platform.tick(1_000);
  expect(kept.size).toBe(0);
});

it('what another tab puts meanwhile does not have a network that fails asked again each time', async () => {
  const { sender, platform, batches, put } = setUp(() => {
    throw new TypeError('Failed to fetch');
  });
  put(entry());
  await sender.drain();
  for (let n = 0; n < 40; n++) {
    put(entry(2, platform.now()));
    await pass(platform, 4_000);
  }
  // In 160 s: at once, and after 10 s.
  expect(batches.length).toBeGreaterThanOrEqual(2);
  expect(batches.length).toBeLessThanOrEqual(4);
});

it('what has a key that is none of ours is sent too', async () => {
  const { sender, kept, put } = setUp((ids) => success(ids));
  put({ ...entry(), key: 'broken' });
  await sender.drain();
  expect(kept.size).toBe(0);
});
