import { afterEach, describe, expect, it } from 'vitest';
import type { SqliteStore } from './calls.js';
import {
  deliveryOf,
  digestOf,
  INSTALL,
  idOf,
  keepNow,
  logOf,
  NOON,
  newFolder,
  SECRET,
  WAYS,
  withApp,
} from './stores.fixture.js';

const HOUR = 3600_000;
const DAY = 24 * HOUR;
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

for (const { name, open, skip } of WAYS) {
  describe.skipIf(skip)(`the store, ${name}`, () => {
    let store: SqliteStore;
    afterEach(() => store?.close());

    it('adds apps, and refuses a secret twice', async () => {
      store = await withApp(open);
      const app = { name: 'demo', secret: SECRET, createdAt: NOON, id: 1 };
      expect(await store.apps()).toEqual([app]);
      await expect(store.addApp({ ...app, name: 'other' })).rejects.toMatchObject({ code: 'duplicate' });
      expect(await store.apps()).toEqual([app]);
    });

    it('keeps logs as they came, once by id, and over a restart', async () => {
      const folder = newFolder();
      store = await withApp(open, folder);
      const json = JSON.stringify({ text: 'nul \0, half a pair \ud800, 🙂, <script>' });
      await keepNow(store, deliveryOf([logOf(1, { json }), logOf(2)]));
      await keepNow(store, deliveryOf([logOf(1, { json: '{"again":true}' })]));
      await store.close();
      store = await open(folder);
      expect(await store.report(1, idOf(1))).toEqual({
        appId: 1,
        id: idOf(1),
        type: 'managedError',
        installId: INSTALL,
        timestamp: NOON,
        receivedAt: NOON + 1000,
        json,
      });
      expect(ids(await store.undigested(10))).toEqual([idOf(1), idOf(2)]);
      expect(await store.report(1, idOf(9))).toBeUndefined();
      expect(await store.report(2, idOf(1))).toBeUndefined();
    });

    it('keeps attachments beside reports, before or after them', async () => {
      store = await withApp(open);
      const attachment = (n: number) => logOf(n, { type: 'errorAttachment', errorId: idOf(1) });
      await keepNow(store, deliveryOf([attachment(7)]));
      await keepNow(store, deliveryOf([logOf(1), attachment(8), attachment(7)]));
      expect(await store.attachmentsOf(1, idOf(1))).toEqual([
        { id: idOf(7), json: '{"n":7}' },
        { id: idOf(8), json: '{"n":8}' },
      ]);
      expect(ids(await store.undigested(10))).toEqual([idOf(1)]);
    });

    it('hands out large bodies a few at a time', async () => {
      store = await withApp(open);
      const json = JSON.stringify('x'.repeat(20 * 1024 * 1024));
      for (const n of [1, 2, 3, 4]) await keepNow(store, deliveryOf([logOf(n, { json })]));
      for (const n of [7, 8, 9]) {
        await keepNow(store, deliveryOf([logOf(n, { json, type: 'errorAttachment', errorId: idOf(1) })]));
      }
      expect(ids(await store.undigested(50))).toEqual([idOf(1), idOf(2)]);
      await store.keepDigests([digestOf(1), digestOf(2)]);
      expect(ids(await store.undigested(50))).toEqual([idOf(3), idOf(4)]);
      expect(ids(await store.attachmentsOf(1, idOf(1)))).toEqual([idOf(7), idOf(8)]);
    });

    it('puts reports into groups and counts each once', async () => {
      store = await withApp(open);
      const other = '99999999-2222-4333-8444-555555555555';
      await keepNow(store, deliveryOf([logOf(1), logOf(2, { timestamp: NOON - DAY }), logOf(3)]));
      await keepNow(store, deliveryOf([logOf(4, { timestamp: NOON + HOUR })], { installId: other }));
      expect(ids(await store.undigested(2))).toEqual([idOf(1), idOf(2)]);

      await store.keepDigests([
        digestOf(1, { appVersion: '2.0.0', fatal: true }),
        digestOf(2, { appVersion: '1.0.0' }),
        digestOf(4, { fingerprint: 'v1:b' }),
        digestOf(99),
      ]);
      await store.keepDigests([digestOf(1), digestOf(2, { fingerprint: 'v1:b' })]);
      expect(ids(await store.undigested(10))).toEqual([idOf(3)]);

      const groups = await store.groups(1, { limit: 10 });
      expect(groups.map((g) => [g.reports, g.installs])).toEqual([
        [1, 1],
        [2, 1],
      ]);
      expect(groups[1]).toEqual({
        id: expect.any(Number),
        appId: 1,
        exceptionType: 'TypeError',
        message: 'message 1',
        location: 'checkout (app.js:12:7)',
        fatal: true,
        reports: 2,
        installs: 1,
        firstSeen: NOON - DAY,
        lastSeen: NOON,
        appVersion: '2.0.0',
      });
      // A device whose clock runs ahead is seen when its report was received.
      expect(groups[0]?.lastSeen).toBe(NOON + 1000);
    });

    it('lists a group: its days, its reports newest first, page by page', async () => {
      store = await withApp(open);
      const old = NOON - 3 * DAY;
      await keepNow(
        store,
        deliveryOf([logOf(1, { timestamp: old }), logOf(2), logOf(3, { timestamp: NOON - 1 })]),
      );
      await store.keepDigests([1, 2, 3].map((n) => digestOf(n)));
      const [group] = await store.groups(1, { limit: 10 });
      const id = group?.id ?? -1;
      expect(await store.group(id)).toEqual(group);
      expect(await store.group(id + 1)).toBeUndefined();
      const midnight = NOON - 12 * HOUR;
      expect(await store.daysOfGroup(id, 0)).toEqual([
        { day: midnight - 3 * DAY, reports: 1 },
        { day: midnight, reports: 2 },
      ]);
      expect(await store.daysOfGroup(id, midnight)).toEqual([{ day: midnight, reports: 2 }]);
      expect(ids(await store.reportsOfGroup(id, { limit: 10 }))).toEqual([2, 3, 1].map(idOf));
      expect(await store.reportsOfGroup(id, { limit: 1, offset: 2 })).toEqual([
        {
          id: idOf(1),
          groupId: id,
          timestamp: old,
          receivedAt: NOON + 1000,
          installId: INSTALL,
          appVersion: '1.0.0',
          os: 'Windows 11',
          client: 'Chrome 156',
        },
      ]);
      expect((await store.report(1, idOf(1)))?.groupId).toBe(id);
    });

    it('takes any text for what is shown, a NUL too', async () => {
      store = await withApp(open);
      await keepNow(store, deliveryOf([logOf(1)]));
      await store.keepDigests([
        digestOf(1, { message: 'before\0after', location: '"; DROP TABLE apps; --' }),
      ]);
      const [group] = await store.groups(1, { limit: 1 });
      expect(group).toMatchObject({ message: 'before\u{fffd}after', location: '"; DROP TABLE apps; --' });
    });

    it('keeps users and sessions', async () => {
      store = await withApp(open);
      await store.putUser({ name: 'admin', passwordHash: 'h1' });
      expect(await store.users()).toEqual(['admin']);
      expect(await store.user('admin')).toEqual({ name: 'admin', passwordHash: 'h1' });
      expect(await store.user('nobody')).toBeUndefined();
      const session = { tokenHash: 'aa', userName: 'admin', expiresAt: NOON };
      await store.putSession(session);
      expect(await store.session('aa', NOON - 1)).toEqual(session);
      expect(await store.session('aa', NOON)).toBeUndefined();
      await store.removeSession('aa');
      expect(await store.session('aa', NOON - 1)).toBeUndefined();
      await store.putSession(session);
      await store.putUser({ name: 'admin', passwordHash: 'h2' });
      expect(await store.session('aa', NOON - 1)).toBeUndefined();
      expect((await store.user('admin'))?.passwordHash).toBe('h2');
    });

    it('fails one call of a group alone', async () => {
      store = await withApp(open);
      const results = await Promise.allSettled([
        store.keep(deliveryOf([logOf(1)])),
        store.keep(deliveryOf([logOf(2), logOf(3)], { appId: 404 })),
        store.addApp({ name: 'again', secret: SECRET, createdAt: NOON }),
        store.keep(deliveryOf([logOf(4)])),
      ]);
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
      await store.settle();
      expect(ids(await store.undigested(10))).toEqual([idOf(1), idOf(4)]);
    });

    it('answers what was asked before close, and refuses what is asked after', async () => {
      const folder = newFolder();
      store = await withApp(open, folder);
      const kept = store.keep(deliveryOf([logOf(1)]));
      const closed = store.close();
      await expect(store.keep(deliveryOf([logOf(2)]))).rejects.toMatchObject({ code: 'closed' });
      await Promise.all([kept, closed]);
      store = await open(folder);
      await store.settle();
      expect(ids(await store.undigested(10))).toEqual([idOf(1)]);
    });
  });
}
