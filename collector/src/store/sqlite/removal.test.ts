import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
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
const OLD = { receivedAt: NOON - 100 * DAY };
const removal = { before: NOON - 90 * DAY, now: NOON, limit: 50 };

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

  it.skipIf(skip)('takes its files along, and visits with what happened in them', async () => {
    const folder = newFolder();
    const store = await withApp(open, folder);
    const data = Buffer.from('MDMP').toString('base64');
    const dump = { type: 'errorAttachment', errorId: idOf(9), isDump: true, json: `{"data":"${data}"}` };
    const visit = { timestamp: OLD.receivedAt, sid: idOf(7) };
    await keepNow(
      store,
      deliveryOf(
        [
          logOf(1, dump),
          logOf(2, { ...visit, type: 'startSession', appVersion: '1' }),
          logOf(3, { ...visit, type: 'event' }),
        ],
        { ...OLD, installId: INSTALL },
      ),
    );
    const file = join(folder, `minidumps/1/${idOf(1)}.dmp`);
    expect(existsSync(file)).toBe(true);
    expect(await store.removeOld(removal)).toBe(2);
    // The file goes when its row certainly has.
    expect(await store.removeOld(removal)).toBe(0);
    expect(existsSync(file)).toBe(false);
    expect(await store.crashFree(1, 0)).toMatchObject({ visits: 0 });
    expect(await store.eventsOf({ appId: 1, sid: idOf(7), until: NOON, limit: 9 })).toEqual([]);
    await store.close();
  });
});
