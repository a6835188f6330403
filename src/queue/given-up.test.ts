// How many were given up is said of each once, whoever gave it up and whatever fails meanwhile.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, expect, it, vi } from 'vitest';
import { createLosses } from '../care/losses.js';
import { createClient } from '../client.js';
import { MAX_LOG } from '../exception/fit.js';
import * as extra from '../extra.js';
import { toSettings } from '../options.js';
import { createGuard } from '../platform/guard.js';
import { fakeLocks, fakePlatform, settled } from '../platform/platform.fixture.js';
import type { Platform } from '../platform/platform.js';
import type { LoadCare } from './care.js';
import { readKeys } from './idb.js';
import { toEntry } from './log-store.js';
import { openQueue, type Queue } from './open-queue.js';

const appSecret = '12345678-1234-1234-1234-123456789abc';
const LOSSES = `crashpost.evicted.${appSecret}`;
const ROOM = 'crashpost.evicted.room';
const AGE = 'crashpost.evicted.age';
const START = Date.parse('2026-11-23T10:00:00Z');
const noChunk = () => Promise.reject(new Error('no chunk'));

afterEach(() => vi.restoreAllMocks());

function open(platform: Platform, care: LoadCare): Queue {
  const options = { platform, appSecret, guard: createGuard(platform, true), kept: undefined, care };
  return openQueue({ ...options, maxSize: 30_000, onOpen: () => undefined });
}

/** The next page, which can say what was given up before. */
async function openWithChunk(platform: Platform): Promise<void> {
  const queue = open(platform, async () => extra);
  await settled();
  await queue.tidy();
}

/** A log of some 5,000 bytes, that carries the counts `properties`. */
const large = (n: number, properties: object = {}) => {
  const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
  return toEntry(START + n, { id, handled: true }, JSON.stringify({ properties, pad: 'x'.repeat(4_900) }));
};

const takeLosses = (platform: Platform) => createLosses(platform, LOSSES).take();

it('where the chunk cannot be loaded, each that goes is added to those that went before, of whatever reason', async () => {
  const platform = fakePlatform({ indexedDB: new IDBFactory() });
  platform.local?.setItem(LOSSES, JSON.stringify({ [AGE]: 3, [ROOM]: 2 }));
  const queue = open(platform, noChunk);
  await settled();
  for (let n = 0; n < 30; n++) {
    queue.put(large(n));
    await settled();
  }
  const { length } = await queue.peek(100);
  expect(length).toBeLessThan(30);
  await openWithChunk(platform);
  expect(takeLosses(platform)).toEqual({ [AGE]: 3, [ROOM]: 2 + 30 - length });
});

it('what cannot be removed is given up when it can: what it carries is counted then, once', async () => {
  const platform = fakePlatform({ indexedDB: new IDBFactory(), locks: fakeLocks() });
  const queue = open(platform, async () => extra);
  await settled();
  for (let n = 0; n < 5; n++) queue.put(large(n, n === 0 ? { [ROOM]: '40' } : {}));
  await settled();
  queue.bounds.maxSize = 20_000;
  const broken = vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(() => {
    throw new DOMException('no', 'UnknownError');
  });
  for (let n = 0; n < 2; n++) {
    await queue.tidy();
    // It has lost its database for that, and has it again.
    await settled();
  }
  expect(await queue.use(readKeys)).toHaveLength(5);
  broken.mockRestore();
  await queue.tidy();
  const { length } = await queue.peek(100);
  expect(length).toBeLessThan(5);
  expect(takeLosses(platform)).toEqual({ [ROOM]: 40 + 5 - length });
});

it('what is given up is read only where it may carry counts: no attachment is', async () => {
  const platform = fakePlatform({ indexedDB: new IDBFactory() });
  const queue = open(platform, async () => extra);
  await settled();
  const attachment = toEntry(START, { id: 'a'.repeat(36), handled: true }, 'x'.repeat(MAX_LOG + 1));
  const carrier = large(1, { [ROOM]: '40' });
  queue.bounds.maxSize = 100_000;
  for (const entry of [attachment, carrier]) queue.put(entry);
  await settled();
  queue.bounds.maxSize = 1_000;
  const read = vi.spyOn(IDBObjectStore.prototype, 'get');
  await queue.tidy();
  expect(read.mock.calls).toEqual([[carrier.key]]);
  expect(await queue.use(readKeys)).toEqual([]);
  expect(takeLosses(platform)).toEqual({ [ROOM]: 40 + 2 });
});

/** A collector that takes all there is, and adds up what it is told; a page without its chunk. */
async function startWithoutChunk() {
  const network = { isDown: true, told: 0, shown: new Set<string>() };
  const fetch = (async (_: unknown, { body }: RequestInit) => {
    if (network.isDown) throw new TypeError('Failed to fetch');
    const { logs } = JSON.parse(body as string) as {
      logs: { id: string; properties?: { [ROOM]?: string } }[];
    };
    for (const { id, properties } of logs) {
      network.shown.add(id);
      network.told += Number(properties?.[ROOM] ?? 0);
    }
    return new Response(JSON.stringify({ status: 'Success', validDiagnosticsIds: logs.map(({ id }) => id) }));
  }) as typeof globalThis.fetch;
  const platform = fakePlatform({ indexedDB: new IDBFactory(), locks: fakeLocks(), fetch });
  const given = { appSecret, logUrl: 'https://c.example', maxStorageSize: 24 * 1024, sessions: false };
  const settings = toSettings({ ...given, breadcrumbs: false, uncleanExits: false });
  const client = createClient(settings, platform, { device: noChunk, extra: noChunk });
  await settled();
  return { network, platform, client };
}

it('without the chunk, what arrives, what is told and what is still to be told are all there was', async () => {
  const { network, platform, client } = await startWithoutChunk();
  for (let n = 0; n < 60; n++) {
    client.trackError(new Error(`number ${n} ${'x'.repeat(1_500)}`));
    await platform.tick(1);
  }
  network.isDown = false;
  for (let n = 0; n < 5; n++) await platform.tick(20 * 60_000);
  expect(network.shown.size).toBeGreaterThan(0);
  expect(network.shown.size).toBeLessThan(60);
  await openWithChunk(platform);
  const toBeTold = takeLosses(platform)?.[ROOM] ?? 0;
  expect(network.shown.size + network.told + toBeTold).toBe(60);
});
