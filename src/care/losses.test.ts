import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { expect, it } from 'vitest';
import * as extra from '../extra.js';
import { createGuard } from '../platform/guard.js';
import { fakePlatform, fakeStorage, settled } from '../platform/platform.fixture.js';
import { toEntry } from '../queue/log-store.js';
import { openQueue } from '../queue/open-queue.js';
import { createLosses } from './losses.js';

const ROOM = 'crashpost.evicted.room';

it('are added up, said once, and kept for the next visit', () => {
  const platform = fakePlatform();
  createLosses(platform, 'a').back({ [ROOM]: 2, mine: 'x' });
  createLosses(platform, 'a').back({ [ROOM]: '3' });
  expect(createLosses(platform, 'a').take()).toEqual({ [ROOM]: 5 });
  expect(createLosses(platform, 'a').take()).toBeUndefined();
});

const full = fakeStorage();
full.setItem = () => {
  throw new DOMException('full', 'QuotaExceededError');
};

it.each([
  ['is missing', undefined],
  ['is full', full],
])('are kept in memory where localStorage %s', (how, local) => {
  const losses = createLosses({ local }, how);
  losses.back({ [ROOM]: 2 });
  losses.back({ [ROOM]: 3 });
  expect(losses.take()).toEqual({ [ROOM]: 5 });
  expect(losses.take()).toBeUndefined();
});

it('that a report carries which is given up itself are counted with it', async () => {
  const platform = fakePlatform({ indexedDB: new IDBFactory() });
  const appSecret = '12345678-1234-1234-1234-123456789abc';
  const queue = openQueue({
    ...{ platform, appSecret, guard: createGuard(platform, true), kept: undefined, maxSize: 1_000 },
    ...{ care: async () => extra, onOpen: () => undefined },
  });
  await settled();
  for (let n = 0; n < 8; n++) {
    const id = `00000000-0000-4000-8000-00000000000${n}`;
    const properties = n === 0 ? { [ROOM]: '40' } : {};
    const json = JSON.stringify({ id, properties, pad: 'x'.repeat(200) });
    queue.put(toEntry(platform.now() + n, { id, handled: true }, json));
  }
  for (let n = 0; n < 5; n++) await settled();
  await queue.tidy();
  const left = (await queue.peek(10)).length;
  expect(left).toBeLessThan(8);
  expect(createLosses(platform, queue.bounds.losses).take()).toEqual({ [ROOM]: 40 + 8 - left });
  queue.close();
});
