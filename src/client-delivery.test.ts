// The client's delivery as a whole: what is posted of what was queued, and what stop leaves behind.
import 'fake-indexeddb/auto';
import { gunzipSync } from 'node:zlib';
import { IDBFactory } from 'fake-indexeddb';
import { expect, it, vi } from 'vitest';
import { createClient } from './client.js';
import * as extra from './extra.js';
import { toSettings } from './options.js';
import { attempt } from './platform/guard.js';
import { fakeLocks, fakePlatform, settled } from './platform/platform.fixture.js';
import type { Platform } from './platform/platform.js';
import { openDatabase } from './queue/idb.js';
import { toEntry } from './queue/log-store.js';

const SECRET = '12345678-1234-1234-1234-123456789abc';
const NAME = `crashpost.queue.${SECRET}`;

interface Log {
  readonly id: string;
  readonly exception?: { readonly message: string };
  readonly properties?: Record<string, string>;
}

/** A collector that takes every log with an id, and refuses a body in which one has none. */
function createCollector() {
  const logs: Log[] = [];
  const posts: number[] = [];
  const keepalive: unknown[] = [];
  let refused = 0;
  /** All there is, with this status; 0: no more. */
  const refuse = (status: number) => (refused = status);
  const fetch = async (_: unknown, { body, ...init }: RequestInit) => {
    keepalive.push(init.keepalive);
    const text = typeof body === 'string' ? body : gunzipSync(body as ArrayBuffer).toString();
    const parsed: Log[] | undefined = attempt(() => JSON.parse(text).logs);
    posts.push(parsed?.length ?? 0);
    const sound = !refused && parsed?.every((log) => log?.id);
    if (sound) logs.push(...(parsed ?? []));
    const validDiagnosticsIds = sound ? parsed?.map(({ id }) => id) : [];
    const status = sound ? 200 : refused || 400;
    return new Response(JSON.stringify({ status: sound ? 'Success' : 'BadRequest', validDiagnosticsIds }), {
      status,
    });
  };
  return { logs, posts, keepalive, refuse, fetch: fetch as typeof globalThis.fetch };
}

function setUp(overrides: Partial<Platform> = {}) {
  const indexedDB = new IDBFactory();
  const collector = createCollector();
  const platform = fakePlatform({ indexedDB, locks: fakeLocks(), fetch: collector.fetch, ...overrides });
  const start = (options: object = {}) =>
    createClient(
      toSettings({
        appSecret: SECRET,
        logUrl: 'https://c.example',
        breadcrumbs: false,
        uncleanExits: false,
        sessions: false,
        debug: true,
        ...options,
      }),
      platform,
      { device: () => Promise.reject(new Error('no chunk')), extra: async () => extra },
    );
  return { ...collector, indexedDB, platform, start };
}

it('a record that is no log any more is dropped with one line, and holds up nothing', async () => {
  const { indexedDB, platform, start, logs, posts } = setUp();
  const database = await openDatabase(indexedDB, NAME);
  const ids = [1, 2, 3, 4].map((n) => `00000000-0000-4000-8000-00000000000${n}`);
  const spoiled = [undefined, { not: 'a log' }, '{"half": ', undefined];
  const yesterday = platform.now() - 86_400_000;
  for (const [i, id] of ids.entries()) {
    const entry = toEntry(yesterday, { id, handled: false }, JSON.stringify({ id }));
    await database.put({ ...entry, json: (spoiled[i] ?? entry.json) as string });
  }
  database.close();
  start();
  await vi.waitFor(() => expect(logs.map(({ id }) => id)).toEqual([ids[0], ids[3]]));
  await settled();
  const said = platform.said.filter(([first]) => `${first}`.startsWith('collector'));
  expect(said).toEqual([[expect.stringContaining('BadRequest')]]);
  const before = posts.length;
  platform.dispatch('online');
  await platform.tick(1_300_000);
  expect(posts).toHaveLength(before);
});

it('the next report says how many were given up, and why; the one after does not', async () => {
  const { platform, start, logs } = setUp();
  platform.local?.setItem(
    `crashpost.evicted.${SECRET}`,
    '{"crashpost.evicted.room":12,"crashpost.evicted.age":3}',
  );
  const client = start();
  // Who counts, and says it, is in the chunk.
  await settled();
  const mine = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`key ${i}`, 'v']));
  client.trackError(new Error('first'), mine);
  client.trackError(new Error('second'));
  expect(logs.map(({ properties }) => properties)).toEqual([
    { 'crashpost.evicted.room': '12', 'crashpost.evicted.age': '3', ...mine },
    undefined,
  ]);
});

