import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openConnection } from './connection.js';
import { openInProcess } from './in-process.fixture.js';
import { MIGRATIONS } from './schema.js';
import { idOf, NOON, newFolder, SECRET, WAYS, withApp } from './stores.fixture.js';

describe.each(WAYS)('apps, users and tokens, $name', ({ open, skip }) => {
  it.skipIf(skip)('of an app only what is named is changed', async () => {
    const store = await withApp(open);
    const demo = { id: 1, name: 'demo', secret: SECRET, createdAt: NOON };
    const two = { ...demo, secret: idOf(2), previousSecret: SECRET };
    expect(await store.changeApp(1, { newSecret: idOf(2) })).toEqual(two);
    expect(await store.changeApp(1, { disabledAt: NOON })).toEqual({ ...two, disabledAt: NOON });
    expect(await store.changeApp(1, { disabledAt: NOON + 1, name: 'shop' })).toEqual({
      ...{ ...two, disabledAt: NOON, name: 'shop' },
    });
    expect(await store.changeApp(1, { newSecret: idOf(3) })).toBeUndefined();
    expect(await store.changeApp(1, { endedSecret: idOf(2), name: 'x' })).toBeUndefined();
    const one = { ...demo, name: 'shop', secret: idOf(2) };
    expect(await store.changeApp(1, { endedSecret: SECRET, disabledAt: null })).toEqual(one);
    expect(await store.changeApp(1, {})).toEqual(one);
    expect(await store.apps()).toEqual([one]);
    expect(await store.changeApp(9, { name: 'none' })).toBeUndefined();
    await store.close();
  });

  it.skipIf(skip)('neither name nor secret, old or new, is of two apps', async () => {
    const store = await withApp(open);
    const other = await store.addApp({
      name: 'other',
      secret: idOf(2),
      previousSecret: idOf(3),
      createdAt: NOON,
    });
    const duplicate = expect.objectContaining({ code: 'duplicate' });
    for (const change of [{ name: 'demo' }, { newSecret: SECRET }, { newSecret: idOf(3) }])
      await expect(store.changeApp(other.id, change)).rejects.toEqual(duplicate);
    for (const secret of [idOf(2), idOf(3)])
      await expect(store.addApp({ name: 'third', secret, createdAt: NOON })).rejects.toEqual(duplicate);
    expect(await store.changeApp(other.id, { name: 'other' })).toEqual(other);
    await store.close();
  });

  it.skipIf(skip)('a removed user takes its sessions along', async () => {
    const store = await open(newFolder());
    await store.putUser({ name: 'ann', passwordHash: 'x' });
    await store.putSession({ tokenHash: 'h', userName: 'ann', expiresAt: NOON });
    expect(await store.removeUser('ann')).toBe(true);
    expect(await store.removeUser('ann')).toBe(false);
    expect([await store.users(), await store.session('h', 0)]).toEqual([[], undefined]);
    await store.close();
  });

  it.skipIf(skip)('a token is found by its hash, and its name is its own', async () => {
    const store = await open(newFolder());
    const token = { name: 'ci', tokenHash: 'h', scope: 'read', createdAt: NOON } as const;
    await store.addToken(token);
    await expect(store.addToken({ ...token, tokenHash: 'i' })).rejects.toMatchObject({ code: 'duplicate' });
    expect([await store.token('h'), await store.token('i')]).toEqual([token, undefined]);
    expect(await store.tokens()).toEqual([token]);
    expect([await store.removeToken('ci'), await store.removeToken('ci')]).toEqual([true, false]);
    await store.close();
  });
});

it('a data folder of the first format is brought up to date, with what is in it', async () => {
  const folder = newFolder();
  const db = openConnection(join(folder, 'crashpost.db'));
  db.exec(`${MIGRATIONS[0]}; PRAGMA user_version = 1;
    INSERT INTO apps (name, secret, created_at) VALUES ('old', '${SECRET}', ${NOON}), ('old', '${idOf(2)}', ${NOON})`);
  db.close();
  const store = await openInProcess(folder);
  const apps = [SECRET, idOf(2)].map((secret, i) => ({ id: i + 1, name: 'old', secret, createdAt: NOON }));
  expect(await store.apps()).toEqual(apps);
  await store.close();
});
