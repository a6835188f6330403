import { describe, expect, it } from 'vitest';
import type { Options } from './api.js';
import { CLAIM_WAIT } from './capture/relayed.js';
import { createClient } from './client.js';
import { FLOOD_LIMIT, FLUSH_AFTER, REPEATS } from './log/flood.js';
import { toSettings } from './options.js';
import { type FakePlatform, fakePlatform, settled } from './platform/platform.fixture.js';
import { faultsOfBody } from './wire/index.js';
import { DEFINITIONS, swaggerValidator } from './wire/swagger.fixture.js';

const options = {
  appSecret: '12345678-1234-1234-1234-123456789ABC',
  logUrl: 'https://c.example/',
  appVersion: '1.4.2',
  appBuild: '37',
  userId: 'anna',
};

interface Log extends Record<string, unknown> {
  type: string;
  exception: { type: string; frames: unknown[] };
}

/** A client on a fake browser, and the logs it posts. */
function setUp(overrides: Partial<FakePlatform> = {}, more: Partial<Options> = {}) {
  const logs: Log[] = [];
  const bodies: unknown[] = [];
  const fetch = (async (_: unknown, init: RequestInit) => {
    const body = JSON.parse(String(init.body));
    bodies.push(body);
    logs.push(...body.logs);
    const ids = body.logs.map(({ id }: { id: string }) => id);
    return new Response(
      JSON.stringify({ status: 'Success', validDiagnosticsIds: ids, throttledDiagnosticsIds: [] }),
    );
  }) as typeof globalThis.fetch;
  const platform = fakePlatform({ fetch, ...overrides });
  const load = () => Promise.reject(new Error('no chunk'));
  const client = createClient(toSettings({ ...options, ...more }), platform, { device: load, extra: load });
  const send = () => {
    client.trackError(new Error('x'));
    return { logs };
  };
  return { client, platform, logs, bodies, send };
}

const event = { message: 'Uncaught Error: x', filename: 'https://shop.example/a.js', lineno: 1, colno: 2 };

