// What is acknowledged and not yet in its place: that it is there, that it is found, that nothing happens twice.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Call } from './calls.js';
import { openConnection } from './connection.js';
import { createWriteDispatch } from './dispatch.js';
import { openInProcess } from './in-process.fixture.js';
import { createPack, crossed } from './pack.js';
import { migrate } from './schema.js';
import {
  deliveryOf,
  digestOf,
  idOf,
  keepNow,
  logOf,
  NOON,
  newFolder,
  WAYS,
  withApp,
} from './stores.fixture.js';
import { createWrites } from './writes.js';

const rowsOf = (folder: string, table: string) => {
  const db = openConnection(join(folder, 'crashpost.db'));
  const n = db.prepare<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).all()[0]?.n;
  db.close();
  return n;
};

const dumpOf = (n: number) => {
  const json = `{"data":"${Buffer.from('MDMP').toString('base64')}"}`;
  return logOf(n, { type: 'errorAttachment', errorId: idOf(1), isDump: true, json });
};

describe.each(WAYS)('what was just kept, $name', ({ open, skip }) => {
  it.skipIf(skip)('is one row for a post, until somebody looks for it', async () => {
    const folder = newFolder();
    const store = await withApp(open, folder);
    await store.keep(deliveryOf([logOf(1), logOf(2), logOf(3)]));
    await store.keep(deliveryOf([logOf(4)], { receivedAt: NOON + 5000 }));
    expect([rowsOf(folder, 'inbox'), rowsOf(folder, 'reports')]).toEqual([2, 0]);
    expect(await store.backlog()).toEqual({ reports: 4, since: NOON + 1000, aside: 0 });
    expect(await store.lastReceived()).toBe(NOON + 5000);
    expect(await store.report(1, idOf(4))).toMatchObject({ id: idOf(4), json: '{"n":4}' });
    expect([rowsOf(folder, 'inbox'), rowsOf(folder, 'reports')]).toEqual([0, 4]);
    await store.close();
  });

  it.skipIf(skip)('waits through a restart, and is taken out in the order it came', async () => {
    const folder = newFolder();
    const store = await withApp(open, folder);
    for (const n of [3, 1, 2]) await store.keep(deliveryOf([logOf(n)]));
    await store.close();
    const again = await open(folder);
    expect(await again.undigested(2)).toEqual([]);
    expect(await again.unpack(2)).toBe(true);
    expect((await again.undigested(2)).map(({ id }) => id)).toEqual([3, 1].map(idOf));
    expect(await again.backlog()).toMatchObject({ reports: 3 });
    await again.keepDigests([3, 1].map((n) => digestOf(n)));
    expect(await again.unpack(2)).toBe(false);
    expect((await again.undigested(2)).map(({ id }) => id)).toEqual([idOf(2)]);
    await again.close();
  });

  it.skipIf(skip)(
    'is kept once, be it known from its place, from the inbox, or from its own post',
    async () => {
      const folder = newFolder();
      const store = await withApp(open, folder);
      await keepNow(store, deliveryOf([logOf(1), dumpOf(7)]));
      await store.keep(deliveryOf([logOf(1), logOf(2), logOf(2), dumpOf(7)]));
      await store.keep(deliveryOf([logOf(2), dumpOf(7)]));
      await store.settle();
      expect((await store.reportsAfter(0, 9)).map(({ id }) => id)).toEqual([1, 2].map(idOf));
      expect((await store.attachmentsAfter(0, 9)).map(({ id }) => id)).toEqual([idOf(7)]);
      expect(await store.faults()).toEqual([]);
      await store.close();
    },
  );

  it.skipIf(skip)('leaves no file when it is a minidump that was removed for its age', async () => {
    const folder = newFolder();
    const store = await withApp(open, folder);
    await keepNow(store, deliveryOf([dumpOf(7)]));
    const removal = { before: NOON + 2000, now: NOON + 2000, limit: 9 };
    expect(await store.removeOld(removal)).toBe(1);
    expect(await store.removeFiles(Date.now() + 60_000)).toBe(1);
    await keepNow(store, deliveryOf([dumpOf(7)]));
    expect(readdirSync(join(folder, 'minidumps/1'))).toEqual([]);
    expect(await store.attachmentsAfter(0, 9)).toEqual([]);
    await store.close();
  });
});

describe('the inbox', () => {
  it('keeps what a full disk keeps from its place, and goes on when there is room', () => {
    const folder = newFolder();
    const db = openConnection(join(folder, 'crashpost.db'));
    migrate(db);
    const dispatch = createWriteDispatch(db, createWrites(db, folder));
    const call = (method: Call['method'], ...args: unknown[]) => {
      const pack = createPack();
      return dispatch(crossed([pack.add({ method, args })], pack.memory));
    };
    call('addApp', { name: 'demo', secret: idOf(5), createdAt: NOON });
    // Rows in many tables and indexes, which take more room than the post did.
    call('keepPost', deliveryOf(Array.from({ length: 3000 }, (_, n) => logOf(n, { sid: idOf(n) }))));

    db.pragma(`max_page_count = ${Number(db.pragma('page_count'))}`);
    expect(call('unpack', 50)).toMatchObject([{ ok: false, code: 'full' }]);
    expect([rowsOf(folder, 'inbox'), rowsOf(folder, 'reports')]).toEqual([1, 0]);

    db.pragma('max_page_count = 1000000');
    expect(call('unpack', 50)).toMatchObject([{ ok: true, value: { logs: 3000, more: false } }]);
    expect([rowsOf(folder, 'inbox'), rowsOf(folder, 'reports')]).toEqual([0, 3000]);
    db.close();
  });

  it('is unpacked once by two who look at the same time', async () => {
    const folder = newFolder();
    const store = await withApp(openInProcess, folder);
    for (let n = 0; n < 20; n++) await store.keep(deliveryOf([logOf(n)]));
    const found = await Promise.all(Array.from({ length: 5 }, (_, n) => store.report(1, idOf(n))));
    expect(found.map((report) => report?.id)).toEqual([0, 1, 2, 3, 4].map(idOf));
    expect(rowsOf(folder, 'reports')).toBe(20);
    expect(existsSync(join(folder, 'minidumps'))).toBe(false);
    await store.close();
  });
});
