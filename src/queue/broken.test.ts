// Whatever the browser's storage does: what is thrown arrives, once, while the page lives; nothing is thrown into the
// page (a rejection of ours that nobody handles fails a run of these tests); and with `debug` it is said, not for ever.
import 'fake-indexeddb/auto';
import { gunzipSync } from 'node:zlib';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createClient } from '../client.js';
import * as extra from '../extra.js';
import { toSettings } from '../options.js';
import { fakeLocks, fakePlatform, settled } from '../platform/platform.fixture.js';
import type { Platform } from '../platform/platform.js';

const SECRET = '12345678-1234-1234-1234-123456789abc';

interface Log {
  readonly id: string;
  readonly exception: { readonly message: string };
}

function setUp(overrides: Partial<Platform>) {
  const posted: string[] = [];
  let down = false;
  let requests = 0;
  const fetch = async (_: unknown, { body }: RequestInit) => {
    requests += 1;
    if (down) throw new TypeError('Failed to fetch');
    const text = typeof body === 'string' ? body : gunzipSync(body as ArrayBuffer).toString();
    const { logs } = JSON.parse(text) as { logs: Log[] };
    posted.push(...logs.map(({ exception }) => exception.message));
    const validDiagnosticsIds = logs.map(({ id }) => id);
    return new Response(JSON.stringify({ status: 'Success', validDiagnosticsIds }));
  };
  const platform = fakePlatform({
    indexedDB: new IDBFactory(),
    locks: fakeLocks(),
    fetch: fetch as typeof globalThis.fetch,
    ...overrides,
  });
  const options = { breadcrumbs: false, uncleanExits: false, debug: true } as const;
  const client = createClient(
    toSettings({ appSecret: SECRET, logUrl: 'https://c.example', sessions: false, ...options }),
    platform,
    {
      device: async () => ({ parseDevice: async () => ({ osName: 'Linux', osVersion: '6.1' }) }),
      extra: async () => extra,
    },
  );
  return { posted, platform, client, setDown: (is: boolean) => (down = is), requests: () => requests };
}

const openAs = (factory: IDBFactory, version: number, store: string) =>
  new Promise<void>((resolve, reject) => {
    const request = factory.open(`crashpost.queue.${SECRET}`, version);
    request.onupgradeneeded = () => request.result.createObjectStore(store);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      request.result.close();
      resolve();
    };
  });
const throwing = (name: string) => () => {
  throw new DOMException('no', name);
};

const WAYS: Record<string, () => Promise<Partial<Platform>> | Partial<Platform>> = {
  'there is none': () => ({ indexedDB: undefined }),
  'there is none, nor localStorage': () => ({ indexedDB: undefined, local: undefined }),
  'it is forbidden': () => ({ indexedDB: { open: throwing('SecurityError') } as unknown as IDBFactory }),
  'its database is of a later version': async () => {
    const indexedDB = new IDBFactory();
    await openAs(indexedDB, 2, 'of another');
    return { indexedDB };
  },
  'its database has no such store': async () => {
    const indexedDB = new IDBFactory();
    await openAs(indexedDB, 1, 'of another');
    return { indexedDB };
  },
  'every transaction is refused': async () => {
    const indexedDB = new IDBFactory();
    await openAs(indexedDB, 1, 'logs');
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(throwing('InvalidStateError'));
    return { indexedDB };
  },
  'nothing can be written': () => {
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(throwing('InvalidStateError'));
    return {};
  },
  'nothing can be removed': () => {
    vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(throwing('UnknownError'));
    return {};
  },
  'it is full, and so is localStorage': () => {
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(throwing('QuotaExceededError'));
    const { local } = fakePlatform();
    Object.defineProperty(Object.getPrototypeOf(local), 'setItem', { value: throwing('QuotaExceededError') });
    return { local };
  },
};

afterEach(() => vi.restoreAllMocks());

describe.each(Object.keys(WAYS))('where IndexedDB fails: %s,', (way) => {
  it('what is thrown while the page lives arrives once, and little is said of it', async () => {
    const { posted, platform, client, setDown } = setUp((await WAYS[way]?.()) ?? {});
    await settled();
    client.trackError(new Error('at once'));
    await settled();
    setDown(true);
    client.trackError(new Error('while it was down'));
    await settled();
    setDown(false);
    for (let n = 0; n < 4; n++) {
      await platform.tick(600_000);
      platform.dispatch('online');
      await settled();
    }
    client.trackError(new Error('afterwards'));
    await settled();
    await platform.tick(3_600_000);
    expect(posted).toEqual(['at once', 'while it was down', 'afterwards']);
    expect(platform.said[0]?.[0]).toBe('internal error 1');
    expect(platform.said.length).toBeLessThanOrEqual(50);
    client.stop();
    await settled();
    expect(platform.timers.size).toBe(0);
  });

  it('neither the collector nor the database is asked all the time while the collector is down', async () => {
    const { platform, client, setDown, requests } = setUp((await WAYS[way]?.()) ?? {});
    const { indexedDB } = platform;
    const open = indexedDB && vi.spyOn(indexedDB, 'open');
    await settled();
    setDown(true);
    client.trackError(new Error('while it was down'));
    await settled();
    const before = requests();
    for (let n = 0; n < 30; n++) await platform.tick(1_000);
    // The first try again comes within ten seconds, the second not within two minutes.
    expect(requests() - before).toBe(1);
    expect(open?.mock.calls.length ?? 0).toBeLessThanOrEqual(3);
    client.stop();
  });
});

it('what cannot be read now is sent when it can be, and is no rejection in the page until then', async () => {
  const { posted, platform, client, setDown } = setUp({});
  await settled();
  // The chunk has looked for what workers gave up.
  await platform.tick(1_000);
  setDown(true);
  client.trackError(new Error('kept'));
  await settled();
  setDown(false);
  // iOS, in the background: https://bugs.webkit.org/show_bug.cgi?id=201483
  const broken = vi
    .spyOn(IDBObjectStore.prototype, 'getAllKeys')
    .mockImplementation(throwing('UnknownError'));
  for (let n = 0; n < 3; n++) {
    await platform.tick(10_000);
    platform.dispatch('pageshow');
    await settled();
  }
  expect(posted).toEqual([]);
  broken.mockRestore();
  platform.dispatch('pageshow');
  await settled();
  await settled();
  expect(posted).toEqual(['kept']);
});