describe('a client', () => {
  it('reports an uncaught error as a fatal managedError, in the task of the event', () => {
    const { platform, logs } = setUp();
    platform.dispatch('error', { ...event, error: new RangeError('too far') });
    expect(logs).toMatchObject([
      {
        type: 'managedError',
        fatal: true,
        timestamp: '2026-11-23T10:00:00.000Z',
        appLaunchTimestamp: '2026-11-23T10:00:00.000Z',
        userId: 'anna',
        processName: 'https://shop.example',
        exception: { type: 'RangeError', message: 'too far' },
        device: {
          appVersion: '1.4.2',
          appBuild: '37',
          osName: 'Linux',
          osVersion: 'unknown',
          locale: 'en-GB',
          screenSize: '1280x800',
          appNamespace: 'https://shop.example',
        },
      },
    ]);
    expect(logs[0]?.exception.frames.length).toBeGreaterThan(0);
  });

  it('reports a rejection nobody handled', () => {
    const { platform, logs } = setUp();
    platform.dispatch('unhandledrejection', { reason: 'no' });
    expect(logs).toMatchObject([
      { type: 'managedError', fatal: true, exception: { type: 'String', message: 'no' } },
    ]);
  });

  it('reports what the app caught as a handledError, with properties, and gives its id', () => {
    const { client, logs } = setUp();
    const id = client.trackError(new Error('x'), { coupon: 'SPRING' });
    expect(logs).toMatchObject([{ type: 'handledError', id, properties: { coupon: 'SPRING' } }]);
    expect(logs[0]).not.toHaveProperty('fatal');
  });

  it('cuts properties as App Center does, and takes what is no string', () => {
    const { client, logs } = setUp();
    const many = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [`${i}-${'k'.repeat(200)}`, 'v'.repeat(200)]),
    );
    client.trackError(new Error('x'), many);
    client.trackError(new Error('x'), { n: 1, o: null } as unknown as Record<string, string>);
    const [cut, odd] = logs.map(({ properties }) => Object.entries(properties as object));
    expect(cut).toHaveLength(20);
    for (const pair of cut ?? []) for (const text of pair) expect(text.length).toBeLessThanOrEqual(125);
    expect(odd).toEqual([
      ['n', '1'],
      ['o', 'null'],
    ]);
  });

  it('reports whatever the properties are made of', () => {
    const { client, logs } = setUp();
    const throwing = {
      get a(): string {
        throw new Error('getter');
      },
    };
    client.trackError(new Error('x'), { q: Object.create(null) });
    client.trackError(new Error('x'), throwing);
    expect(logs).toHaveLength(2);
  });

  it('takes a number for a user', () => {
    const { logs } = setUp({}, { userId: 12345 as unknown as string }).send();
    expect(logs).toMatchObject([{ userId: '12345' }]);
    expect(setUp({}, { userId: 'x'.repeat(300) }).send().logs).toMatchObject([{ userId: 'x'.repeat(256) }]);
    // No pair of surrogates is halved.
    const long = `${'x'.repeat(255)}😀`;
    expect(setUp({}, { userId: long }).send().logs).toMatchObject([{ userId: 'x'.repeat(255) }]);
  });

  it('leaves an ErrorEvent alone that is meant for an element', () => {
    const { platform, logs } = setUp();
    platform.dispatch('error', { ...event, error: new Error('x'), target: {}, currentTarget: {} });
    expect(logs).toEqual([]);
  });

  it('keeps its own rejections off the page where Promise was replaced (zone.js)', async () => {
    const original = globalThis.Promise;
    const unhandled: unknown[] = [];
    const onUnhandled = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', onUnhandled);
    globalThis.Promise = class Zone<T> extends original<T> {} as PromiseConstructor;
    try {
      setUp({ requestSync: () => original.reject(new Error('no worker')) }).send();
    } finally {
      globalThis.Promise = original;
    }
    await settled();
    process.off('unhandledRejection', onUnhandled);
    expect(unhandled).toEqual([]);
  });

  it('has one install for all visits, and one session for each', async () => {
    const first = setUp();
    first.client.trackError(new Error('x'));
    const second = setUp({ local: first.platform.local, uuid: () => 'ffffffff-0000-4000-8000-000000000000' });
    second.client.trackError(new Error('x'));
    expect(first.logs[0]?.sid).not.toBe(second.logs[0]?.sid);
    const installs = Object.entries(first.platform.local ?? {}).filter(([name]) => name.includes('install'));
    expect(installs).toHaveLength(1);
  });

  it('never throws into the page, whatever of it is broken', () => {
    const broken = () => {
      throw new Error('broken');
    };
    for (const part of ['fetch', 'now', 'requestSync'] as const) {
      const { client, platform } = setUp();
      Object.assign(platform, { [part]: broken });
      expect(() => client.trackError(new Error('x'))).not.toThrow();
    }
    const { client, platform } = setUp({ local: new Proxy({} as Storage, { get: broken, ownKeys: broken }) });
    expect(() => platform.dispatch('error', { ...event, error: new Error('x') })).not.toThrow();
    expect(client.trackError(new Error('x'))).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('takes no failed image for an error', () => {
    const { platform, logs } = setUp();
    platform.dispatch('error', { type: 'error', target: {} });
    expect(logs).toEqual([]);
  });

  it('reports one error once, however often it is thrown, and the crash of one it was told of', () => {
    const { client, platform, logs } = setUp();
    const error = new Error('x');
    for (let i = 0; i < 3; i++) platform.dispatch('unhandledrejection', { reason: error });
    platform.dispatch('error', { ...event, error });
    expect(logs).toHaveLength(1);
    const caught = Object.freeze(new Error('y'));
    client.trackError(caught);
    client.trackError(caught);
    platform.dispatch('error', { ...event, error: caught });
    expect(logs.slice(1).map(({ type }) => type)).toEqual(['handledError', 'handledError', 'managedError']);
    // What is no object cannot be known again.
    for (const reason of ['text', 'text', null, null]) platform.dispatch('unhandledrejection', { reason });
    expect(logs).toHaveLength(8);
  });

  it('does not report what is to be ignored: the notice of a ResizeObserver, unless told otherwise', async () => {
    const notice = {
      message: 'ResizeObserver loop completed with undelivered notifications.',
      filename: '',
      lineno: 0,
      error: null,
    };
    const silent = setUp();
    silent.platform.dispatch('error', notice);
    expect(silent.logs).toEqual([]);
    const { platform, client, logs } = setUp({}, { ignore: ['from an extension', /^cart \d+/g] });
    platform.dispatch('error', notice);
    await platform.tick(CLAIM_WAIT);
    for (let i = 0; i < 3; i++) client.trackError(new Error(`cart ${i}`));
    client.trackError(new Error('thrown from an extension'));
    client.trackError(new Error('no cart 1'));
    expect(logs.map(({ exception }) => exception)).toMatchObject([
      { message: notice.message },
      { message: 'no cart 1' },
    ]);
  });

  it('is not led in a circle by an error that reports itself while it is read', () => {
    const { client, logs, platform } = setUp({}, { debug: true });
    const error = new Error('x');
    const getter = () => {
      client.trackError(error);
      return 'read';
    };
    client.trackError(Object.defineProperty(error, 'message', { get: getter }));
    expect(logs).toMatchObject([{ exception: { message: 'read' } }]);
    expect(String(platform.said[0])).toContain('internal error 1');
  });

  it('counts what comes in a flood, and tells the count', async () => {
    const { platform, logs } = setUp();
    for (let i = 0; i < 1_000; i++) platform.dispatch('unhandledrejection', { reason: 'again' });
    for (let i = 0; i < 5; i++) await platform.tick(FLUSH_AFTER);
    const repeats = logs.map(({ properties }) =>
      Number((properties as Record<string, string>)?.[REPEATS] ?? 0),
    );
    expect(repeats.reduce((sum, one) => sum + one + 1, 0)).toBe(1_000);
    expect(logs.length).toBeLessThan(FLOOD_LIMIT + 10);
    expect(faultsOfBody({ logs })).toEqual([]);
  });

  it('takes over what came before it, with the time of it', () => {
    const at = Date.parse('2026-11-23T09:59:00Z');
    const early = [
      { ...event, type: 'error', error: new RangeError('early'), at, target: {}, currentTarget: null },
      { type: 'unhandledrejection', reason: 'also early', at },
    ];
    const on: FakePlatform['on'] = (type, listener) => {
      for (const one of early) if (one.type === type) listener(one as never);
      return () => undefined;
    };
    const { logs } = setUp({ on });
    expect(logs).toMatchObject([
      { type: 'managedError', timestamp: '2026-11-23T09:59:00.000Z', exception: { message: 'early' } },
      { type: 'managedError', timestamp: '2026-11-23T09:59:00.000Z', exception: { message: 'also early' } },
    ]);
  });

  it('leaves no listener and no timer behind after stop', async () => {
    const { client, platform } = setUp({ fetch: undefined });
    client.trackError(new Error('x'));
    await settled();
    expect(platform.timers.size).toBe(1);
    client.stop();
    expect(platform.timers.size).toBe(0);
    expect([...platform.listeners.values()].every((set) => set.size === 0)).toBe(true);
  });
});

it('what it posts is valid by App Center’s own swagger', async () => {
  const { client, platform, bodies, logs } = setUp();
  platform.dispatch('error', {
    ...event,
    error: new AggregateError([new Error('a'), 'b'], 'x', { cause: 1 }),
  });
  platform.dispatch('error', { ...event, message: 'Script error.', filename: '', lineno: 0, error: null });
  platform.dispatch('unhandledrejection', { reason: undefined });
  client.trackError({ any: 'thing' }, { key: 'value' });
  await platform.tick(CLAIM_WAIT);
  expect(logs).toHaveLength(4);
  for (const log of logs) {
    const validate = swaggerValidator(DEFINITIONS[log.type] ?? '');
    validate(log);
    expect(validate.errors).toBeNull();
  }
  const container = swaggerValidator('LogContainer');
  for (const body of bodies) {
    container(body);
    expect(container.errors).toBeNull();
    expect(faultsOfBody(body)).toEqual([]);
  }
});
