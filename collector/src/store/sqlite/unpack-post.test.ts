// What has no place must not keep from theirs the logs that came in the same post, and must not be lost.
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { SqliteStore } from './calls.js';
import { openConnection } from './connection.js';
import { damageIndex } from './damage.fixture.js';
import { openInProcess } from './in-process.fixture.js';
import { deliveryOf, idOf, logOf, NOON, newFolder, withApp } from './stores.fixture.js';

function change(folder: string, sql: string): void {
  const db = openConnection(join(folder, 'crashpost.db'));
  db.exec(sql);
  db.close();
}

const open = async (folder: string, onAside = vi.fn()) => {
  const store = await openInProcess(folder, true, onAside);
  return { store, onAside };
};

describe('a post of fifty logs', () => {
  const FIFTY = Array.from({ length: 50 }, (_, n) => n);
  const kept = async (folder: string) => {
    const before = await withApp(openInProcess, folder);
    await before.keep(deliveryOf(FIFTY.map((n) => logOf(n))));
    await before.keep(deliveryOf([logOf(60)]));
    await before.close();
  };
  const idsIn = async (store: SqliteStore) => (await store.reportsAfter(0, 99)).map(({ id }) => id);
  const ALL = [...FIFTY, 60].map(idOf);

  it('of which two have no place is set aside with those two, and a later start places them', async () => {
    const folder = newFolder();
    await kept(folder);
    change(folder, "UPDATE inbox SET heads = json_remove(heads, '$[7].type', '$[24].type') WHERE seq = 1");
    const { store, onAside } = await open(folder);
    await store.settle();
    expect(await idsIn(store)).toEqual(ALL.filter((id) => id !== idOf(7) && id !== idOf(24)));
    const aside = { place: 'inbox', reason: expect.stringMatching(/^2 of its 50 logs: .+/) };
    expect(onAside.mock.calls).toEqual([[aside]]);
    expect(await store.setAside()).toEqual([{ ...aside, count: 1 }]);
    expect(await store.backlog()).toMatchObject({ reports: 49, aside: 1 });
    expect(await store.postsAsideAfter(0, 9)).toMatchObject([
      { seq: 1, receivedAt: NOON + 1000, json: '"{\\"n\\":7}{\\"n\\":24}"' },
    ]);
    await store.close();

    const { store: still, onAside: told } = await open(folder);
    await still.settle();
    expect([(await idsIn(still)).length, told.mock.calls.length]).toEqual([49, 1]);
    await still.close();

    const TYPE = "json_set(heads, '$[0].type', 'managedError', '$[1].type', 'managedError')";
    change(folder, `UPDATE inbox SET heads = ${TYPE}`);
    const { store: again } = await open(folder);
    await again.settle();
    expect((await idsIn(again)).sort()).toEqual(ALL);
    expect(await again.report(1, idOf(24))).toMatchObject({ json: '{"n":24}', receivedAt: NOON + 1000 });
    expect([await again.setAside(), await again.postsAsideAfter(0, 9)]).toEqual([[], []]);
    await again.close();
  });

  it('all of which belong on a damaged page is set aside whole, and the posts beside it are kept', async () => {
    const folder = newFolder();
    const store = await withApp(openInProcess, folder);
    for (let n = 1000; n < 2000; n++) await store.keep(deliveryOf([logOf(n * 10)]));
    await store.settle();
    await store.close();
    damageIndex(folder, idOf(15_000));
    const { store: again, onAside } = await open(folder);
    await again.keep(deliveryOf(FIFTY.map((n) => logOf(15_000, { id: `${idOf(15_000)}${n}` }))));
    // In one transaction with it.
    await Promise.all([again.unpack(99), again.keep(deliveryOf([logOf(60)]))]);
    await again.settle();
    expect((await again.reportsAfter(1000, 99)).map(({ id }) => id)).toEqual([idOf(60)]);
    expect(onAside.mock.calls).toEqual([
      [{ place: 'inbox', reason: expect.stringMatching(/^(?!.*logs).*malformed/) }],
    ]);
    expect(JSON.parse((await again.postsAsideAfter(0, 9))[0]?.heads ?? '')).toHaveLength(50);
    await again.close();
  });

  it('of which one belongs on a damaged page is set aside with that one', async () => {
    const folder = newFolder();
    const store = await withApp(openInProcess, folder);
    for (let n = 1000; n < 2000; n++) await store.keep(deliveryOf([logOf(n * 10)]));
    await store.settle();
    await store.close();
    damageIndex(folder, idOf(15_000));
    const { store: again, onAside } = await open(folder);
    // Before and behind all that are there, and one among those of the damaged page.
    const logs = [...FIFTY.slice(0, 25), 15_001, ...FIFTY.slice(26)].map((n) => logOf(n));
    await again.keep(deliveryOf(logs));
    await again.keep(deliveryOf([logOf(60)]));
    await again.settle();
    expect((await again.reportsAfter(1000, 99)).map(({ id }) => id)).toEqual(
      ALL.filter((id) => id !== idOf(25)),
    );
    const reason = expect.stringMatching(/^1 of its 50 logs: .*malformed/);
    expect(onAside.mock.calls).toEqual([[{ place: 'inbox', reason }]]);
    expect(await again.postsAsideAfter(0, 9)).toMatchObject([{ json: '"{\\"n\\":15001}"' }]);
    await again.close();
  });

  it('whose texts are not as long as its logs say stays whole: nobody knows whose text is whose', async () => {
    const folder = newFolder();
    await kept(folder);
    change(folder, "UPDATE inbox SET heads = json_set(heads, '$[7].bytes', 1) WHERE seq = 1");
    const { store } = await open(folder);
    await store.settle();
    expect(await idsIn(store)).toEqual([idOf(60)]);
    expect(await store.setAside()).toMatchObject([{ reason: expect.stringMatching(/\d bytes of text/) }]);
    await store.close();
  });
});
