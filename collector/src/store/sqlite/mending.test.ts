import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SqliteStore } from './calls.js';
import { openConnection } from './connection.js';
import {
  deliveryOf,
  digestOf,
  INSTALL,
  idOf,
  keepNow,
  logOf,
  NOON,
  newFolder,
  WAYS,
  withApp,
} from './stores.fixture.js';

const DAY = 24 * 3600 * 1000;
/** When somebody has set the clock right. */
const NOW = NOON + 10 * DAY;
const removal = { before: NOW - 90 * DAY, now: NOW, limit: 50 };

/** What came while the clock said another time. */
async function receive(store: SqliteStore, n: number, receivedAt: number): Promise<void> {
  const sid = idOf(n + 9);
  const timestamp = NOON;
  await keepNow(
    store,
    deliveryOf(
      [
        logOf(n, { timestamp, sid }),
        logOf(n + 1, { type: 'errorAttachment', errorId: idOf(n) }),
        logOf(n + 2, { type: 'startSession', timestamp, sid }),
        logOf(n + 3, { type: 'event', timestamp, sid }),
      ],
      { receivedAt },
    ),
  );
  const sample = { reason: 'TooOld', at: receivedAt, installId: INSTALL, logId: '', type: '', fault: '' };
  const counts = [{ reason: 'TooOld', logs: 1, lastAt: receivedAt }];
  await store.keepRefused([{ appId: 1, counts, samples: [sample] }]);
}

const count = (folder: string): number[] => {
  const db = openConnection(join(folder, 'crashpost.db'));
  const tables = ['reports', 'attachments', 'visits', 'events', 'refused_samples', 'refused_days'];
  const counts = tables.map(
    (table) => db.prepare<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).all()[0]?.n ?? 0,
  );
  db.close();
  return counts;
};

describe.each(WAYS)('what was received by a wrong clock, $name', ({ open, skip }) => {
  it.skipIf(skip)(
    'before the program was written, is not old; and is as old as others once it is mended',
    async () => {
      const folder = newFolder();
      const store = await withApp(open, folder);
      await receive(store, 100, 1000);
      await store.keepDigests([digestOf(100)]);
      expect(await store.removeOld(removal)).toBe(0);
      expect(count(folder)).toEqual([1, 1, 1, 1, 1, 1]);
      // The device knew the time.
      expect(await store.groups(1, { limit: 9 })).toMatchObject([{ firstSeen: NOON, lastSeen: NOON }]);
      expect(await store.mendTimes(removal)).toBe(6);
      expect(await store.mendTimes(removal)).toBe(0);
      expect(await store.report(1, idOf(100))).toMatchObject({ receivedAt: NOW, timestamp: NOON });
      expect(await store.removeOld({ ...removal, before: NOW })).toBe(0);
      expect(await store.removeOld({ ...removal, before: NOW + 1, now: NOW + 90 * DAY })).toBe(4);
      expect(count(folder)).toEqual([0, 0, 0, 0, 0, 0]);
      await store.close();
    },
  );

  it.skipIf(skip)('in the future, is not kept until then', async () => {
    const folder = newFolder();
    const store = await withApp(open, folder);
    await receive(store, 100, NOW + 400 * DAY);
    await receive(store, 200, NOW + DAY / 2);
    // These said no time of their own.
    for (const n of [300, 301]) {
      const receivedAt = NOW + 400 * DAY + n * 7_200_000;
      await keepNow(store, deliveryOf([logOf(n, { timestamp: receivedAt })], { receivedAt }));
    }
    await store.keepDigests([100, 200, 300, 301].map((n) => digestOf(n)));
    let sum = 0;
    for (let step = 1; step > 0; sum += step) step = await store.mendTimes({ ...removal, limit: 1 });
    expect(sum).toBe(9);
    expect(await store.groups(1, { limit: 9 })).toMatchObject([
      { firstSeen: NOON, lastSeen: NOW, reports: 4 },
    ]);
    expect(await store.daysOfGroup(1, 0)).toEqual([
      { day: NOON - DAY / 2, reports: 2 },
      { day: NOW - DAY / 2, reports: 2 },
    ]);
    expect(await store.faults()).toEqual([]);
    expect(await store.report(1, idOf(200))).toMatchObject({ receivedAt: NOW + DAY / 2 });
    expect(await store.removeOld({ ...removal, before: NOW + 1 })).toBe(6);
    await store.close();
  });

  it.skipIf(skip)('that was set back for weeks, keeps its time', async () => {
    const store = await withApp(open);
    await receive(store, 100, NOW);
    await store.keepDigests([digestOf(100)]);
    const back = NOW - 45 * DAY;
    expect(await store.mendTimes({ before: back - 30 * DAY, now: back, limit: 50 })).toBe(0);
    expect(await store.removeOld({ before: NOW - 30 * DAY, now: NOW, limit: 50 })).toBe(0);
    expect(await store.report(1, idOf(100))).toMatchObject({ receivedAt: NOW });
    await store.close();
  });

  it.skipIf(skip)('remembers what it knows of the clock', async () => {
    const folder = newFolder();
    const store = await withApp(open, folder);
    expect(await store.clockSeen()).toBeUndefined();
    await store.keepClock({ wall: NOW, ran: 1.5, jumps: [] });
    await store.keepClock({ wall: NOW, ran: 5.2, jumps: [{ size: -1.5e9, at: 4.4 }] });
    await store.close();
    const again = await open(folder);
    expect(await again.clockSeen()).toEqual({ wall: NOW, ran: 5, jumps: [{ size: -1.5e9, at: 4 }] });
    await again.close();
  });
});
