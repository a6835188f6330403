import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Digest, Report } from '../store/store.js';
import { createDigester } from './digester.js';

const report = (id: number): Report => ({
  appId: 1,
  id: String(id),
  type: 'managedError',
  installId: 'i',
  timestamp: 0,
  receivedAt: 0,
  json: JSON.stringify({ type: 'managedError', exception: { type: `E${id}` } }),
});

/** A store of which every call can be made to fail or wait. */
function createStub(reports: Report[] = []) {
  const kept: Digest[] = [];
  return {
    reports,
    kept,
    undigested: vi.fn(async (limit: number) => reports.slice(0, limit)),
    keepDigests: vi.fn(async (digests: readonly Digest[]) => {
      kept.push(...digests);
      for (const { reportId } of digests)
        reports.splice(
          reports.findIndex((r) => r.id === reportId),
          1,
        );
    }),
  };
}

/** Turns of the event loop: a digester waits for one between reports. */
const turns = async () => {
  for (let i = 0; i < 10; i++) await new Promise(setImmediate);
};

const many = (count: number) => Array.from({ length: count }, (_, i) => report(i));

describe('createDigester', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('digests all there is, each report once', async () => {
    const store = createStub(many(130));
    const digester = createDigester({ store, log: () => {} });
    digester.wake();
    await digester.settled();
    expect(new Set(store.kept.map((d) => d.reportId)).size).toBe(130);
    expect(store.kept).toHaveLength(130);
  });

  it('lets requests in between the reports of a round', async () => {
    const order: string[] = [];
    const reports = many(3).map((one) => ({
      ...one,
      get json() {
        order.push('report');
        setImmediate(() => order.push('request'));
        return one.json;
      },
    }));
    const digester = createDigester({ store: createStub(reports), log: () => {} });
    digester.wake();
    await digester.settled();
    expect(order.slice(0, 5)).toEqual(['report', 'request', 'report', 'request', 'report']);
  });

  it('steps back while posts wait, but not for longer than five seconds', async () => {
    const store = createStub(many(60));
    let busy = true;
    const digester = createDigester({ store, log: () => {}, isBusy: () => busy });
    digester.wake();
    await vi.advanceTimersByTimeAsync(4_900);
    expect(store.undigested).not.toHaveBeenCalled();
    busy = false;
    await vi.advanceTimersByTimeAsync(20);
    await digester.settled();
    expect(store.kept.length).toBe(60);

    store.reports.push(...many(60));
    busy = true;
    digester.wake();
    await vi.advanceTimersByTimeAsync(5_000);
    await digester.settled();
    expect(store.kept.length).toBe(120);
  });

  it('stops also while it steps back', async () => {
    const store = createStub(many(1));
    const digester = createDigester({ store, log: () => {}, isBusy: () => true });
    digester.wake();
    const stopped = digester.stop();
    await vi.advanceTimersByTimeAsync(20);
    await stopped;
    expect(store.undigested).not.toHaveBeenCalled();
  });

  it('does nothing until it is woken', async () => {
    const store = createStub(many(1));
    await createDigester({ store, log: () => {} }).settled();
    expect(store.undigested).not.toHaveBeenCalled();
  });

  it('runs one round at a time, and another one for a wake during a round', async () => {
    const store = createStub(many(1));
    const digester = createDigester({ store, log: () => {} });
    // The report comes after the round has seen that nothing is left: only the wake can tell.
    let rounds = 0;
    store.undigested.mockImplementation(async () => {
      const found = store.reports.slice();
      if (found.length === 0 && rounds++ === 0) {
        store.reports.push(report(7));
        digester.wake();
        digester.wake();
      }
      return found;
    });
    digester.wake();
    await digester.settled();
    expect(store.kept.map((d) => d.reportId)).toEqual(['0', '7']);
    expect(rounds).toBe(2);
  });

  it('tries again after a store that fails, later each time, and loses nothing', async () => {
    const store = createStub(many(3));
    const keep = store.keepDigests.getMockImplementation();
    store.keepDigests.mockRejectedValue(new Error('disk full'));
    const log = vi.fn();
    const digester = createDigester({ store, log });
    digester.wake();
    const delays: number[] = [];
    for (let i = 0; i < 10; i++) {
      await turns();
      const before = Date.now();
      await vi.advanceTimersToNextTimerAsync();
      delays.push(Date.now() - before);
    }
    expect(log).toHaveBeenCalledWith(expect.stringContaining('trying again'), expect.any(Error));
    expect(delays).toEqual([...delays].sort((a, b) => a - b));
    expect(delays.at(-1)).toBe(delays.at(-2));
    expect(store.kept).toHaveLength(0);

    if (keep) store.keepDigests.mockImplementation(keep);
    const settled = digester.settled();
    await vi.runAllTimersAsync();
    await settled;
    expect(store.kept).toHaveLength(3);
    expect(store.reports).toHaveLength(0);
  });

  it('does not let a wake shorten the wait for a store that fails', async () => {
    const store = createStub();
    store.undigested.mockRejectedValue(new Error('closed'));
    const digester = createDigester({ store, log: () => {} });
    digester.wake();
    await turns();
    digester.wake();
    await turns();
    expect(store.undigested).toHaveBeenCalledTimes(1);
    await digester.stop();
  });

  it('gives a poisoned report a group of its own and goes on', async () => {
    const log = vi.fn();
    const poison = Object.defineProperty(report(1), 'json', {
      get: () => {
        throw new Error('unreadable page');
      },
    });
    const store = createStub([report(0), poison, { ...report(2), json: '{"' }, report(3)]);
    const digester = createDigester({ store, log });
    digester.wake();
    await digester.settled();
    const unreadable = 'Unreadable report';
    expect(store.kept.map((d) => d.exceptionType)).toEqual(['E0', unreadable, unreadable, 'E3']);
    expect(log).toHaveBeenCalledTimes(1);
  });

  it('does not spin when the store gives the same reports again', async () => {
    const store = createStub(many(2));
    store.keepDigests.mockResolvedValue();
    const log = vi.fn();
    const digester = createDigester({ store, log });
    digester.wake();
    await turns();
    expect(store.undigested).toHaveBeenCalledTimes(2);
    expect(log).toHaveBeenCalledTimes(1);
    await digester.stop();
  });

  it('finishes its round when stopped, begins none, and settles', async () => {
    const store = createStub(many(120));
    const digester = createDigester({ store, log: () => {} });
    digester.wake();
    const settled = digester.settled();
    await digester.stop();
    await settled;
    expect(store.kept).toHaveLength(100);
    digester.wake();
    await digester.settled();
    expect(store.kept).toHaveLength(100);
  });
});
