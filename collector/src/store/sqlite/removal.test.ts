import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Delivery, IncomingLog } from '../store.js';
import { openConnection } from './connection.js';
import { damagePage, longText } from './damage.fixture.js';
import { openInProcess } from './in-process.fixture.js';
import * as stores from './stores.fixture.js';

const { digestOf, INSTALL, idOf, keepNow, logOf, newFolder, WAYS, withApp } = stores;

const DAY = 24 * 3600 * 1000;
/** Long after the program was written: what is old was received after that, too. */
const NOON = stores.NOON + 200 * DAY;
const deliveryOf = (logs: IncomingLog[], fields: Partial<Delivery> = {}) =>
  stores.deliveryOf(logs, { receivedAt: NOON + 1000, ...fields });
const OLD = { receivedAt: NOON - 100 * DAY };
/** By the machine's clock, whatever that says. */
const LONG_AGO = 1_000 * DAY;
const removal = { before: NOON - 90 * DAY, now: NOON, limit: 50 };

describe('a report on a damaged page', () => {
  it('does not keep what is old beside it', async () => {
    const folder = newFolder();
    const before = await withApp(openInProcess, folder);
    const longOf = (n: number) => logOf(n, { json: JSON.stringify({ text: longText(20_000, n) }) });
    await keepNow(before, deliveryOf([1, 2, 3].map(longOf), OLD));
    await before.keepDigests([1, 2, 3].map((n) => digestOf(n)));
    await before.close();
    damagePage(folder, 'SELECT body FROM bodies WHERE seq = 1', (page) => void page.fill(0));
    const store = await openInProcess(folder);
    for (let step = 1; step > 0; ) step = await store.removeOld(removal);
    expect((await store.reportsAfter(0, 9)).map(({ id }) => id)).toEqual([idOf(1)]);
    expect(await store.setAside()).toMatchObject([{ place: 'reports', count: 1 }]);
    await store.close();
  });
});

describe.each(WAYS)('what is old, $name', ({ open, skip }) => {
  it.skipIf(skip)('goes, and what is not stays', async () => {
    const store = await withApp(open);
    await keepNow(store, deliveryOf([logOf(1), logOf(2)], OLD));
    await keepNow(store, deliveryOf([logOf(3)]));
    await store.keepDigests([digestOf(1), digestOf(2, { fingerprint: 'v1:b' }), digestOf(3)]);
    expect(await store.removeOld(removal)).toBe(2);
    expect(await store.removeOld(removal)).toBe(0);
    expect((await store.reportsAfter(0, 9)).map(({ id }) => id)).toEqual([idOf(3)]);
    // The group that is left goes on counting, the one without reports is gone.
    expect(await store.groups(1, { limit: 9 })).toMatchObject([{ id: 1, reports: 2 }]);
    expect(await store.group(2)).toBeUndefined();
    expect(await store.faults()).toEqual([]);
    await store.close();
  });

  it.skipIf(skip)('is not taken again, also after a restart; but in another app it is another', async () => {
    const folder = newFolder();
    const store = await withApp(open, folder);
    const attachment = logOf(2, { type: 'errorAttachment', errorId: idOf(1) });
    await keepNow(store, deliveryOf([logOf(1), attachment], OLD));
    await store.keepDigests([digestOf(1)]);
    expect(await store.removeOld(removal)).toBe(2);
    await store.close();
    const again = await open(folder);
    await again.addApp({ name: 'other', secret: idOf(9), createdAt: NOON });
    await keepNow(again, deliveryOf([logOf(1), attachment]));
    expect([await again.reportsAfter(0, 9), await again.attachmentsAfter(0, 9)]).toEqual([[], []]);
    await keepNow(again, deliveryOf([logOf(1)], { appId: 2 }));
    expect((await again.reportsAfter(0, 9)).length).toBe(1);
    await again.close();
  });

  it.skipIf(skip)('goes a few at a time, and never before it was grouped', async () => {
    const store = await withApp(open);
    const logs = Array.from({ length: 5 }, (_, n) => logOf(n));
    await keepNow(store, deliveryOf(logs, OLD));
    await store.keepDigests([0, 1, 2].map((n) => digestOf(n)));
    expect([
      await store.removeOld({ ...removal, limit: 2 }),
      await store.removeOld({ ...removal, limit: 2 }),
    ]).toEqual([2, 1]);
    expect((await store.reportsAfter(0, 9)).map(({ id }) => id)).toEqual([idOf(3), idOf(4)]);
    await store.close();
  });

  it.skipIf(skip)('goes with what happened in it, by when it was received', async () => {
    const store = await withApp(open);
    // By the clock of the device all of it was long ago.
    const of = (n: number) => ({ timestamp: 15_000 * DAY, sid: idOf(n) });
    const logs = [
      logOf(2, { ...of(7), type: 'startSession', appVersion: '1' }),
      logOf(3, { ...of(7), type: 'event' }),
      logOf(4, { ...of(8), type: 'page' }),
    ];
    await keepNow(store, deliveryOf(logs, OLD));
    const later = [logOf(5, { ...of(8), type: 'event' }), logOf(6, { ...of(8), type: 'startSession' })];
    await keepNow(store, deliveryOf(later));
    expect(await store.removeOld({ ...removal, limit: 1 })).toBe(2);
    expect(await store.removeOld({ ...removal, limit: 1 })).toBe(1);
    expect(await store.removeOld({ ...removal, limit: 1 })).toBe(0);
    expect(await store.crashFree(1, 0)).toMatchObject({ visits: 1 });
    const eventsOf = (n: number) => store.eventsOf({ appId: 1, sid: idOf(n), until: NOON, limit: 9 });
    expect(await eventsOf(7)).toEqual([]);
    expect((await eventsOf(8)).map(({ id }) => id)).toEqual([idOf(5)]);
    await store.close();
  });

  it.skipIf(skip)('goes also of what was refused', async () => {
    const store = await withApp(open);
    const refusedAt = (at: number) => ({
      appId: 1,
      counts: [{ reason: 'TooOld', logs: 1, lastAt: at }],
      samples: [{ reason: 'TooOld', at, installId: INSTALL, logId: '', type: '', fault: '' }],
    });
    await store.keepRefused([refusedAt(OLD.receivedAt), refusedAt(NOON)]);
    await store.removeOld(removal);
    expect(await store.refusedCounts(1, 0)).toEqual([{ reason: 'TooOld', logs: 1, lastAt: NOON }]);
    expect((await store.refusedSamples(1)).map(({ at }) => at)).toEqual([NOON]);
    await store.close();
  });

  it.skipIf(skip)(
    'is known to have been there for half a year, and is forgotten a few at a time',
    async () => {
      const folder = newFolder();
      const store = await withApp(open, folder);
      const logs = [1, 2, 3, 4].map((n) => logOf(n, { type: 'errorAttachment', errorId: idOf(9) }));
      await keepNow(store, deliveryOf(logs, OLD));
      while ((await store.removeOld({ ...removal, limit: 1 })) > 0);
      const db = openConnection(join(folder, 'crashpost.db'));
      const known = () => db.prepare<{ n: number }>('SELECT count(*) AS n FROM removed_ids').all()[0]?.n;
      const left = [];
      for (const days of [180, 181, 181, 181]) {
        await store.removeOld({ ...removal, now: NOON + days * DAY, limit: 1 });
        left.push(known());
      }
      expect(left).toEqual([4, 2, 0, 0]);
      db.close();
      await store.close();
    },
  );
});

