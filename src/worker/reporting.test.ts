import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { createClient } from '../client.js';
import { toSettings } from '../options.js';
import {
  fakeChannels,
  fakeLocks,
  fakePlatform,
  settled,
  withArrayToJson,
} from '../platform/platform.fixture.js';
import type { Platform } from '../platform/platform.js';
import { AGAIN, erase } from '../privacy/erase.js';
import { openDatabase } from '../queue/idb.js';
import { toEntry } from '../queue/log-store.js';
import { drainQueues } from './queues.js';
import { createWorkerReporter } from './reporting.js';

const SECRET = '12345678-1234-1234-1234-123456789abc';
const OTHER = '99999999-1234-1234-1234-123456789abc';
const DEDICATED = 'DedicatedWorkerGlobalScope';
const SERVICE = 'ServiceWorkerGlobalScope';

interface Posted {
  readonly secret: string | null;
  readonly install: string | null;
  readonly log: { id: string; processName: string; exception: { message: string } } & Record<string, unknown>;
}

/** Pages and workers of one origin, and what they post. */
function createOrigin() {
  const posted: Posted[] = [];
  const indexedDB = new IDBFactory();
  const openChannel = fakeChannels();
  const locks = fakeLocks();
  let refuse = false;
  let ids = 0;
  const fetch = (async (_: unknown, init: RequestInit) => {
    if (refuse) throw new TypeError('Failed to fetch');
    const { logs } = JSON.parse(String(init.body));
    const headers = new Headers(init.headers);
    const [secret, install] = [headers.get('App-Secret'), headers.get('Install-ID')];
    posted.push(...logs.map((log: Posted['log']) => ({ secret, install, log })));
    return new Response(
      JSON.stringify({ status: 'Success', validDiagnosticsIds: logs.map(({ id }: { id: string }) => id) }),
    );
  }) as typeof globalThis.fetch;
  const uuid = () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`;
  const platform = (overrides: Partial<Platform> = {}) =>
    fakePlatform({ indexedDB, openChannel, locks, fetch, uuid, ...overrides });
  return {
    posted,
    indexedDB,
    messages: () => posted.map(({ log }) => log.exception.message),
    setRefuse: (value: boolean) => {
      refuse = value;
    },
    startPage: (more: object = {}, overrides: Partial<Platform> = {}) => {
      const page = platform(overrides);
      const options = { appSecret: SECRET, logUrl: 'https://c.example', appVersion: '1.4.2', userId: 'anna' };
      const parseDevice = async () => ({ osName: 'Linux', osVersion: '6.1', model: 'Box' });
      const client = createClient(toSettings({ ...options, ...more }), page, {
        device: () => Promise.resolve({ parseDevice }),
        extra: () => Promise.reject(new Error('no chunk')),
      });
      return { page, client };
    },
    startWorker: (scope: string, overrides: Partial<Platform> = {}) => {
      const worker = platform({ local: undefined, ...overrides });
      const processName = 'https://shop.example/w.js';
      const facts = { ...worker.facts, scope, processName, screenSize: undefined };
      return { worker, reporter: createWorkerReporter({ ...worker, facts }) };
    },
  };
}

const event = {
  type: 'error',
  message: 'Uncaught Error: x',
  filename: 'https://shop.example/w.js',
  lineno: 1,
  colno: 2,
};
const fail = (text: string) => ({ ...event, error: new Error(text) });
const rejected = (text: string) => ({ type: 'unhandledrejection', reason: new Error(text) });

describe('the reporter in a worker', () => {
  it('reports in full, with what the page that started kept', async () => {
    const origin = createOrigin();
    const { page } = origin.startPage({
      nothing: () => 'that JSON or a clone could hold',
      ignore: [/^not this/],
    });
    await settled();
    // A second visit: the device is known by now.
    origin.startPage({ ignore: [/^not this/] }, { local: page.local });
    await settled();
    const { worker } = origin.startWorker(DEDICATED);
    await settled();
    worker.dispatch('error', fail('in a worker'));
    worker.dispatch('error', fail('not this'));
    worker.dispatch('unhandledrejection', rejected('rejected'));
    expect(origin.messages()).toEqual(['in a worker', 'rejected']);
    const install = page.local?.getItem(`crashpost.install.${SECRET}`);
    expect(origin.posted[0]).toMatchObject({
      secret: SECRET,
      install,
      log: {
        type: 'managedError',
        userId: 'anna',
        processName: 'https://shop.example/w.js',
        device: { appVersion: '1.4.2', osVersion: '6.1', model: 'Box', screenSize: '1280x800' },
        exception: { type: 'Error', stackTrace: expect.stringContaining('reporting.test') },
      },
    });
  });

  it('knows what the page is, though that makes texts of arrays', async () => {
    const origin = createOrigin();
    await withArrayToJson(async () => {
      const { page } = origin.startPage({ mask: false });
      await settled();
      origin.startPage({ mask: false }, { local: page.local });
      await settled();
    });
    const { worker } = origin.startWorker(DEDICATED);
    await settled();
    worker.dispatch('error', fail('anna@shop.example'));
    expect(origin.posted[0]?.log).toMatchObject({
      userId: 'anna',
      device: { appVersion: '1.4.2', model: 'Box', screenSize: '1280x800' },
      exception: { message: 'anna@shop.example' },
    });
  });

  it('looks again where IndexedDB did not answer', async () => {
    const origin = createOrigin();
    origin.startPage();
    await settled();
    let asked = 0;
    const databases = () => (asked++ === 0 ? new Promise(() => {}) : origin.indexedDB.databases());
    const indexedDB = Object.assign(Object.create(origin.indexedDB), { databases });
    const { worker } = origin.startWorker(SERVICE, { indexedDB });
    worker.dispatch('error', fail('before the answer'));
    await worker.tick(9_999);
    expect(asked).toBe(1);
    await expect
      .poll(async () => {
        await worker.tick(200);
        return origin.messages();
      })
      .toEqual(['before the answer']);
  });

  it('takes no word for a withdrawal that is none', async () => {
    const origin = createOrigin();
    origin.startPage();
    await settled();
    const { worker } = origin.startWorker(DEDICATED);
    await settled();
    const channel = worker.openChannel();
    for (const word of [null, undefined, 'erase', 5, { claim: 'x' }]) channel.postMessage(word);
    worker.dispatch('error', fail('still'));
    expect(origin.messages()).toEqual(['still']);
  });

  it('ends where consent is withdrawn in a page', async () => {
    const origin = createOrigin();
    const { page, client } = origin.startPage({ consent: 'ask' });
    const { worker } = origin.startWorker(DEDICATED);
    worker.dispatch('error', fail('before'));
    await expect
      .poll(async () => {
        await worker.tick(200);
        return origin.messages();
      })
      .toEqual(['before']);
    client.stop();
    erase(page, () => true);
    worker.dispatch('error', fail('after'));
    await expect
      .poll(async () => {
        await page.tick(AGAIN);
        return origin.indexedDB.databases();
      })
      .toEqual([]);
    expect(origin.messages()).toEqual(['before']);
  });

  it('keeps what is thrown before any page has started, and reports it as of then', async () => {
    const origin = createOrigin();
    const { worker } = origin.startWorker(DEDICATED);
    worker.dispatch('error', fail('first'));
    worker.dispatch('unhandledrejection', rejected('second'));
    await settled();
    expect(origin.posted).toEqual([]);
    origin.startPage();
    await settled();
    await worker.tick(200);
    await settled();
    expect(origin.messages()).toEqual(['first', 'second']);
    expect(origin.posted[0]?.log.timestamp).toBe('2026-11-23T10:00:00.000Z');
    expect(worker.timers.size).toBe(0);
  });

  it('looks again a bounded number of times, and at the next error', async () => {
    const origin = createOrigin();
    const { worker } = origin.startWorker(DEDICATED);
    for (let i = 0; i < 150; i++) worker.dispatch('error', fail(`number ${i}`));
    await settled();
    expect(worker.timers.size).toBe(1);
    for (let i = 0; i < 12; i++) await worker.tick(60_000);
    expect(worker.timers.size).toBe(0);
    origin.startPage();
    await settled();
    expect(origin.posted).toEqual([]);
    worker.dispatch('error', fail('one more'));
    await settled();
    // The first hundred are kept, and nothing twice.
    expect(new Set(origin.messages()).size).toBe(100);
    expect(origin.messages().filter((text) => text === 'number 99')).toHaveLength(1);
  });

  it('is of the app that started last, where an origin has several', async () => {
    const origin = createOrigin();
    const first = origin.startPage({ appSecret: OTHER });
    await settled();
    await first.page.tick(0);
    origin.startPage({}, { now: () => first.page.now() + 5_000 });
    await settled();
    const { worker } = origin.startWorker(DEDICATED);
    await settled();
    worker.dispatch('error', fail('whose'));
    expect(origin.posted.map(({ secret }) => secret)).toEqual([SECRET]);
  });

  it('does not write over what the page kept', async () => {
    const origin = createOrigin();
    origin.startPage();
    await settled();
    for (let i = 0; i < 2; i++) {
      const { worker } = origin.startWorker(DEDICATED);
      await settled();
      worker.dispatch('error', fail(`number ${i}`));
    }
    expect(origin.posted[0]?.install).toBe(origin.posted[1]?.install);
    expect(origin.posted[1]?.log.device).toMatchObject({ screenSize: '1280x800' });
  });

  it('puts its report on disk in the task of the error; the next drain sends it', async () => {
    const origin = createOrigin();
    origin.startPage();
    await settled();
    const { worker } = origin.startWorker(SERVICE);
    await settled();
    origin.setRefuse(true);
    worker.dispatch('error', fail('kept'));
    const database = await openDatabase(origin.indexedDB, `crashpost.queue.${SECRET}`);
    const [entry] = await database.peek(1);
    expect(entry?.json).toContain('kept');
    origin.setRefuse(false);
    const { page } = origin.startPage();
    await settled();
    // The worker may be posting it.
    expect(origin.messages()).toEqual([]);
    await page.tick(5_000);
    expect(origin.messages()).toEqual(['kept']);
  });

  it('drains with no page open; what was put a moment ago is left to who put it for as long', async () => {
    const origin = createOrigin();
    origin.startPage();
    await settled();
    origin.setRefuse(true);
    const { worker } = origin.startWorker(SERVICE);
    await settled();
    worker.dispatch('error', fail('kept'));
    await settled();
    origin.setRefuse(false);
    // Another worker of the same origin: what the browser starts for Background Sync.
    const later = origin.startWorker(SERVICE).worker;
    let done = false;
    const drained = drainQueues(later).then(() => {
      done = true;
    });
    await settled();
    expect([done, origin.messages()]).toEqual([false, []]);
    await later.tick(5_000);
    await drained;
    expect(origin.messages()).toEqual(['kept']);
    origin.setRefuse(true);
    worker.dispatch('error', fail('kept again'));
    await settled();
    const failed = drainQueues(later);
    failed.catch(() => undefined);
    await settled();
    await later.tick(10_000);
    // Background Sync is to try again.
    await expect(failed).rejects.toThrow('could not be sent yet');
  });

  it('leaves a queue alone that a page is draining, and drains it when that page is gone', async () => {
    const origin = createOrigin();
    const { page, client } = origin.startPage();
    await settled();
    client.stop();
    const database = await openDatabase(origin.indexedDB, `crashpost.queue.${SECRET}`);
    const log = { id: page.uuid(), exception: { message: 'of yesterday' } };
    const time = page.now() - 86_400_000;
    await database.put(toEntry(time, { ...log, handled: true }, JSON.stringify(log)));
    let leave = () => {};
    page.locks?.request(`crashpost.${SECRET}`, {}, () => new Promise<void>((resolve) => (leave = resolve)));
    const { worker } = origin.startWorker(DEDICATED, { indexedDB: origin.indexedDB });
    const drained = drainQueues(worker);
    await settled();
    expect(origin.messages()).toEqual([]);
    leave();
    await settled();
    await worker.tick(5_000);
    await drained;
    expect(origin.messages()).toEqual(['of yesterday']);
  });

  it('does nothing, and throws nothing, where IndexedDB is missing or broken', async () => {
    const broken = {
      databases: () => Promise.reject(new Error('forbidden')),
    } as unknown as IDBFactory;
    for (const indexedDB of [undefined, {} as IDBFactory, broken]) {
      const origin = createOrigin();
      const { worker } = origin.startWorker(DEDICATED, { indexedDB });
      worker.dispatch('error', fail('x'));
      await settled();
      expect(origin.posted).toEqual([]);
    }
  });
});

describe('a service worker whose script throws', () => {
  it('hands the error over to a page, with the id of its own report', async () => {
    const origin = createOrigin();
    origin.startPage();
    await settled();
    const { worker } = origin.startWorker(SERVICE);
    worker.dispatch('error', fail('in its first turn'));
    worker.dispatch('unhandledrejection', rejected('rejected'));
    // The page has posted both already; this worker lives on, and reports them too.
    expect(origin.messages()).toEqual(['in its first turn', 'rejected']);
    await settled();
    expect(origin.messages()).toHaveLength(4);
    expect(new Set(origin.posted.map(({ log }) => log.id)).size).toBe(2);
    expect(new Set(origin.posted.map(({ log }) => log.processName))).toEqual(
      new Set(['https://shop.example/w.js']),
    );
  });
});
