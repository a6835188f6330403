import { describe, expect, it, vi } from 'vitest';
import { createRetention } from './retention.js';
import type { Removal } from './store/upkeep.js';

const DAY = 24 * 3600 * 1000;
const NOW = 100 * DAY;
const waits = { first: 1, round: 5, step: 0 };
const removeFiles = async () => 0;
const unlogged = { log: expect.unreachable, now: () => NOW, waits };

describe('retention', () => {
  it('removes step by step until nothing is left, and again later', async () => {
    const left = [3, 2, 0, 1, 0];
    const asked: Removal[] = [];
    const log = vi.fn();
    const removeOld = async (removal: Removal) => {
      asked.push(removal);
      return left.shift() ?? 0;
    };
    const retention = createRetention({ ...unlogged, store: { removeOld, removeFiles }, keepDays: 30, log });
    await vi.waitFor(() => expect(log).toHaveBeenCalledTimes(2));
    await retention.close();
    const calls = asked.length;
    expect(asked[0]).toEqual({ before: 70 * DAY, now: NOW, limit: 50 });
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
    const retention = createRetention({ ...unlogged, store: { removeOld, removeFiles }, keepDays: 1, log });
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
      calls.push(`files ${before / DAY}`);
      throw new Error('EACCES');
    };
    const log = vi.fn();
    const retention = createRetention({ ...unlogged, store: { removeOld, removeFiles }, keepDays: 30, log });
    await vi.waitFor(() => expect(log.mock.calls.length).toBeGreaterThan(3));
    await retention.close();
    expect(calls.slice(0, 6)).toEqual(['rows', 'rows', 'files 99', 'rows', 'rows', 'files 99']);
    expect(log.mock.calls[1]).toEqual([expect.stringContaining('trying again'), expect.any(Error)]);
  });

  it('ends in the middle of a round when it is closed', async () => {
    const removeOld = vi.fn(async () => 1);
    const retention = createRetention({
      ...unlogged,
      store: { removeOld, removeFiles },
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
    const removeOld = async () => expect.unreachable();
    const retention = createRetention({ ...unlogged, store: { removeOld, removeFiles }, keepDays: 0 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    await retention.close();
  });
});