it.each([
  ['drops it', { beforeSend: ({ exception }: Log) => (exception?.message === 'first' ? null : undefined) }],
  ['refuses it', {}, 400],
  // As a collector does, and App Center.
  ['does not name it among what it has taken', {}, 200],
])(
  'the counts survive the report that carries them, where who comes first %s',
  async (_, options, refusal = 0) => {
    const { platform, start, logs, refuse } = setUp();
    platform.local?.setItem(`crashpost.evicted.${SECRET}`, '{"crashpost.evicted.room":12}');
    const client = start(options);
    await settled();
    refuse(refusal);
    client.trackError(new Error('first'));
    await settled();
    refuse(0);
    client.trackError(new Error('second'));
    await settled();
    expect(logs.map(({ properties }) => properties)).toEqual([{ 'crashpost.evicted.room': '12' }]);
  },
);

it('what is older than 25 days is not posted, and the next report says how many were', async () => {
  const { indexedDB, platform, start, logs, posts } = setUp();
  const database = await openDatabase(indexedDB, NAME);
  for (const [n, days] of [26, 25.1, 24.9].entries()) {
    const id = `00000000-0000-4000-8000-00000000000${n}`;
    const time = platform.now() - days * 86_400_000;
    await database.put(toEntry(time, { id, handled: false }, JSON.stringify({ id })));
  }
  const client = start();
  await vi.waitFor(() => expect(logs).toHaveLength(1));
  expect(logs[0]?.id).toMatch(/2$/);
  await vi.waitFor(async () => expect(await database.peek(10)).toEqual([]));
  expect(posts).toEqual([1]);
  client.trackError(new Error('next'));
  expect(logs.at(-1)?.properties).toEqual({ 'crashpost.evicted.age': '2' });
});

it('goes on posting where that record is broken', () => {
  const { platform, start, logs } = setUp();
  platform.local?.setItem(`crashpost.evicted.${SECRET}`, '{"crash');
  start().trackError(new Error('first'));
  expect(logs).toHaveLength(1);
});

it('stop leaves no listener, timer, lock or connection behind', async () => {
  const held: string[] = [];
  const locks = fakeLocks();
  const request = async (name: string, options: object, turn: (lock: unknown) => unknown) => {
    held.push(name);
    await (locks.request as (...args: unknown[]) => Promise<unknown>)(name, options, turn);
    held.splice(held.indexOf(name), 1);
  };
  const { indexedDB, platform, start, logs } = setUp({ locks: { request } as unknown as LockManager });
  const yesterday = toEntry(platform.now() - 86_400_000, { id: SECRET, handled: true }, `{"id":"${SECRET}"}`);
  platform.local?.setItem(`${NAME}.${yesterday.key}`, yesterday.json);
  const client = start();
  client.trackError(new Error('x'));
  await vi.waitFor(() => expect(logs).toHaveLength(2));
  await settled();
  client.stop();
  await settled();
  expect([...platform.listeners].filter(([, { size }]) => size > 0)).toEqual([]);
  expect(platform.timers.size).toBe(0);
  expect(held).toEqual([]);
  // A connection that is open, or comes to be, would be in its way.
  await new Promise((resolve, reject) => {
    const gone = indexedDB.deleteDatabase(NAME);
    gone.onsuccess = resolve;
    gone.onblocked = reject;
  });
});

it.each(['pagehide', 'visibilitychange'])(
  'at %s what waits for the next batch is posted in one that outlives the page, each once',
  async (type) => {
    let hidden = false;
    const { platform, start, logs, posts, keepalive } = setUp({ hidden: () => hidden });
    const client = start();
    await settled();
    for (let n = 0; n < 40; n++) client.trackError(new Error(`number ${n} of one task`));
    expect(posts).toHaveLength(15);
    hidden = true;
    platform.dispatch(type);
    expect(posts.at(-1)).toBe(25);
    expect(keepalive).toEqual(posts.map(() => true));
    await settled();
    // Should the page stay after all.
    for (let n = 0; n < 10; n++) await platform.tick(1_000);
    expect(posts).toHaveLength(16);
    expect(new Set(logs.map(({ id }) => id)).size).toBe(40);
    client.stop();
    expect([...platform.listeners].filter(([, { size }]) => size > 0)).toEqual([]);
  },
);

it('a visit that is told is not told again when the page is left', async () => {
  const { platform, start, posts } = setUp();
  const client = start({ sessions: true });
  await settled();
  expect(posts).toEqual([1]);
  platform.dispatch('pagehide');
  await settled();
  await platform.tick(2_000);
  expect(posts).toEqual([1]);
  client.stop();
});

it('what would not outlive the page waits, as it would have', async () => {
  const { platform, start, posts } = setUp();
  const client = start();
  await settled();
  for (let n = 0; n < 40; n++) client.trackError(new Error(`number ${n} ${'x'.repeat(5_000)}`));
  platform.dispatch('pagehide');
  // All that are under way have room for 64 KiB together.
  expect(posts).toHaveLength(15);
  await settled();
  await platform.tick(2_000);
  expect(posts.reduce((sum, count) => sum + count)).toBe(40);
});