describe.each(WAYS)('the file of a minidump, $name', ({ open, skip }) => {
  const data = Buffer.from('MDMP').toString('base64');
  const dumpOf = (n: number) =>
    logOf(n, { type: 'errorAttachment', errorId: idOf(9), isDump: true, json: `{"data":"${data}"}` });

  /** A store with two, one of which is old, and their files, both last written long ago. */
  async function withTwo() {
    const folder = newFolder();
    const store = await withApp(open, folder);
    await keepNow(store, deliveryOf([dumpOf(1)], OLD));
    await keepNow(store, deliveryOf([dumpOf(2)]));
    const within = join(folder, 'minidumps/1');
    const age = (name: string) => utimesSync(join(within, name), LONG_AGO / 1000, LONG_AGO / 1000);
    for (const n of [1, 2]) age(`${idOf(n)}.dmp`);
    return { store, folder, within, age, files: () => readdirSync(within).sort() };
  }

  it.skipIf(skip)('goes when its row has, also after a restart', async () => {
    const { store, folder, files } = await withTwo();
    expect(await store.removeFiles(LONG_AGO + 1)).toBe(0);
    expect(await store.removeOld(removal)).toBe(1);
    await store.close();
    const again = await open(folder);
    expect(await again.removeFiles(LONG_AGO + 1)).toBe(1);
    expect(files()).toEqual([`${idOf(2)}.dmp`]);
    await again.close();
  });

  it.skipIf(skip)('goes when it never had a row, unless it is young or not ours', async () => {
    const { store, within, age, files } = await withTwo();
    const names = [`${idOf(3)}.dmp`, `${idOf(4)}.dmp`, `${idOf(2)}.dmp.part`, 'notes.txt'];
    for (const name of names) writeFileSync(join(within, name), 'x');
    for (const name of [names[0], names[2], names[3]]) age(name ?? '');
    expect(await store.removeFiles(LONG_AGO + 1)).toBe(2);
    expect(files()).toEqual([1, 2, 4].map((n) => `${idOf(n)}.dmp`).concat('notes.txt'));
    await store.close();
  });

  it.skipIf(skip)('goes also when its attachment comes again: that is not taken again', async () => {
    const { store, files } = await withTwo();
    await store.removeOld(removal);
    await keepNow(store, deliveryOf([dumpOf(1)]));
    expect(await store.removeFiles(LONG_AGO + 1)).toBe(1);
    expect(files()).toEqual([`${idOf(2)}.dmp`]);
    await store.close();
  });

  it.skipIf(skip)('holds up no other when it cannot be removed', async () => {
    const { store, within, age, files } = await withTwo();
    await store.removeOld(removal);
    const stuck = `${idOf(0)}.dmp`;
    mkdirSync(join(within, stuck));
    age(stuck);
    await expect(store.removeFiles(LONG_AGO + 1)).rejects.toMatchObject({
      name: 'StoreError',
      code: 'unwritable',
    });
    expect(files()).toEqual([stuck, `${idOf(2)}.dmp`]);
    expect(await store.removeOld({ ...removal, before: NOON + DAY })).toBe(1);
    await store.close();
  });
});
