import { gunzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import * as care from '../extra.js';
import { fakePlatform, settled } from '../platform/platform.fixture.js';
import type { Realm } from '../platform/platform.js';
import { idOf, isPast } from '../queue/log-store.js';
import { createPost } from './post.js';
import { entry, refusal, reply, setUp, success, target, YESTERDAY } from './sender.fixture.js';
import { createSender, GRACE } from './sender.js';

describe('a post', () => {
  it('begins in the caller’s task, with keepalive, the headers of App Center and no credentials', () => {
    const { sender, requests, put } = setUp((ids) => success(ids));
    const one = entry();
    put(one);
    sender.send(one);
    expect(requests).toHaveLength(1);
    expect(requests[0]?.url).toBe('https://c.example/prefix/logs?api-version=1.0.0');
    expect(requests[0]?.init).toMatchObject({
      method: 'POST',
      keepalive: true,
      credentials: 'omit',
      headers: { 'App-Secret': target.appSecret, 'Install-ID': target.installId },
    });
  });

  it('removes a log when it is answered, and not before', async () => {
    let answer = (_: Response) => {};
    const { sender, kept, put } = setUp(() => new Promise((resolve) => (answer = resolve)));
    const one = entry();
    put(one);
    sender.send(one);
    await settled();
    expect(kept.size).toBe(1);
    answer(success([idOf(one.key)]));
    await settled();
    expect(kept.size).toBe(0);
  });

  it('that does not come back is no answer after half a minute, and holds up nothing', async () => {
    const { sender, platform, batches, kept, put } = setUp((ids, n) =>
      n > 1 ? success(ids) : new Promise(() => {}),
    );
    const [one, two] = [entry(), entry()];
    put(one, two);
    sender.drain();
    await settled();
    await platform.tick(29_000);
    expect(batches).toHaveLength(1);
    await platform.tick(1_000);
    await platform.tick(10_000);
    const ids = [one, two].map(({ key }) => idOf(key));
    expect(batches).toEqual([ids, ids]);
    expect(kept.size).toBe(0);
    // It looks once more for what has waited.
    await platform.tick(1_000);
    expect(platform.timers.size).toBe(0);
  });

  it('counts the bytes of all keepalive bodies in flight, and goes on without keepalive', async () => {
    const { sender, requests, put } = setUp(() => new Promise(() => {}));
    const entries = [entry(40_000), entry(30_000), entry(20_000)];
    put(...entries);
    entries.forEach(sender.send);
    expect(requests.map(({ init }) => init.keepalive)).toEqual([true, false, true]);
  });
});

describe('what is not an answer of the collector keeps the queue:', () => {
  it.each([
    ['a network that is down', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['a captive portal', () => new Response('<html>sign in</html>', { status: 200 })],
    ['JSON of something else', () => reply(200, { status: 'ok' })],
    ['a proxy’s 404', () => new Response('not found', { status: 404 })],
    ['503', () => refusal(503, 'ServiceUnavailable')],
    ['429', () => refusal(429, 'TooManyRequests')],
  ])('%s', async (_, answer) => {
    const { sender, kept, put, batches } = setUp((ids, n) => (n === 1 ? answer() : success(ids)));
    put(entry());
    await sender.drain();
    expect(kept.size).toBe(1);
    expect(batches).toHaveLength(1);
  });
});

describe('after a failure', () => {
  it('tries again by App Center’s schedule: 10 s, 5 min, 20 min, half of it random', async () => {
    const { sender, platform, batches, put } = setUp(() => Promise.reject(new TypeError('down')));
    put(entry());
    await sender.drain();
    for (const [delay, count] of [
      [10_000, 2],
      [300_000, 3],
      [1_200_000, 4],
      [1_200_000, 5],
    ] as const) {
      await platform.tick(delay / 2 - 1);
      expect(batches).toHaveLength(count - 1);
      await platform.tick(delay / 2 + 1);
      expect(batches).toHaveLength(count);
    }
  });

  it('leaves a collector alone for as long as it says, new errors included', async () => {
    const { sender, platform, batches, kept, put } = setUp((ids, n) =>
      n === 1 ? refusal(503, 'ServiceUnavailable', { 'x-ms-retry-after-ms': '60000' }) : success(ids),
    );
    put(entry());
    await sender.drain();
    const fresh = entry();
    put(fresh);
    sender.send(fresh);
    await platform.tick(59_000);
    platform.dispatch('online');
    await settled();
    expect(batches).toHaveLength(1);
    await platform.tick(6_000);
    expect(batches).toHaveLength(2);
    expect(kept.size).toBe(0);
  });

  it('goes on at once when the page comes back online', async () => {
    const { sender, platform, kept, put } = setUp((ids, n) => {
      if (n === 1) throw new TypeError('down');
      return success(ids);
    });
    put(entry());
    const stops = sender.start();
    await settled();
    await platform.tick(1_000);
    platform.dispatch('online');
    await settled();
    expect(kept.size).toBe(0);
    for (const stop of stops) stop();
    expect(platform.timers.size).toBe(0);
    expect([...platform.listeners.values()].every((set) => set.size === 0)).toBe(true);
  });

  it('sends nothing more after a 401, and keeps everything', async () => {
    const { sender, platform, kept, batches, put } = setUp(() => refusal(401, 'AppSecretDenied'));
    put(entry());
    await sender.drain();
    const fresh = entry();
    put(fresh);
    sender.send(fresh);
    await platform.tick(30_000_000);
    expect(batches).toHaveLength(1);
    expect(kept.size).toBe(2);
    expect(platform.said.flat().join()).toContain('AppSecretDenied');
  });
});

it('what bounds the queue cannot be loaded: nothing is posted again for it', async () => {
  const { options, batches, put } = setUp(() => refusal(503, 'ServiceUnavailable'));
  put(entry(), entry());
  const tidy = vi.fn(() => Promise.reject(new Error('no chunk')));
  await createSender({ ...options, queue: { ...options.queue, tidy } }).drain();
  expect(tidy).toHaveBeenCalledOnce();
  expect(batches).toHaveLength(1);
});

describe('what is older than 25 days', () => {
  const DAY = 86_400_000;
  const old = () => entry(2, YESTERDAY - 24.5 * DAY);

  it('is given up, and what is not is sent, also from behind many that are', async () => {
    const { options, kept, batches, put } = setUp((ids) => success(ids));
    const almost = entry(2, YESTERDAY - 23.9 * DAY);
    put(...Array.from({ length: 120 }, old), almost, entry());
    const tidy = vi.fn(async () => {
      for (const key of kept.keys()) if (isPast(key, options.platform.now())) kept.delete(key);
    });
    await createSender({ ...options, queue: { ...options.queue, tidy } }).drain();
    expect(tidy).toHaveBeenCalledOnce();
    expect(batches.flat()).toHaveLength(2);
    expect(kept.size).toBe(0);
  });

  it('is sent after all where nobody can give it up, and say so', async () => {
    const { options, kept, batches, put } = setUp((ids) => success(ids));
    put(old(), entry());
    const tidy = () => Promise.reject(new Error('no chunk'));
    await createSender({ ...options, queue: { ...options.queue, tidy } }).drain();
    expect(batches.flat()).toHaveLength(2);
    expect(kept.size).toBe(0);
  });

  it('is given up also where there is nothing else', async () => {
    const { options, kept, batches, put } = setUp((ids) => success(ids));
    put(old());
    const tidy = vi.fn(async () => kept.clear());
    await createSender({ ...options, queue: { ...options.queue, tidy } }).drain();
    expect(tidy).toHaveBeenCalledOnce();
    expect(batches).toEqual([]);
  });
});

describe('a batch', () => {
  it('has 50 logs at most, and no more than compresses in a moment', async () => {
    const { sender, batches, kept, put } = setUp((ids) => success(ids));
    put(...Array.from({ length: 120 }, () => entry()), ...Array.from({ length: 4 }, () => entry(60_000)));
    await sender.drain();
    expect(batches.map((ids) => ids.length)).toEqual([50, 50, 23, 1]);
    expect(kept.size).toBe(0);
  });

  it('that is refused is asked for log by log: one bad log does not take the others with it', async () => {
    const entries = [entry(), entry(), entry()];
    const bad = idOf(entries[1]?.key ?? '');
    const { sender, kept, batches, put, platform } = setUp((ids) =>
      ids.includes(bad) ? refusal(413, 'PayloadTooLarge') : success(ids),
    );
    put(...entries);
    await sender.drain();
    expect(kept.size).toBe(0);
    expect(batches.map((ids) => ids.length)).toEqual([3, 1, 1, 1]);
    expect(platform.said.flat().join()).toContain('PayloadTooLarge');
  });

  it('that is asked for log by log stops when the collector is lost, and goes on later', async () => {
    const { sender, kept, batches, put, platform } = setUp((ids, n) => {
      if (n === 1) return refusal(413, 'PayloadTooLarge');
      if (n === 3) throw new TypeError('Failed to fetch');
      return success(ids);
    });
    put(entry(), entry(), entry());
    await sender.drain();
    expect(batches.map((ids) => ids.length)).toEqual([3, 1, 1]);
    expect(kept.size).toBe(2);
    await platform.tick(10_000);
    expect(kept.size).toBe(0);
  });

  it('keeps the logs that were throttled for later', async () => {
    const entries = [entry(), entry()];
    const throttled = idOf(entries[0]?.key ?? '');
    const { sender, kept, platform, put } = setUp((ids, n) => success(ids, n === 1 ? [throttled] : []));
    put(...entries);
    await sender.drain();
    expect([...kept.keys()].map(idOf)).toEqual([throttled]);
    await platform.tick(10_000);
    expect(kept.size).toBe(0);
  });
});

describe('of two tabs with one queue', () => {
  const twoTabs = (answer: (ids: string[]) => Response | Promise<Response>) => {
    const first = setUp(answer);
    const second = createSender({ ...first.options, platform: first.platform });
    return { ...first, second };
  };

  it('one drains at a time, and the other looks again', async () => {
    let free = (_: Response) => {};
    const { sender, second, kept, batches, platform, put } = twoTabs(
      (ids) => new Promise((resolve) => (free = () => resolve(success(ids)))),
    );
    put(entry());
    const drained = sender.drain();
    await second.drain();
    await settled();
    expect(batches).toHaveLength(1);
    free(success([]));
    await drained;
    expect(kept.size).toBe(0);
    await platform.tick(GRACE);
    expect(batches).toHaveLength(1);
  });

  it('the other leaves alone what the one is posting, and takes it over when that came to nothing', async () => {
    const { sender, second, kept, batches, platform, put } = twoTabs((ids) =>
      batches.length > 1 ? success(ids) : new Promise(() => {}),
    );
    const one = entry(2, platform.now());
    put(one);
    // And its page dies.
    sender.send(one);
    await second.drain();
    expect(batches).toHaveLength(1);
    expect(kept.size).toBe(1);
    await platform.tick(GRACE);
    expect(batches).toEqual([[idOf(one.key)], [idOf(one.key)]]);
    expect(kept.size).toBe(0);
  });

  it.each([
    [
      'refuse (a sandboxed frame)',
      { request: () => Promise.reject(new DOMException('no', 'SecurityError')) },
    ],
    ['are missing, and what stands in cannot be loaded', undefined],
  ])('both go on where locks %s', async (_, locks) => {
    const { options, kept, platform, put } = setUp((ids) => success(ids));
    Object.assign(platform, { locks });
    put(entry());
    const load = () => Promise.reject(new Error('no chunk'));
    await createSender({ ...options, care: load }).drain();
    expect(kept.size).toBe(0);
  });
});

describe('what lies between reporter and collector', () => {
  const html = () => new Response('<html>forbidden</html>', { status: 403 });

  it('may block one log for good: the others go on, and it waits for the next start', async () => {
    const bad = entry();
    const { sender, kept, batches, platform, put } = setUp((ids) =>
      ids.includes(idOf(bad.key)) ? html() : success(ids),
    );
    put(bad, entry(), entry());
    await sender.drain();
    for (let i = 0; i < 4; i++) await platform.tick(10_000);
    expect([...kept.keys()]).toEqual([bad.key]);
    const posts = batches.length;
    for (let i = 0; i < 10; i++) {
      const fresh = entry();
      put(fresh);
      sender.send(fresh);
      await platform.tick(1_000);
    }
    expect(kept.size).toBe(1);
    expect(batches.length).toBe(posts + 10);
  });

  it('may block everything: that is no storm', async () => {
    const { sender, kept, batches, platform, put } = setUp(html);
    put(...Array.from({ length: 100 }, () => entry()));
    await sender.drain();
    for (let i = 0; i < 6; i++) await platform.tick(10_000);
    expect(batches.length).toBeLessThan(10);
    expect(kept.size).toBe(100);
  });

  it.each(['-1', '1', '1e999', 'soon'])(
    'may write %s for a time: it is a second at least, a day at most',
    async (ms) => {
      const { sender, batches, platform, put } = setUp(() =>
        refusal(503, 'ServiceUnavailable', { 'x-ms-retry-after-ms': ms }),
      );
      put(entry());
      await sender.drain();
      for (let i = 0; i < 30; i++) await platform.tick(100);
      expect(batches.length).toBeLessThan(5);
      for (let i = 0; i < 3; i++) await platform.tick(86_400_000);
      expect(batches.length).toBeGreaterThan(1);
    },
  );
});

describe('the schedule', () => {
  it('takes posts that fail together for one failure', async () => {
    let down = true;
    const { sender, kept, platform, put } = setUp((ids) => {
      if (down) throw new TypeError('Failed to fetch');
      return success(ids);
    });
    for (let i = 0; i < 4; i++) {
      const one = entry();
      put(one);
      sender.send(one);
      await platform.tick(700);
    }
    down = false;
    await platform.tick(10_000);
    expect(kept.size).toBe(0);
  });

  it('does not wait for an old, long timer when there is something new to send', async () => {
    let down = true;
    const { sender, kept, platform, put } = setUp(async (ids) => {
      if (down) throw new TypeError('Failed to fetch');
      await settled();
      return success(ids);
    });
    put(entry());
    for (let i = 0; i < 3; i++) {
      await sender.drain();
      await platform.tick(1_000);
    }
    down = false;
    for (let i = 0; i < 60; i++) {
      const one = entry();
      put(one);
      sender.send(one);
    }
    for (let i = 0; i < 20 && kept.size > 0; i++) await platform.tick(200);
    expect(kept.size).toBe(0);
  });

  it('is over after stop, also for what was under way then', async () => {
    let fail = (_: Error) => {};
    const { sender, platform, batches, put } = setUp(() => new Promise((_, reject) => (fail = reject)));
    const stops = sender.start();
    const one = entry();
    put(one);
    sender.send(one);
    for (const stop of stops) stop();
    fail(new TypeError('Failed to fetch'));
    await settled();
    // One post, tried once more at once.
    expect(batches).toHaveLength(2);
    fail(new TypeError('Failed to fetch'));
    await settled();
    expect(platform.timers.size).toBe(0);
    await sender.drain();
    expect(batches).toHaveLength(2);
  });
});

it('a burst is posted in few requests, each log once', async () => {
  const { sender, batches, kept, platform, put } = setUp(async (ids) => {
    await settled();
    return success(ids);
  });
  for (let i = 0; i < 1_000; i++) {
    const one = entry();
    put(one);
    sender.send(one);
  }
  for (let i = 0; i < 60 && kept.size > 0; i++) await platform.tick(200);
  expect(kept.size).toBe(0);
  expect(batches.flat()).toHaveLength(1_000);
  expect(new Set(batches.flat()).size).toBe(1_000);
  expect(batches.length).toBeLessThan(50);
});

it('a storm that goes on is posted batch by batch, each of what came in a moment', async () => {
  const { sender, batches, kept, platform, put } = setUp(
    (ids) => new Promise((resolve) => platform.later(() => resolve(success(ids)), 20)),
  );
  for (let i = 0; i < 100; i++) {
    const one = entry();
    put(one);
    sender.send(one);
    await platform.tick(10);
  }
  for (let i = 0; i < 10 && kept.size > 0; i++) await platform.tick(200);
  expect(kept.size).toBe(0);
  expect(batches.flat()).toHaveLength(100);
  // Fifteen in the tasks of their errors, then one each 200 ms.
  expect(batches.length).toBeLessThanOrEqual(25);
});

it('what comes while a slow batch is on its way follows it', async () => {
  const { sender, kept, platform, put } = setUp(
    (ids) => new Promise((resolve) => platform.later(() => resolve(success(ids)), 500)),
  );
  const report = () => {
    const one = entry();
    put(one);
    sender.send(one);
  };
  for (let i = 0; i < 16; i++) report();
  await platform.tick(200);
  // The sixteenth is being posted; the time of this one comes, and goes by, while it is.
  report();
  for (let i = 0; i < 20; i++) await platform.tick(100);
  expect(kept.size).toBe(0);
});

describe('where the browser refuses', () => {
  const BEACON = `https://c.example/prefix/logs?api-version=1.0.0&app-secret=${target.appSecret}&install-id=${target.installId}`;
  const refuse = () => Promise.reject(new TypeError('Failed to fetch'));
  const postWith = (fetch: (init: RequestInit) => Promise<Response>, more: object = {}) => {
    const inits: RequestInit[] = [];
    const platform = fakePlatform({
      fetch: ((_: unknown, init: RequestInit) => {
        inits.push(init);
        return fetch(init);
      }) as typeof globalThis.fetch,
      ...more,
    });
    return { post: createPost(platform, target), inits };
  };

  it('keepalive, as the page has used its budget up: goes without', async () => {
    const { post, inits } = postWith(({ keepalive }) =>
      keepalive ? refuse() : Promise.resolve(success(['a'])),
    );
    expect((await post(['{}'])).kind).toBe('accepted');
    expect(inits.map(({ keepalive }) => keepalive)).toEqual([true, false]);
  });

  it('everything, as the network is down: asks twice only once, until somebody has answered', async () => {
    let down = true;
    const { post, inits } = postWith(() => (down ? refuse() : Promise.resolve(success(['a']))));
    for (let i = 0; i < 5; i++) await post(['{}']);
    expect(inits).toHaveLength(6);
    down = false;
    await post(['{}']);
    down = true;
    await post(['{}']);
    expect(inits).toHaveLength(9);
  });

  it('and the page is on its way out: a beacon, whose word is no answer', async () => {
    const beacon = vi.fn(() => true);
    const { post, inits } = postWith(refuse, { beacon, hidden: () => true });
    expect(await post(['{}'])).toEqual({ kind: 'retry' });
    expect(inits).toHaveLength(1);
    expect(beacon).toHaveBeenCalledExactlyOnceWith(BEACON, '{"logs":[{}]}');
  });

  it.each([
    ['is missing', undefined],
    [
      'throws',
      () => {
        throw new TypeError('broken by the page');
      },
    ],
  ])('fetch %s: a beacon, whose word is no answer', async (_, fetch) => {
    const beacon = vi.fn(() => true);
    const platform = fakePlatform({ beacon, fetch: fetch as unknown as typeof globalThis.fetch });
    expect(await createPost(platform, target)(['{}'])).toEqual({ kind: 'retry' });
    expect(beacon).toHaveBeenCalledExactlyOnceWith(BEACON, '{"logs":[{}]}');
  });
});

describe('gzip', () => {
  const realm = globalThis as unknown as Realm;
  const big = JSON.stringify({ pad: 'x'.repeat(2_000) });

  it('is for what is no live post, and large', async () => {
    const inits: RequestInit[] = [];
    const fetch = async (_: unknown, init: RequestInit) => {
      inits.push(init);
      return success(['a']);
    };
    const platform = fakePlatform({ fetch: fetch as typeof globalThis.fetch, realm });
    const post = createPost(platform, target);
    await post([big]);
    await post(['{}'], async () => care);
    await post([big], () => Promise.reject(new Error('no chunk')));
    await post([big], async () => care);
    const encodings = inits.map(({ headers }) => new Headers(headers).get('Content-Encoding'));
    expect(encodings).toEqual([null, null, null, 'gzip']);
    expect(gunzipSync(inits[3]?.body as ArrayBuffer).toString()).toBe(`{"logs":[${big}]}`);
    // All of them may outlive the page.
    expect(inits.map(({ keepalive }) => keepalive)).toEqual([true, true, true, true]);
  });

  it.each([
    ['', false],
    [', also after the network was down', true],
  ])('is left out where a gateway does not let the header through%s', async (_, wasDown) => {
    let down = wasDown;
    const encodings: (string | null)[] = [];
    const fetch = (_: unknown, { headers }: RequestInit) => {
      const encoding = new Headers(headers).get('Content-Encoding');
      if (!down) encodings.push(encoding);
      return down || encoding
        ? Promise.reject(new TypeError('Failed to fetch'))
        : Promise.resolve(success(['a']));
    };
    const platform = fakePlatform({ fetch: fetch as typeof globalThis.fetch, realm });
    const post = createPost(platform, target);
    if (down) await post(['{}']);
    down = false;
    for (let n = 0; n < 3; n++) expect((await post([big], async () => care)).kind).toBe('accepted');
    // What is known is not tried again.
    expect(encodings).toEqual(['gzip', null, null, null]);
  });
});
