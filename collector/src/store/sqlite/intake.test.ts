// What is kept beside reports: visits, their events, and what was refused.
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Store } from '../store.js';
import { deliveryOf, idOf, logOf, NOON, newFolder, WAYS, withApp } from './stores.fixture.js';

const DAY = 24 * 3600_000;
const INSTALLS = [idOf(901), idOf(902)] as const;

for (const { name, open, skip } of WAYS) {
  describe.skipIf(skip)(`beside reports, ${name}`, () => {
    let store: Store;
    afterEach(() => store?.close());

    it('visits are counted, once each, and those with a crash', async () => {
      const folder = newFolder();
      store = await withApp(open, folder);
      expect(await store.crashFree(1, 0)).toEqual({
        visits: 0,
        crashedVisits: 0,
        installs: 0,
        crashedInstalls: 0,
      });
      const begin = (n: number) => logOf(n, { type: 'startSession', sid: idOf(n) });
      await store.keep(deliveryOf([begin(1), begin(2), begin(1)], { installId: INSTALLS[0] }));
      await store.keep(deliveryOf([begin(1), begin(3)], { installId: INSTALLS[1] }));
      const old = { ...begin(4), timestamp: NOON - 9 * DAY };
      await store.keep(deliveryOf([old, logOf(5, { type: 'startSession' })]));
      await store.keep(
        deliveryOf([
          logOf(11, { sid: idOf(1) }),
          logOf(12, { sid: idOf(1) }),
          logOf(13, { sid: idOf(3), type: 'handledError' }),
          logOf(14, { sid: idOf(999) }),
        ]),
      );
      await store.close();
      store = await open(folder);
      const last = { visits: 3, crashedVisits: 1, installs: 2, crashedInstalls: 1 };
      expect(await store.crashFree(1, NOON - DAY)).toEqual(last);
      expect((await store.crashFree(1, 0)).visits).toBe(4);
      expect((await store.crashFree(2, 0)).visits).toBe(0);
      expect((await store.report(1, idOf(11)))?.sid).toBe(idOf(1));
      expect((await store.undigested(100)).length).toBe(4);
    });

    it('events are kept by visit, once each, and read back from the newest before a time', async () => {
      store = await withApp(open);
      const event = (n: number, timestamp: number) =>
        logOf(n, { type: n % 2 ? 'event' : 'page', sid: idOf(1), timestamp });
      await store.keep(
        deliveryOf([event(1, NOON - 3), event(2, NOON - 1), event(3, NOON - 2), event(4, NOON)]),
      );
      await store.keep(deliveryOf([event(1, NOON - 3), logOf(5, { type: 'event' })]));
      const visit = { appId: 1, sid: idOf(1), until: NOON - 1, limit: 2 };
      expect(await store.eventsOf(visit)).toEqual([
        { id: idOf(2), timestamp: NOON - 1, json: '{"n":2}' },
        { id: idOf(3), timestamp: NOON - 2, json: '{"n":3}' },
      ]);
      expect(await store.eventsOf({ ...visit, sid: idOf(2) })).toEqual([]);
      expect(await store.eventsOf({ ...visit, appId: 2 })).toEqual([]);
    });

    it('what was refused is counted by reason and day, and the newest hundred are told', async () => {
      store = await withApp(open);
      const sample = (n: number) => {
        return { reason: 'A', at: NOON, installId: 'i', logId: String(n), type: 't', fault: 'f' };
      };
      const samples = Array.from({ length: 70 }, (_, n) => sample(n));
      const counts = [
        { reason: 'A', logs: 2, lastAt: NOON },
        { reason: 'B', logs: 9, lastAt: NOON - 2 * DAY },
      ];
      await store.keepRefused([{ appId: 1, counts, samples }]);
      await store.keepRefused([{ appId: 1, counts, samples }]);
      expect(await store.refusedCounts(1, NOON - 3 * DAY)).toEqual([
        { reason: 'B', logs: 18, lastAt: NOON - 2 * DAY },
        { reason: 'A', logs: 4, lastAt: NOON },
      ]);
      expect((await store.refusedCounts(1, NOON - DAY)).map(({ reason }) => reason)).toEqual(['A']);
      const told = await store.refusedSamples(1);
      expect([told.length, told[0], told[99]]).toEqual([100, sample(69), sample(40)]);
      expect(await store.refusedSamples(2)).toEqual([]);
    });

    it('a minidump becomes a file, once, and the row names it', async () => {
      const folder = newFolder();
      store = await withApp(open, folder);
      const dump = (n: number, bytes: Buffer) => {
        const log = { type: 'errorAttachment', fileName: 'minidump.dmp', data: bytes.toString('base64') };
        return logOf(n, { ...log, json: JSON.stringify(log), errorId: idOf(1), isDump: true });
      };
      const bytes = Buffer.from(Array.from({ length: 1e5 }, (_, i) => (i * 7) % 256));
      await store.keep(deliveryOf([dump(7, bytes), logOf(1)]));
      await store.keep(deliveryOf([dump(7, Buffer.from('another')), dump(8, Buffer.from('MDMP'))]));
      const [first, second, ...more] = await store.attachmentsOf(1, idOf(1));
      const path = `minidumps/1/${idOf(7)}.dmp`;
      expect(first).toEqual({
        id: idOf(7),
        json: '{"type":"errorAttachment","fileName":"minidump.dmp"}',
        file: { path, bytes: 1e5 },
      });
      expect([second?.file?.bytes, more]).toEqual([4, []]);
      expect(readFileSync(join(folder, path)).equals(bytes)).toBe(true);
      expect(readdirSync(join(folder, 'minidumps/1')).sort()).toEqual([`${idOf(7)}.dmp`, `${idOf(8)}.dmp`]);
      expect(statSync(join(folder, path)).mode & 0o077).toBe(0);
      rmSync(join(folder, path));
      expect((await store.attachmentsOf(1, idOf(1)))[0]?.file?.bytes).toBe(0);
    });

    it('a minidump of which no file can be made stays in its log, and holds up no other', async () => {
      const folder = newFolder();
      store = await withApp(open, folder);
      writeFileSync(join(folder, 'minidumps'), 'a file where the folder should be');
      const log = { type: 'errorAttachment', json: '{"data":"TURNUA=="}', errorId: idOf(1), isDump: true };
      await store.keep(deliveryOf([logOf(7, log), logOf(1)]));
      expect(await store.report(1, idOf(1))).toMatchObject({ id: idOf(1) });
      expect(await store.attachmentsOf(1, idOf(1))).toEqual([{ id: idOf(7), json: log.json }]);
    });

    it('the origins of an app are kept with it', async () => {
      store = await withApp(open);
      const [app] = await store.apps();
      if (!app) throw new Error('no app');
      const origins = ['https://a.example', 'http://b:1'];
      expect(await store.changeApp(app.id, { origins })).toEqual({ ...app, origins });
      expect(await store.apps()).toEqual([{ ...app, origins }]);
      expect(await store.changeApp(app.id, { origins: null })).toEqual(app);
    });
  });
}
