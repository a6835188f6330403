import { describe, expect, it, vi } from 'vitest';
import { createRetention } from './retention.js';
import type { ClockSeen, Removal } from './store/upkeep.js';

const DAY = 24 * 3600 * 1000;
const NOW = Date.UTC(2027, 0, 1);
const waits = { first: 1, round: 5, step: 0 };
const removeFiles = async () => 0;
const unlogged = { log: expect.unreachable, now: () => NOW, ticks: () => 0, waits };

/** A store with nothing to remove, and no memory of a clock before. */
const nothing = () => {
  let seen: ClockSeen | undefined;
  return {
    removeOld: async () => 0,
    removeFiles,
    mendTimes: async () => 0,
    clockSeen: async () => seen,
    keepClock: async (next: ClockSeen) => {
      seen = next;
    },
  };
};

describe('retention', () => {
  it('removes step by step until nothing is left, and again later', async () => {
    const left = [3, 2, 0, 1, 0];
    const asked: Removal[] = [];
    const log = vi.fn();
    const removeOld = async (removal: Removal) => {
      asked.push(removal);
      return left.shift() ?? 0;
    };
    const retention = createRetention({
      ...unlogged,
      store: { ...nothing(), removeOld, removeFiles },
      keepDays: 30,
      log,
    });
    await vi.waitFor(() => expect(log).toHaveBeenCalledTimes(2));
    await retention.close();
    const calls = asked.length;
    expect(asked[0]).toEqual({ before: NOW - 30 * DAY, now: NOW, limit: 50 });
    expect(log.mock.calls.map(([line]) => line)).toEqual([
      '5 reports, attachments, visits and events of more than 30 days ago were removed',
      '1 reports, attachments, visits and events of more than 30 days ago were removed',
    ]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(asked.length).toBe(calls);
  });

  it('goes on after a store that failed', async () => {
    const log = vi.fn();
    const removeOld = vi.fn().mockRejectedValueOnce(new Error('full')).mockResolvedValue(0);
    const retention = createRetention({
      ...unlogged,
      store: { ...nothing(), removeOld, removeFiles },
      keepDays: 1,
      log,
    });
    await vi.waitFor(() => expect(removeOld.mock.calls.length).toBeGreaterThan(1));
    await retention.close();
    expect(log.mock.calls).toEqual([[expect.stringContaining('trying again'), expect.any(Error)]]);
  });

  it('removes files that nobody names, those of the round too, and goes on when one stays', async () => {
    const calls: string[] = [];
    const left = [3, 0, 2, 0];
    const removeOld = async () => {
      calls.push('rows');
      return left.shift() ?? 0;
    };
    const removeFiles = async (before: number) => {
      calls.push(`files ${(before - NOW) / DAY}`);
      throw new Error('EACCES');
    };
    const log = vi.fn();
    const retention = createRetention({
      ...unlogged,
      store: { ...nothing(), removeOld, removeFiles },
      keepDays: 30,
      log,
    });
    await vi.waitFor(() => expect(log.mock.calls.length).toBeGreaterThan(3));
    await retention.close();
    expect(calls.slice(0, 6)).toEqual(['rows', 'rows', 'files -1', 'rows', 'rows', 'files -1']);
    expect(log.mock.calls[1]).toEqual([expect.stringContaining('trying again'), expect.any(Error)]);
  });

  it('ends in the middle of a round when it is closed', async () => {
    const removeOld = vi.fn(async () => 1);
    const retention = createRetention({
      ...unlogged,
      store: { ...nothing(), removeOld },
      keepDays: 1,
      log: () => {},
    });
    await vi.waitFor(() => expect(removeOld).toHaveBeenCalled());
    await retention.close();
    const calls = removeOld.mock.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(removeOld.mock.calls.length).toBe(calls);
  });

  it('removes nothing unless it is told to', async () => {
    const removeOld = vi.fn(async () => 0);
    const mendTimes = vi.fn(async () => 0);
    const keepClock = vi.fn(async () => {});
    const store = { ...nothing(), removeOld, mendTimes, keepClock };
    const retention = createRetention({ ...unlogged, store, keepDays: 0 });
    // But it knows the clock, if it should be told one day.
    await vi.waitFor(() => expect(keepClock.mock.calls.length).toBeGreaterThan(1));
    await retention.close();
    expect(removeOld.mock.calls).toEqual([]);
    expect(mendTimes.mock.calls.length).toBeGreaterThan(0);
  });

  it('removes nothing by a clock that cannot be right, and looks again soon', async () => {
    const removeOld = vi.fn(async () => 0);
    let clock = 1000;
    const log = vi.fn();
    const slow = { waits: { first: 1, round: 100_000, step: 0 }, now: () => clock, log };
    const store = { ...nothing(), removeOld };
    const retention = createRetention({ ...unlogged, ...slow, store, keepDays: 1 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(removeOld).not.toHaveBeenCalled();
    clock = NOW;
    await vi.waitFor(() => expect(removeOld).toHaveBeenCalled());
    await retention.close();
    expect(log.mock.calls[0]?.[0]).toContain('the clock says 1970-01-01');
  });

  it('knows the time of its start: a clock that jumps before the first round has jumped', async () => {
    const removeOld = vi.fn(async (_: Removal) => 0);
    let clock = NOW;
    const base = nothing();
    const keepClock = async (seen: ClockSeen) => {
      await base.keepClock(seen);
      clock = NOW + 400 * DAY;
    };
    const store = { ...base, removeOld, keepClock };
    const retention = createRetention({ ...unlogged, log: () => {}, now: () => clock, store, keepDays: 30 });
    await vi.waitFor(() => expect(removeOld).toHaveBeenCalled());
    await retention.close();
    expect(removeOld.mock.calls[0]?.[0].before).toBe(NOW - 30 * DAY);
  });

  it('goes on by the time before a jump, and mends nothing meanwhile', async () => {
    const asked: Removal[] = [];
    const mendTimes = vi.fn(async () => 0);
    const removeOld = async (removal: Removal) => {
      asked.push(removal);
      return 0;
    };
    const store = { ...nothing(), removeOld, mendTimes };
    let clock = NOW;
    const retention = createRetention({ ...unlogged, log: () => {}, now: () => clock, store, keepDays: 30 });
    await vi.waitFor(() => expect(mendTimes).toHaveBeenCalled());
    clock = NOW + 400 * DAY;
    const before = { asked: asked.length, mended: mendTimes.mock.calls.length };
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(before.asked + 3));
    await retention.close();
    expect(new Set(asked.map(({ before }) => before))).toEqual(new Set([NOW - 30 * DAY]));
    // One round may have been under way.
    expect(mendTimes.mock.calls.length).toBeLessThanOrEqual(before.mended + 1);
  });
});
