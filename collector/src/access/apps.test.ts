import { beforeEach, describe, expect, it } from 'vitest';
import { openInProcess } from '../store/sqlite/in-process.fixture.js';
import { newFolder } from '../store/sqlite/stores.fixture.js';
import type { Store } from '../store/store.js';
import { createApps } from './apps.js';

const SECRET = '0f3c8d1e-5b7a-4c2d-9e6f-1a2b3c4d5e6f';
const OTHER = '11111111-2222-4333-8444-555555555555';

let store: Store;
beforeEach(async () => {
  store = await openInProcess(newFolder());
  return () => store.close();
});

const createHere = () => createApps({ store, now: () => 7 });

describe('apps', () => {
  it('are added with a secret of their own, or a given one', async () => {
    const apps = createHere();
    expect((await apps.add(' Shop ')).secret).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    await apps.add('Office', SECRET.toUpperCase());
    expect(await apps.list()).toMatchObject([
      { name: 'Shop', createdAt: 7 },
      { name: 'Office', secret: SECRET },
    ]);
    await expect(apps.add('Shop')).rejects.toMatchObject({ code: 'duplicate' });
  });

  it.each(['', '  ', 'a\nb', 'x'.repeat(101)])('are not named %j', async (name) => {
    await expect(createHere().add(name)).rejects.toMatchObject({ name: 'AccessError', code: 'invalid' });
  });

  it('have two secrets while they are rotated, and are found by either', async () => {
    const apps = createHere();
    await apps.add('Shop', SECRET);
    await apps.rotate(await apps.named('Shop'), OTHER);
    for (const text of ['Shop', SECRET, OTHER.toUpperCase()])
      expect(await apps.named(text)).toMatchObject({ secret: OTHER, previousSecret: SECRET });
    await expect(apps.rotate(await apps.named('Shop'))).rejects.toMatchObject({ code: 'conflict' });
    await apps.endRotation(await apps.named('Shop'));
    expect(await apps.named('Shop')).not.toHaveProperty('previousSecret');
    await expect(apps.named(SECRET)).rejects.toThrow('There is no app "0f3c8d1e');
    await expect(apps.endRotation(await apps.named('Shop'))).rejects.toMatchObject({ code: 'conflict' });
  });

  it('keep the time since when they are disabled', async () => {
    const apps = createHere();
    const app = await apps.add('Shop');
    await createApps({ store, now: () => 3 }).change(app, { disabled: true });
    expect(await apps.change(app, { disabled: true })).toMatchObject({ disabledAt: 3 });
    expect(await apps.change(app, { disabled: false })).not.toHaveProperty('disabledAt');
    expect(await apps.change(app, { disabled: true })).toMatchObject({ disabledAt: 7 });
  });

  it('keep what others have changed since they were read', async () => {
    const apps = createHere();
    const read = await apps.add('Shop', SECRET);
    await apps.change(read, { disabled: true, origins: 'https://a.example' });
    await apps.rotate(read, OTHER);
    const kept = {
      ...{ id: 1, name: 'Office', secret: OTHER, previousSecret: SECRET },
      ...{ disabledAt: 7, createdAt: 7, origins: ['https://a.example'] },
    };
    expect(await apps.change(read, { name: 'Office' })).toEqual(kept);
    await expect(apps.rotate(read)).rejects.toMatchObject({ code: 'conflict' });
    expect(await apps.list()).toEqual([kept]);
  });

  it('end the rotation that was seen, not the one that came after it', async () => {
    const apps = createHere();
    const seen = await apps.rotate(await apps.add('Shop'));
    const later = await apps.rotate(await apps.endRotation(seen));
    await expect(apps.endRotation(seen)).rejects.toMatchObject({ code: 'conflict' });
    expect(await apps.list()).toEqual([later]);
  });

  it('are changed as a whole or not at all', async () => {
    const apps = createHere();
    const app = await apps.add('Shop');
    for (const wrong of [{ name: ' ' }, { origins: 'nonsense' }])
      await expect(apps.change(app, { name: 'Office', disabled: true, ...wrong })).rejects.toMatchObject({
        code: 'invalid',
      });
    expect(await apps.list()).toEqual([app]);
  });

  it('that are gone cannot be changed', async () => {
    const app = { id: 5, name: 'none', secret: SECRET, createdAt: 0 };
    await expect(createHere().change(app, { name: 'some' })).rejects.toMatchObject({ code: 'unknown' });
  });
});
