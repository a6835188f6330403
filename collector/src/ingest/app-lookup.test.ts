import { describe, expect, it } from 'vitest';
import type { App } from '../store/store.js';
import { createAppLookup } from './app-lookup.js';

const secretOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const appOf = (id: number): App => ({ id, name: `app ${id}`, secret: secretOf(id), createdAt: 0 });

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
