import { describe, expect, it } from 'vitest';
import { within } from './deadlines.js';

const never = new Promise<never>(() => {});
const late = () => new Error('late');
const after = (ms: number) => {
  const at = performance.now() + ms;
  return { dueAt: () => at, late };
};
const settled = async (work: Promise<unknown>) => {
  try {
    return await work;
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
};

describe('a deadline', () => {
  it('lets work through that is done before it, and its failure', async () => {
    const failed = within(Promise.reject(new Error('no')), after(50));
    expect(await Promise.all([settled(within(Promise.resolve(7), after(50))), settled(failed)])).toEqual([
      7,
      'no',
    ]);
  });

  it('ends each wait in its turn, a shorter one that came later too', async () => {
    const ended: string[] = [];
    const wait = async (name: string, ms: number) => {
      await settled(within(never, after(ms)));
      ended.push(name);
    };
    await Promise.all([wait('long', 90), wait('short', 10), wait('middle', 50), wait('past', -5)]);
    expect(ended).toEqual(['past', 'short', 'middle', 'long']);
  });

  it('may move on while it is waited for', async () => {
    let due = performance.now() + 10;
    const moved = within(never, { dueAt: () => due, late });
    due += 60;
    const began = performance.now();
    expect(await settled(moved)).toBe('late');
    expect(performance.now() - began).toBeGreaterThan(50);
  });

  it('may be never, or later than a timer can be, and hinders no other', async () => {
    const endless = within(never, { dueAt: () => Number.POSITIVE_INFINITY, late });
    const far = within(never, after(2 ** 40));
    expect(await settled(within(never, after(5)))).toBe('late');
    const race = await Promise.race([
      settled(endless),
      settled(far),
      new Promise((r) => setTimeout(r, 20, 'waits')),
    ]);
    expect(race).toBe('waits');
  });
});
