// When a report goes again, and when not: what issue 4 promises of the sender, sentence by sentence.
import { describe, expect, it, vi } from 'vitest';
import { settled } from '../platform/platform.fixture.js';
import { entry, refusal, reply, setUp, success } from './sender.fixture.js';
import { createSender, GRACE } from './sender.js';

const down = () => Promise.reject(new TypeError('Failed to fetch'));

describe('the keepalive budget', () => {
  it('is given back when the body of the answer has been read, and not when its headers have come', async () => {
    const bodies: (() => void)[] = [];
    const { sender, requests, put } = setUp((ids) => {
      const text = JSON.stringify({ status: 'Success', validDiagnosticsIds: ids });
      const body = new ReadableStream({
        start: (controller) => {
          bodies.push(() => {
            controller.enqueue(new TextEncoder().encode(text));
            controller.close();
          });
        },
      });
      return new Response(body);
    });
    const post = async () => {
      const one = entry(40_000);
      put(one);
      sender.send(one);
      await settled();
    };
    await post();
    await post();
    bodies[0]?.();
    await settled();
    await post();
    expect(requests.map(({ init }) => init.keepalive)).toEqual([true, false, true]);
  });

  it('is given back where no answer comes, or none that can be read', async () => {
    for (const answer of [down, () => new Response('<html>', { status: 502 })]) {
      const { options, requests } = setUp(answer);
      for (let n = 0; n < 3; n++) await options.post([entry(40_000).json]);
      expect(requests.filter(({ init }) => init.keepalive)).toHaveLength(3);
    }
  });
});

describe('after an answer that says "later"', () => {
  it.each([
    ['408', () => refusal(408, 'RequestTimeout')],
    ['429', () => refusal(429, 'TooManyRequests')],
    ['500', () => refusal(500, 'InternalServerError')],
    ['503', () => refusal(503, 'ServiceUnavailable')],
    ['a gateway’s 502', () => new Response('<html>bad gateway</html>', { status: 502 })],
  ])('(%s) the same log goes again, and is removed when it is taken', async (_, answer) => {
    const { sender, platform, kept, batches, put } = setUp((ids, n) => (n === 1 ? answer() : success(ids)));
    put(entry());
    await sender.drain();
    expect(kept.size).toBe(1);
    await platform.tick(10_000);
    expect(kept.size).toBe(0);
    expect(batches[1]).toEqual(batches[0]);
  });

  it.each([
    ['x-ms-retry-after-ms', '60000'],
    ['Retry-After', '60'],
    ['Retry-After', 'Mon, 23 Nov 2026 10:01:00 GMT'],
  ])('it is obeyed by %s, to the second, and chance adds five at most', async (name, value) => {
    const { sender, platform, batches, put } = setUp((ids, n) =>
      n === 1 ? refusal(503, 'ServiceUnavailable', { [name]: value }) : success(ids),
    );
    put(entry());
    await sender.drain();
    await platform.tick(59_999);
    expect(batches).toHaveLength(1);
    await platform.tick(5_001);
    expect(batches).toHaveLength(2);
  });
});

it('a time that cannot be read does not hide one that can', async () => {
  const headers = { 'x-ms-retry-after-ms': 'soon', 'Retry-After': '60' };
  const { sender, platform, batches, put } = setUp(() => refusal(503, 'ServiceUnavailable', headers));
  put(entry());
  await sender.drain();
  await platform.tick(59_999);
  expect(batches).toHaveLength(1);
});

describe('a clock', () => {
  it('that is set back while the collector is left alone does not leave it alone for a day', async () => {
    let shift = 0;
    const { options, platform, kept, put } = setUp((ids, n) =>
      n === 1 ? refusal(503, 'ServiceUnavailable', { 'Retry-After': '60' }) : success(ids),
    );
    const { now } = platform;
    Object.assign(platform, { now: () => now() + shift });
    const sender = createSender(options);
    put(entry());
    sender.start();
    await settled();
    expect(kept.size).toBe(1);
    shift = -2 * 86_400_000;
    platform.dispatch('online');
    await settled();
    expect(kept.size).toBe(0);
  });

  it('that is set forward does not make old what this page has thrown', async () => {
    let isDown = true;
    const { options, platform, kept, put } = setUp((ids) => (isDown ? down() : success(ids)));
    const tidy = vi.fn(async () => kept.clear());
    const sender = createSender({ ...options, queue: { ...options.queue, tidy } });
    const one = entry(2, platform.now());
    put(one);
    sender.send(one);
    await settled();
    isDown = false;
    await platform.tick(30 * 86_400_000);
    expect(kept.size).toBe(0);
    expect(tidy).not.toHaveBeenCalled();
  });
});

