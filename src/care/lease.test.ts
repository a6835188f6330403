import { describe, expect, it, vi } from 'vitest';
import { fakePlatform, settled } from '../platform/platform.fixture.js';
import type { Platform } from '../platform/platform.js';
import { lease } from './lease.js';

/** Two tabs of one origin: they share a clock and a `localStorage`. */
function twoTabs() {
  const first = fakePlatform();
  const second = { ...first, uuid: () => 'of the second' };
  const turns = vi.fn();
  const take = (tab: Platform, work: () => Promise<void> | void = () => {}) =>
    lease(tab, 'turn', async (held) => {
      turns(!!held);
      if (held) await work();
    });
  return { first, second, turns, take };
}

describe('a lease', () => {
  it('is had by one tab at a time, and given back', async () => {
    const { first, second, turns, take } = twoTabs();
    let end = () => {};
    const held = take(first, () => new Promise<void>((resolve) => (end = resolve)));
    await first.tick(50);
    await take(second);
    expect(turns.mock.calls).toEqual([[true], [false]]);
    end();
    await held;
    const next = take(second);
    await first.tick(50);
    await next;
    expect(turns.mock.lastCall).toEqual([true]);
    expect(first.timers.size).toBe(0);
    expect(first.listeners.get('pagehide')?.size).toBe(0);
  });

  it('that two take at once is had by one', async () => {
    const { first, second, turns, take } = twoTabs();
    const both = [take(first), take(second)];
    await first.tick(50);
    await Promise.all(both);
    expect(turns.mock.calls.filter(([held]) => held)).toHaveLength(1);
  });

  it('is over when its holder has died, and given back when it leaves', async () => {
    const { first, second, turns, take } = twoTabs();
    take(first, () => new Promise(() => {}));
    await first.tick(50);
    // Its timers run no more.
    first.timers.clear();
    await first.tick(69_000);
    await take(second);
    expect(turns.mock.lastCall).toEqual([false]);
    await first.tick(1_000);
    const next = take(second, () => new Promise(() => {}));
    await first.tick(50);
    expect(turns.mock.lastCall).toEqual([true]);
    first.dispatch('pagehide');
    const last = take({ ...first, uuid: () => 'of a third' });
    await first.tick(50);
    await last;
    expect(turns.mock.lastCall).toEqual([true]);
    await Promise.race([next, settled()]);
  });

  it.each([
    ['20 s', 20_000],
    ['a minute, as those of a hidden page', 60_000],
  ])('is kept for as long as its holder works, whose timers run every %s', async (_, ms) => {
    const { first, second, turns, take } = twoTabs();
    let end = () => {};
    const held = take(first, () => new Promise<void>((resolve) => (end = resolve)));
    await first.tick(50);
    for (let n = 0; n < 5; n++) {
      await first.tick(ms);
      await first.tick(9_000);
      await take(second);
      expect(turns.mock.lastCall).toEqual([false]);
    }
    end();
    await held;
    expect(first.timers.size).toBe(0);
    expect(first.local?.getItem('turn')).toBeNull();
  });

  it('that is another’s by now is neither renewed nor given back', async () => {
    const { first, turns, take } = twoTabs();
    let end = () => {};
    const held = take(first, () => new Promise<void>((resolve) => (end = resolve)));
    await first.tick(50);
    const others = `${first.now() + 70_000} of another`;
    first.local?.setItem('turn', others);
    await first.tick(60_000);
    end();
    await held;
    expect(turns.mock.calls).toEqual([[true]]);
    expect(first.local?.getItem('turn')).toBe(others);
    expect(first.timers.size).toBe(0);
  });

  it('that was erased does not come back', async () => {
    const { first, take } = twoTabs();
    take(first, () => new Promise(() => {}));
    await first.tick(50);
    first.local?.removeItem('turn');
    for (let n = 0; n < 3; n++) await first.tick(20_000);
    expect(first.local?.getItem('turn')).toBeNull();
  });

  it('does not outlast a clock that was set back', async () => {
    const { first, turns, take } = twoTabs();
    first.local?.setItem('turn', `${first.now() + 86_400_000} of somebody`);
    const taken = take(first);
    await first.tick(50);
    await taken;
    expect(turns.mock.lastCall).toEqual([true]);
  });

  it('is everybody’s where nothing can be stored', async () => {
    const { first, turns, take } = twoTabs();
    const alone = take({ ...first, local: undefined });
    await first.tick(50);
    await alone;
    expect(turns.mock.lastCall).toEqual([true]);
  });
});
