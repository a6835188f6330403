// What never comes back: the chunk, a compression, the care of a queue. Nobody's turn lasts for ever for it.
import { expect, it, vi } from 'vitest';
import * as care from '../extra.js';
import { settled } from '../platform/platform.fixture.js';
import { PATIENCE } from '../queue/connection.js';
import { entry, setUp, success } from './sender.fixture.js';
import { createSender } from './sender.js';

const never = () => new Promise<never>(() => {});

it.each([
  ['the chunk does not come', never],
  ['compressing does not end', async () => ({ ...care, gzip: never })],
])('%s: the queue goes plain', async (_, load) => {
  const { options, platform, kept, put } = setUp((ids) => success(ids));
  put(entry());
  createSender({ ...options, care: load }).drain();
  await settled();
  await platform.tick(PATIENCE);
  expect(kept.size).toBe(0);
  expect(platform.timers.size).toBe(0);
});

it('what bounds the queue does not end: another tab has the turn meanwhile', async () => {
  const made = setUp(() => Promise.reject(new TypeError('Failed to fetch')));
  const queue = { ...made.options.queue, tidy: vi.fn(never) };
  made.put(entry());
  createSender({ ...made.options, queue }).drain();
  await settled();
  expect(queue.tidy).toHaveBeenCalledOnce();
  const { lock } = made.options;
  const turn = vi.fn();
  await made.platform.locks?.request(lock, { ifAvailable: true }, (held) => turn(!!held));
  expect(turn).toHaveBeenCalledExactlyOnceWith(true);
});

it('what gives up the oldest does not end: they are sent after all', async () => {
  const made = setUp((ids) => success(ids));
  made.put(entry(2, made.platform.now() - 30 * 86_400_000));
  createSender({ ...made.options, queue: { ...made.options.queue, tidy: never } }).drain();
  await settled();
  await made.platform.tick(PATIENCE);
  expect(made.kept.size).toBe(0);
});

it('what stands in for locks does not come: goes on without', async () => {
  const { options, platform, kept, put } = setUp((ids) => success(ids));
  Object.assign(platform, { locks: undefined });
  put(entry());
  createSender({ ...options, care: never }).drain();
  await settled();
  for (let n = 0; n < 2; n++) await platform.tick(PATIENCE);
  expect(kept.size).toBe(0);
});

it('a drain that fails does not run again without its turn, nor posts again what was answered', async () => {
  const { options, platform, batches, put } = setUp((ids) => success(ids));
  const gone = new Error('the database is gone');
  const queue = { ...options.queue, remove: vi.fn(() => Promise.reject(gone)) };
  put(...Array.from({ length: 120 }, () => entry()));
  const asked = vi.spyOn(platform.locks as LockManager, 'request');
  await expect(createSender({ ...options, queue }).drain()).rejects.toBe(gone);
  expect(asked).toHaveBeenCalledOnce();
  expect(batches).toHaveLength(1);
  queue.remove.mockImplementation(options.queue.remove as never);
  await platform.tick(10_000);
  expect(batches.flat()).toHaveLength(120);
  expect(new Set(batches.flat()).size).toBe(120);
});