describe('of an answer that does not name each log as we do', () => {
  const upper = (ids: string[]) => ids.map((id) => id.toUpperCase());
  const named = (id: string) => ({ key: `${entry().key.slice(0, -36)}${id}`, json: JSON.stringify({ id }) });

  it('ids in capitals are the same ids', async () => {
    const { sender, kept, put } = setUp((ids) => success([], upper(ids)));
    put(named('abcdefab-0000-4000-8000-00000000000c'));
    await sender.drain();
    expect(kept.size).toBe(1);
  });

  it('what is no text takes nothing from the others', async () => {
    const { sender, kept, batches, platform, put } = setUp((ids) =>
      reply(200, { validDiagnosticsIds: [null, 5, ...ids], throttledDiagnosticsIds: null, faults: null }),
    );
    put(entry(), entry());
    await sender.drain();
    await platform.tick(3_600_000);
    expect(kept.size).toBe(0);
    expect(batches).toHaveLength(1);
  });

  it('what is named nowhere is not kept: it would be posted for ever', async () => {
    const { sender, kept, batches, platform, put } = setUp((ids) => success(ids.slice(0, 1)));
    put(entry(), entry());
    await sender.drain();
    await platform.tick(3_600_000);
    expect(kept.size).toBe(0);
    expect(batches).toHaveLength(1);
  });
});

describe('a collector that does not know the app', () => {
  it.each([401, 403])('(%i) is left alone until the next start, which sends everything', async (status) => {
    let known = false;
    const { sender, options, platform, kept, batches, put } = setUp((ids) =>
      known ? success(ids) : refusal(status, 'AppSecretDenied'),
    );
    put(entry());
    await sender.drain();
    known = true;
    for (const type of ['online', 'pageshow', 'visibilitychange']) platform.dispatch(type);
    await platform.tick(86_400_000);
    expect(batches).toHaveLength(1);
    expect(kept.size).toBe(1);
    await createSender(options).drain();
    expect(kept.size).toBe(0);
  });

  it('is no proxy that asks for a password: what that blocks is tried again', async () => {
    const { sender, platform, kept, put } = setUp((ids, n) =>
      n === 1 ? new Response('<html>sign in</html>', { status: 401 }) : success(ids),
    );
    put(entry(), entry());
    await sender.drain();
    await platform.tick(10_000);
    expect(kept.size).toBe(0);
  });
});

describe('what is queued goes', () => {
  const setUpDown = async () => {
    let isDown = true;
    const made = setUp((ids) => (isDown ? down() : success(ids)));
    made.put(entry());
    const stops = made.sender.start();
    await settled();
    // The collector is left alone for a moment after a failure.
    await made.platform.tick(1_000);
    isDown = false;
    return { ...made, stops };
  };

  it.each(['online', 'pageshow', 'visibilitychange'])(
    'at %s, long before the next try is due',
    async (type) => {
      const { platform, kept } = await setUpDown();
      platform.dispatch(type);
      await settled();
      expect(kept.size).toBe(0);
    },
  );

  it('at the next start', async () => {
    const { options, kept, stops } = await setUpDown();
    for (const stop of stops) stop();
    createSender(options).start();
    await settled();
    expect(kept.size).toBe(0);
  });

  it('not while the page is being left: a read that waits there costs it the back/forward cache', async () => {
    const { platform, kept, options } = await setUpDown();
    let hidden = true;
    Object.assign(platform, { hidden: () => hidden });
    platform.dispatch('visibilitychange');
    await settled();
    expect(kept.size).toBe(1);
    expect(options.platform).toBe(platform);
    hidden = false;
    platform.dispatch('visibilitychange');
    await settled();
    expect(kept.size).toBe(0);
  });
});

describe('the next to drain, when the holder of the lock has died,', () => {
  it('is the one that waits', async () => {
    const { sender, platform, kept, put, options } = setUp((ids) => success(ids));
    let die = () => {};
    platform.locks?.request(options.lock, {}, () => new Promise<void>((resolve) => (die = resolve)));
    put(entry());
    await sender.drain();
    await platform.tick(GRACE);
    expect(kept.size).toBe(1);
    die();
    await settled();
    await platform.tick(GRACE);
    expect(kept.size).toBe(0);
  });
});

it('logs that are throttled for ever are asked about now and then, and hold nothing else up', async () => {
  const never = entry();
  const { sender, platform, kept, batches, put } = setUp((ids) =>
    success(
      ids,
      ids.filter((id) => never.key.endsWith(id)),
    ),
  );
  put(never, entry());
  await sender.drain();
  expect(kept.size).toBe(1);
  for (let n = 0; n < 30; n++) await platform.tick(1_000);
  const fresh = entry();
  put(fresh);
  sender.send(fresh);
  await platform.tick(10_000);
  expect([...kept.keys()]).toEqual([never.key]);
  expect(batches.length).toBeLessThan(8);
});

it('an answer of another kind of server, with a body like ours, is no answer', async () => {
  const { sender, kept, put } = setUp(() => reply(200, { validDiagnosticsIds: null }));
  put(entry());
  await sender.drain();
  expect(kept.size).toBe(1);
});
