import { describe, expect, it } from 'vitest';
import { type App, StoreError } from '../store/store.js';
import { createApps } from './apps.js';

const SECRET = '0f3c8d1e-5b7a-4c2d-9e6f-1a2b3c4d5e6f';
const OTHER = '11111111-2222-4333-8444-555555555555';

function createHere() {
  const kept: App[] = [];
  const store = {
    apps: async () => [...kept],
    addApp: async (app: Omit<App, 'id'>) => {
      if (kept.some(({ name }) => name === app.name)) throw new StoreError('duplicate', 'taken');
      kept.push({ ...app, id: kept.length + 1 });
      return { ...app, id: kept.length };
    },
    changeApp: async (app: App) => {
      const known = kept.some(({ id }) => id === app.id);
      if (known) kept[app.id - 1] = app;
      return known;
    },
  };
  return { kept, apps: createApps({ store, now: () => 7 }) };
}

describe('apps', () => {
  it('are added with a secret of their own, or a given one', async () => {
    const { apps, kept } = createHere();
    expect((await apps.add(' Shop ')).secret).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    await apps.add('Office', SECRET.toUpperCase());
    expect(kept).toMatchObject([
      { name: 'Shop', createdAt: 7 },
      { name: 'Office', secret: SECRET },
    ]);
    await expect(apps.add('Shop')).rejects.toMatchObject({ code: 'duplicate' });
  });

  it.each(['', '  ', 'a\nb', 'x'.repeat(101)])('are not named %j', async (name) => {
    await expect(createHere().apps.add(name)).rejects.toMatchObject({ name: 'AccessError', code: 'invalid' });
  });

  it('have two secrets while they are rotated, and are found by either', async () => {
    const { apps } = createHere();
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
    const { apps, kept } = createHere();
    const app = await apps.add('Shop');
    await apps.disable({ ...app, disabledAt: 3 });
    expect(kept[0]?.disabledAt).toBe(3);
    await apps.enable(await apps.named('Shop'));
    expect(kept[0]).not.toHaveProperty('disabledAt');
    await apps.disable(await apps.named('Shop'));
    expect(kept[0]?.disabledAt).toBe(7);
  });

  it('that are gone cannot be changed', async () => {
    const { apps } = createHere();
    const app = { id: 5, name: 'none', secret: SECRET, createdAt: 0 };
    await expect(apps.rename(app, 'some')).rejects.toMatchObject({ code: 'unknown' });
  });
});
