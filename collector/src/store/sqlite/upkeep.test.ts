import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openConnection } from './connection.js';
import { openInProcess } from './in-process.fixture.js';
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

describe.each(WAYS)('a store, $name', ({ open, skip }) => {
  it.skipIf(skip)('tells how far digestion is behind', async () => {
    const store = await withApp(open);
    expect(await store.backlog()).toEqual({ reports: 0, aside: 0 });
    await keepNow(store, deliveryOf([logOf(1)]));
    await keepNow(store, deliveryOf([logOf(2)], { receivedAt: NOON + 9000 }));
    expect(await store.backlog()).toEqual({ reports: 2, since: NOON + 1000, aside: 0 });
    await store.keepDigests([digestOf(1)]);
    expect(await store.backlog()).toEqual({ reports: 1, since: NOON + 9000, aside: 0 });
    await store.close();
  });

  it.skipIf(skip)('is read out in the order of arrival, a few at a time', async () => {
    const store = await withApp(open);
    const attachment = logOf(4, { type: 'errorAttachment', errorId: idOf(1) });
    await keepNow(store, deliveryOf([logOf(1), logOf(2, { sid: idOf(7) }), logOf(3), attachment]));
    await store.keepDigests([digestOf(1)]);
    const first = await store.reportsAfter(0, 2);
    expect(first).toMatchObject([
      { seq: 1, id: idOf(1), groupId: 1, json: '{"n":1}' },
      { seq: 2, appId: 1, sid: idOf(7) },
    ]);
    expect(first[1]).not.toHaveProperty('groupId');
    expect(first[0]).not.toHaveProperty('sid');
    expect(await store.reportsAfter(2, 2)).toMatchObject([{ id: idOf(3) }]);
    expect(await store.reportsAfter(3, 2)).toEqual([]);
    const exported = {
      seq: 1,
      appId: 1,
      id: idOf(4),
      errorId: idOf(1),
      receivedAt: NOON + 1000,
      json: '{"n":4}',
    };
    expect(await store.attachmentsAfter(0, 9)).toEqual([exported]);
    await store.close();
  });

  it.skipIf(skip)('gives the data of a minidump back as it was received', async () => {
    const store = await withApp(open);
    const data = Buffer.from('MDMP and more').toString('base64');
    const json = `{"fileName":"minidump.dmp","data":"${data}"}`;
    await keepNow(
      store,
      deliveryOf([logOf(1, { type: 'errorAttachment', errorId: idOf(2), isDump: true, json })]),
    );
    const [exported] = await store.attachmentsAfter(0, 9);
    expect(JSON.parse(exported?.json ?? '')).toEqual(JSON.parse(json));
    await store.close();
  });

  it.skipIf(skip)('is copied while it is written to, with all that was committed before', async () => {
    const folder = newFolder();
    const store = await withApp(open, folder);
    await Promise.all(Array.from({ length: 200 }, (_, n) => store.keep(deliveryOf([logOf(n)]))));
    const file = join(newFolder(), 'copy.db');
    await store.settle();
    const copied = store.copyTo(file);
    await Promise.all(Array.from({ length: 50 }, (_, n) => store.keep(deliveryOf([logOf(1000 + n)]))));
    await copied;
    await expect(store.copyTo(file)).rejects.toMatchObject({ name: 'StoreError' });
    await store.close();
    const db = openConnection(file);
    const ids = db
      .prepare<{ id: string }>('SELECT id FROM reports')
      .all()
      .map(({ id }) => id);
    expect(Array.from({ length: 200 }, (_, n) => idOf(n)).filter((id) => !ids.includes(id))).toEqual([]);
    expect(db.pragma('integrity_check')).toBe('ok');
    db.close();
  });
});

describe('what is wrong with the data', () => {
  it('is nothing, or said', async () => {
    const folder = newFolder();
    const store = await withApp(openInProcess, folder);
    await keepNow(store, deliveryOf([logOf(1)]));
    await store.keepDigests([digestOf(1)]);
    expect(await store.faults()).toEqual([]);
    const db = openConnection(join(folder, 'crashpost.db'));
    db.exec(
      'UPDATE groups SET reports = 7; PRAGMA foreign_keys = OFF; DELETE FROM bodies; UPDATE reports SET app_id = 9',
    );
    db.close();
    expect(await store.faults()).toEqual([
      '1 rows name others that are not there',
      '1 reports have no body',
      '1 groups count other reports than they have',
      '1 groups have days that count other reports',
    ]);
    await store.close();
  });

  it('is a damaged page, too', async () => {
    const folder = newFolder();
    const store = await withApp(openInProcess, folder);
    for (let n = 0; n < 300; n++) await keepNow(store, deliveryOf([logOf(n)]));
    await store.close();
    const file = join(folder, 'crashpost.db');
    const bytes = readFileSync(file);
    const at = bytes.lastIndexOf(idOf(150));
    bytes.fill(0, at - 2000, at + 2000);
    writeFileSync(file, bytes);
    const again = await openInProcess(folder);
    expect((await again.faults()).length).toBeGreaterThan(0);
    await again.close();
  });
});
