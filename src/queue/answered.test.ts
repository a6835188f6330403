// What was answered while there was no database to remove it from.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, expect, it, vi } from 'vitest';
import * as extra from '../extra.js';
import { createGuard } from '../platform/guard.js';
import { fakePlatform, settled } from '../platform/platform.fixture.js';
import { openQueue } from './open-queue.js';

const appSecret = '12345678-1234-1234-1234-123456789abc';
const keys = Array.from({ length: 1_500 }, (_, n) => `key ${n}`);

afterEach(() => vi.restoreAllMocks());

/** A queue whose database opens when it is let; and what is removed from that. */
async function openLate() {
  const real = new IDBFactory().open(`crashpost.queue.${appSecret}`, 1);
  real.onupgradeneeded = () => real.result.createObjectStore('logs');
  await vi.waitFor(() => expect(real.readyState).toBe('done'));
  const late = { result: real.result, onsuccess: () => undefined };
  const platform = fakePlatform({ indexedDB: { open: () => late } as unknown as IDBFactory });
  const options = {
    platform,
    appSecret,
    guard: createGuard(platform, true),
    kept: undefined,
    maxSize: 30_000,
  };
  const queue = openQueue({ ...options, care: async () => extra, onOpen: () => undefined });
  const remove = vi.spyOn(IDBObjectStore.prototype, 'delete');
  const letOpen = async () => {
    late.onsuccess();
    await settled();
  };
  return { queue, letOpen, removed: () => remove.mock.calls.map(([key]) => key) };
}

it('is removed when it opens, and of what a page has reported for days the last thousand', async () => {
  const { queue, letOpen, removed } = await openLate();
  for (const key of keys) await queue.remove([key]);
  expect(removed()).toEqual([]);
  await letOpen();
  expect(removed()).toEqual(keys.slice(-1_000));
});

it('is removed whatever its number where there is a database', async () => {
  const { queue, letOpen, removed } = await openLate();
  await letOpen();
  await queue.remove(keys);
  expect(removed()).toEqual(keys);
});
