// What is damaged, or meets a fault of ours, must not hold up what is behind it, and must not be lost.
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openConnection } from './connection.js';
import { openWaiting } from './core.js';
import { DAMAGES, damagePage, longText } from './damage.fixture.js';
import { openInProcess } from './in-process.fixture.js';
import { deliveryOf, digestOf, idOf, keepNow, logOf, newFolder, withApp } from './stores.fixture.js';

function change(folder: string, sql: string): void {
  const db = openConnection(join(folder, 'crashpost.db'));
  db.exec(sql);
  db.close();
}

const open = async (folder: string, onAside = vi.fn()) => {
  const store = await openInProcess(folder, true, onAside);
  return { store, onAside };
};

const longLogOf = (n: number) => logOf(n, { json: JSON.stringify({ n, text: longText(20_000, n) }) });

describe('a post that cannot be unpacked', () => {
  it.each([
    ['heads that are no JSON', "UPDATE inbox SET heads = '[{' WHERE seq = 2", 'JSON'],
    ['heads of another kind', "UPDATE inbox SET heads = '7' WHERE seq = 2", 'iterable'],
    [
      'more text than it has',
      "UPDATE inbox SET heads = replace(heads, '7}', '999}') WHERE seq = 2",
      'outside of buffer bounds',
    ],
    [
      'an app nobody knows',
      'PRAGMA foreign_keys = OFF; UPDATE inbox SET app_id = 9 WHERE seq = 2',
      'FOREIGN KEY',
    ],
  ])('for %s is set aside, told of once, and all others are unpacked', async (_, sql, why) => {
    const folder = newFolder();
    const before = await withApp(openInProcess, folder);
    for (const n of [1, 2, 3]) await before.keep(deliveryOf([logOf(n), logOf(n + 10)]));
    await before.close();
    change(folder, sql);
    const { store, onAside } = await open(folder);
    await store.settle();
    await keepNow(store, deliveryOf([logOf(4)]));
    expect((await store.reportsAfter(0, 9)).map(({ id }) => id)).toEqual([1, 11, 3, 13, 4].map(idOf));
    const aside = { place: 'inbox', reason: expect.stringContaining(why) };
    expect(onAside.mock.calls).toEqual([[aside]]);
    expect(await store.setAside()).toEqual([{ ...aside, count: 1 }]);
    expect(await store.backlog()).toMatchObject({ reports: 5, aside: 1 });
    expect(await store.postsAsideAfter(0, 9)).toMatchObject([{ seq: 2, json: '"{\\"n\\":2}{\\"n\\":12}"' }]);
    await store.close();
  });

  it.each(Object.entries(DAMAGES))(
    'for a page of it that %s is set aside, and all others are unpacked',
    async (_, damage) => {
      const folder = newFolder();
      const before = await withApp(openInProcess, folder);
      for (const n of [1, 2, 3, 4]) await before.keep(deliveryOf([longLogOf(n)]));
      await before.close();
      for (const n of [2, 3]) damagePage(folder, `SELECT bodies FROM inbox WHERE seq = ${n}`, damage);
      const { store, onAside } = await open(folder);
      // In one transaction with posts before and behind it.
      const posts = [5, 6].map((n) => store.keep(deliveryOf([logOf(n)])));
      const [unpacked] = await Promise.all([store.unpack(99), ...posts, store.keep(deliveryOf([logOf(7)]))]);
      expect(unpacked).toBe(false);
      await store.settle();
      expect((await store.reportsAfter(0, 9)).map(({ id }) => id)).toEqual([1, 4, 5, 6, 7].map(idOf));
      const aside = { place: 'inbox', reason: expect.stringContaining('malformed') };
      expect(onAside.mock.calls).toEqual([[aside], [aside]]);
      expect(await store.backlog()).toMatchObject({ reports: 5, aside: 2 });
      await store.close();
    },
  );

  it('is tried again by the next collector, and not by a command beside one', async () => {
    const folder = newFolder();
    const before = await withApp(openInProcess, folder);
    await before.keep(deliveryOf([logOf(1)]));
    await before.close();
    change(folder, "INSERT INTO aside (place, seq, at, reason) VALUES ('inbox', 1, 1, 'a fault of then')");
    const command = await openInProcess(folder, false);
    await command.settle();
    expect(await command.reportsAfter(0, 9)).toEqual([]);
    await command.close();
    const { store, onAside } = await open(folder);
    await store.settle();
    expect(await store.reportsAfter(0, 9)).toMatchObject([{ id: idOf(1) }]);
    expect([onAside.mock.calls, await store.setAside()]).toEqual([[], []]);
    await store.close();
  });
});

describe('a report', () => {
  it('whose digest cannot be kept is set aside, and the digests beside it are kept', async () => {
    const onAside = vi.fn();
    const folder = newFolder();
    const store = await withApp((data) => openInProcess(data, true, onAside), folder);
    await keepNow(store, deliveryOf([1, 2, 3].map((n) => logOf(n))));
    const unkept = digestOf(2, { message: undefined as unknown as string });
    await store.keepDigests([digestOf(1), unkept, digestOf(3)]);
    expect(await store.groups(1, { limit: 9 })).toMatchObject([{ reports: 2, installs: 1 }]);
    expect(await store.undigested(9)).toEqual([]);
    expect(await store.backlog()).toEqual({ reports: 0, aside: 1 });
    expect(onAside.mock.calls).toEqual([[{ place: 'reports', reason: expect.any(String) }]]);
    expect(await store.faults()).toEqual([]);
    await store.close();

    const { store: again } = await open(folder);
    expect(await again.undigested(9)).toMatchObject([{ id: idOf(2) }]);
    await again.keepDigests([digestOf(2)]);
    expect(await again.groups(1, { limit: 9 })).toMatchObject([{ reports: 3 }]);
    await again.close();
  });

  it.each([
    ['missing', 'PRAGMA foreign_keys = OFF; DELETE FROM bodies WHERE seq = 2'],
    ['damaged', "UPDATE bodies SET body = x'ff00ff' WHERE seq = 2"],
  ])('whose text is %s waits as the others do, and says so', async (what, sql) => {
    const folder = newFolder();
    const store = await withApp(openInProcess, folder);
    await keepNow(store, deliveryOf([1, 2, 3].map((n) => logOf(n))));
    change(folder, sql);
    const fault = expect.stringContaining(`its text is ${what}`);
    const expected = [{ id: idOf(1), json: '{"n":1}' }, { id: idOf(2), json: '', fault }, { id: idOf(3) }];
    expect(await store.undigested(9)).toMatchObject(expected);
    expect(await store.report(1, idOf(2))).toMatchObject({ id: idOf(2), json: '' });
    const waiting = openWaiting(folder);
    expect(waiting.list(9).map(waiting.read)).toMatchObject(expected);
    waiting.close();
    await store.close();
  });
});
