import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { SqliteStore } from './calls.js';
import { openConnection } from './connection.js';
import { deliveryOf, digestOf, idOf, logOf, NOON, newFolder, WAYS, withApp } from './stores.fixture.js';

const attachment = (n: number, of: number, fields: object = {}) =>
  logOf(n, { type: 'errorAttachment', errorId: idOf(of), ...fields });

describe.each(WAYS)('attachments that wait for their report, $name', ({ open, skip }) => {
  let store: SqliteStore;
  afterEach(() => store?.close());

  it.skipIf(skip)('are those whose report is not there, just posted or not, the newest first', async () => {
    store = await withApp(open, newFolder());
    await store.addApp({ name: 'other', secret: idOf(5), createdAt: NOON });
    expect(await store.waitingAttachments(1)).toEqual({ count: 0, more: false, newest: [] });
    const dump = { isDump: true, json: `{"data":"${Buffer.from('MDMP').toString('base64')}"}` };
    await store.keep(deliveryOf([attachment(10, 1), attachment(11, 2), attachment(12, 2, dump)]));
    await store.keep(deliveryOf([logOf(1)]));
    await store.keep(deliveryOf([logOf(2)], { appId: 2 }));
    await store.keep(deliveryOf([attachment(13, 1)], { appId: 2, receivedAt: NOON + 5000 }));
    const [errorId, receivedAt] = [idOf(2), NOON + 1000];
    expect(await store.waitingAttachments(1)).toEqual({
      ...{ count: 2, more: false },
      newest: [
        { id: idOf(12), errorId, receivedAt, file: `minidumps/1/${idOf(12)}.dmp` },
        { id: idOf(11), errorId, receivedAt },
      ],
    });
    expect(await store.waitingAttachments(2)).toMatchObject({
      newest: [{ id: idOf(13), receivedAt: NOON + 5000 }],
    });
    await store.keep(deliveryOf([logOf(2)]));
    expect(await store.waitingAttachments(1)).toMatchObject({ count: 0, newest: [] });
  });

  it.skipIf(skip)('are not those whose report was removed for its age', async () => {
    store = await withApp(open, newFolder());
    await store.keep(deliveryOf([logOf(1)]));
    await store.settle();
    await store.keepDigests([digestOf(1)]);
    await store.keep(deliveryOf([attachment(10, 1), attachment(11, 2)], { receivedAt: NOON + 5000 }));
    await store.settle();
    const now = NOON + 9000;
    expect(await store.removeOld({ before: NOON + 2000, now, limit: 9 })).toBe(1);
    expect(await store.waitingAttachments(1)).toMatchObject({ count: 1, newest: [{ id: idOf(11) }] });
    expect(await store.removeOld({ before: NOON + 6000, now, limit: 9 })).toBe(2);
    expect(await store.waitingAttachments(1)).toMatchObject({ count: 0 });
  });

  it.skipIf(skip)('are counted all, a hundred of them one by one, and very many in part', async () => {
    const folder = newFolder();
    store = await withApp(open, folder);
    const db = openConnection(join(folder, 'crashpost.db'));
    const upTo = (last: number) =>
      db.exec(`INSERT INTO attachments (app_id, id, error_id, received_at, body)
        WITH RECURSIVE n (i) AS (SELECT (SELECT count(*) FROM attachments) + 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${last})
        SELECT 1, 'a' || i, 'r' || i, i, x'' FROM n`);
    upTo(150);
    const { newest, ...rest } = await store.waitingAttachments(1);
    expect([rest, newest.length, newest[0]?.id]).toEqual([{ count: 150, more: false }, 100, 'a150']);
    upTo(20_000);
    expect(await store.waitingAttachments(1)).toMatchObject({ count: 20_000, more: false });
    upTo(20_001);
    expect(await store.waitingAttachments(1)).toMatchObject({ count: 20_000, more: true });
    db.close();
  });
});
