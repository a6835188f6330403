import { describe, expect, it } from 'vitest';
import type { App } from '../store/store.js';
import { createAppLookup } from './app-lookup.js';

const secretOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const appOf = (id: number): App => ({
  id,
  name: `app ${id}`,
  secret: secretOf(id),
  createdAt: 0,
  origins: [],
});

function createFixture() {
  const state = { apps: [appOf(1)], asked: 0, time: 0, fail: false };
  const store = {
    apps: async () => {
      state.asked++;
      if (state.fail) throw new Error('no');
      return [...state.apps];
    },
  };
  return { state, lookup: createAppLookup(store, () => state.time) };
}

describe('the app of a secret', () => {
  it('is found in any case, and asked for once', async () => {
    const { state, lookup } = createFixture();
    expect(await lookup(` ${secretOf(1).toUpperCase()} `)).toEqual(appOf(1));
    expect(await lookup(secretOf(1))).toEqual(appOf(1));
    expect(state.asked).toBe(1);
  });

  it('that is malformed is not asked for', async () => {
    const { state, lookup } = createFixture();
    for (const text of [undefined, '', 'x', `${secretOf(1)}0`]) expect(await lookup(text)).toBeUndefined();
    expect(state.asked).toBe(0);
  });

  it('that is unknown is asked for again, at most once a second', async () => {
    const { state, lookup } = createFixture();
    expect(await lookup(secretOf(2))).toBeUndefined();
    state.apps.push(appOf(2));
    state.time = 999;
    expect(await lookup(secretOf(2))).toBeUndefined();
    state.time = 1000;
    expect(await lookup(secretOf(2))).toEqual(appOf(2));
    expect(state.asked).toBe(2);
  });

  it('is found by all who come first together: a 401 would make them erase their queues', async () => {
    const { state, lookup } = createFixture();
    expect(await Promise.all([1, 1, 1].map((n) => lookup(secretOf(n))))).toEqual([
      appOf(1),
      appOf(1),
      appOf(1),
    ]);
    expect(state.asked).toBe(1);
  });

  it('is asked for once by all who miss together', async () => {
    const { state, lookup } = createFixture();
    await Promise.all([2, 3, 4, 5].map((n) => lookup(secretOf(n))));
    expect(state.asked).toBe(1);
  });

  it('is found after the store has failed once', async () => {
    const { state, lookup } = createFixture();
    state.fail = true;
    await expect(lookup(secretOf(1))).rejects.toThrow('no');
    state.fail = false;
    state.time = 1000;
    expect(await lookup(secretOf(1))).toEqual(appOf(1));
  });

  it('is found by either of two while they are changed', async () => {
    const { state, lookup } = createFixture();
    state.apps = [{ ...appOf(1), secret: secretOf(2), previousSecret: secretOf(1) }];
    expect(await Promise.all([1, 2].map((n) => lookup(secretOf(n))))).toEqual([state.apps[0], state.apps[0]]);
  });

  it('is what it was for a second, and for ten while the store is asked', async () => {
    const { state, lookup } = createFixture();
    const nameAt = async (time: number) => {
      state.time = time;
      return (await lookup(secretOf(1)))?.name;
    };
    await nameAt(0);
    state.apps = [{ ...appOf(1), name: 'changed' }];
    expect([await nameAt(999), state.asked]).toEqual(['app 1', 1]);
    expect([await nameAt(1000), state.asked]).toEqual(['app 1', 2]);
    expect([await nameAt(1001), state.asked]).toEqual(['changed', 2]);
    state.apps = [];
    expect(await nameAt(11_001)).toBeUndefined();
  });

  it('is believed of a store that has stopped answering', async () => {
    const { state, lookup } = createFixture();
    await lookup(secretOf(1));
    state.fail = true;
    state.time = 60_000;
    expect(await lookup(secretOf(1))).toEqual(appOf(1));
  });

  it('forgets the oldest of the unknown', async () => {
    const { state, lookup } = createFixture();
    for (let n = 2; n < 1003; n++) await lookup(secretOf(n));
    const before = state.asked;
    await lookup(secretOf(3));
    expect(state.asked).toBe(before);
    await lookup(secretOf(2));
    expect(state.asked).toBe(before + 1);
  });
});
