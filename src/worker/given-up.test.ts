// What a worker gives up is said by a page, once: it has no `localStorage`, and may never run again.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { expect, it } from 'vitest';
import { createClient } from '../client.js';
import * as extra from '../extra.js';
import { MIN_STORAGE_SIZE, toSettings } from '../options.js';
import { fakeLocks, fakePlatform, fakeStorage, settled } from '../platform/platform.fixture.js';
import { createWorkerReporter } from './reporting.js';

const ROOM = 'crashpost.evicted.room';
const THROWN = 60;

interface Log {
  readonly id: string;
  readonly properties?: { readonly [ROOM]?: string };
}

/** One origin, and a collector that takes all there is while its network is up. */
function createOrigin() {
  const network = { isDown: false };
  const arrived: Log[] = [];
  const fetch = (async (_: unknown, { body }: RequestInit) => {
    if (network.isDown) throw new TypeError('Failed to fetch');
    const { logs } = JSON.parse(body as string) as { logs: Log[] };
    arrived.push(...logs);
    return new Response(JSON.stringify({ status: 'Success', validDiagnosticsIds: logs.map(({ id }) => id) }));
  }) as typeof globalThis.fetch;
  let ids = 0;
  const uuid = () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`;
  const shared = { indexedDB: new IDBFactory(), locks: fakeLocks(), fetch, uuid };
  const local = fakeStorage();
  const startPage = async () => {
    const page = fakePlatform({ ...shared, local });
    const given = { appSecret: '12345678-1234-1234-1234-123456789abc', logUrl: 'https://c.example' };
    const settings = toSettings({ ...given, maxStorageSize: MIN_STORAGE_SIZE, sessions: false });
    const noChunk = () => Promise.reject(new Error('no chunk'));
    const client = createClient(settings, page, { device: noChunk, extra: async () => extra });
    // The chunk is there, and has looked.
    await settled();
    await page.tick(1_000);
    return { page, client };
  };
  const startWorker = async () => {
    const worker = fakePlatform({ ...shared, local: undefined });
    const facts = { ...worker.facts, scope: 'ServiceWorkerGlobalScope', screenSize: undefined };
    createWorkerReporter({ ...worker, facts });
    await settled();
    return worker;
  };
  return { network, arrived, startPage, startWorker };
}

it('what a worker gives up is told by the next report of a page, once, and nothing is missing', async () => {
  const { network, arrived, startPage, startWorker } = createOrigin();
  const first = await startPage();
  first.client.stop();
  await settled();
  network.isDown = true;
  const worker = await startWorker();
  for (let n = 0; n < THROWN; n++) {
    const error = new Error(`number ${n} ${'x'.repeat(1_500)}`);
    worker.dispatch('error', { type: 'error', message: error.message, error });
    await worker.tick(1);
  }
  await settled();
  // It is terminated: nothing of it is left but what is on disk.
  worker.timers.clear();
  network.isDown = false;
  const { page, client } = await startPage();
  for (const text of ['first', 'second']) client.trackError(new Error(text));
  for (let n = 0; n < 3; n++) await page.tick(6_000);
  const told = arrived.map(({ properties }) => Number(properties?.[ROOM] ?? 0)).filter(Boolean);
  expect(told).toHaveLength(1);
  expect(told[0]).toBeGreaterThan(0);
  // Of the page there are two.
  const shown = new Set(arrived.map(({ id }) => id)).size - 2;
  expect(shown).toBeGreaterThan(0);
  expect(shown + (told[0] ?? 0)).toBe(THROWN);
  client.stop();
  // What was told is not told by the next visit again.
  arrived.length = 0;
  const last = await startPage();
  last.client.trackError(new Error('third'));
  await settled();
  expect(arrived.map(({ properties }) => properties?.[ROOM])).toEqual([undefined]);
  last.client.stop();
});
