import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Digest, Report } from '../store/store.js';
import { createDigester } from './digester.js';
import { digestHere } from './here.fixture.js';

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
    unpack: vi.fn(async () => false),
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

type Deps = Parameters<typeof createDigester>[0];

const digesterOf = (store: ReturnType<typeof createStub>, deps: Partial<Deps> = {}) =>
  createDigester({ store, digests: digestHere(store), log: () => {}, ...deps });

/** A wake, and nothing gathered. */
function begin(digester: ReturnType<typeof digesterOf>): void {
  digester.wake();
  void digester.settled();
}

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
    const digester = digesterOf(store);
    digester.wake();
    await digester.settled();
    expect(new Set(store.kept.map((d) => d.reportId)).size).toBe(130);
    expect(store.kept).toHaveLength(130);
  });

  it('gathers what comes one by one, and waits no longer for what comes meanwhile', async () => {
    const store = createStub();
    const digester = digesterOf(store);
    for (let n = 0; n < 30; n++) {
      store.reports.push(report(n));
      digester.wake();
      await vi.advanceTimersByTimeAsync(10);
      await turns();
    }
    expect(store.keepDigests.mock.calls.length).toBeGreaterThan(1);
    expect(store.keepDigests.mock.calls.length).toBeLessThan(5);
    await vi.advanceTimersByTimeAsync(100);
    await turns();
    expect(store.kept).toHaveLength(30);
  });

  it('gathers no longer when somebody looks, who waits for it, but not for ever', async () => {
    const store = createStub(many(1));
    const digester = digesterOf(store);
    digester.wake();
    await digester.look();
    expect(store.kept).toHaveLength(1);

    store.reports.push(report(7));
    let unpacked = (_: boolean) => {};
    store.unpack.mockReturnValue(new Promise((resolve) => (unpacked = resolve)));
    digester.wake();
    const looked = digester.look();
    await vi.advanceTimersByTimeAsync(200);
    await looked;
    expect(store.kept).toHaveLength(1);
    unpacked(false);
    await digester.settled();
    expect(store.kept).toHaveLength(2);
  });

  it('goes on while posts are unpacked, be there reports among them or not', async () => {
    const store = createStub();
    let left = 5;
    store.unpack.mockImplementation(async () => {
      if (left-- === 1) store.reports.push(report(1));
      return left > 0;
    });
    const digester = digesterOf(store);
    digester.wake();
    await digester.settled();
    expect(store.kept).toHaveLength(1);
  });

  it('steps back while posts wait, but not for longer than five seconds', async () => {
    const store = createStub(many(60));
    let busy = true;
    const digester = digesterOf(store, { isBusy: () => busy });
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
    await vi.advanceTimersByTimeAsync(5_100);
    await digester.settled();
    expect(store.kept.length).toBe(120);
  });

  it('stops also while it steps back', async () => {
    const store = createStub(many(1));
    const digester = digesterOf(store, { isBusy: () => true });
    begin(digester);
    const stopped = digester.stop();
    await vi.advanceTimersByTimeAsync(20);
    await stopped;
    expect(store.undigested).not.toHaveBeenCalled();
  });

  it('does nothing until it is woken', async () => {
    const store = createStub(many(1));
    const digester = digesterOf(store);
    await digester.look();
    await digester.settled();
    expect(store.undigested).not.toHaveBeenCalled();
  });

  it('runs one round at a time, and another one for a wake during a round', async () => {
    const store = createStub(many(1));
    const digester = digesterOf(store);
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
    const digester = digesterOf(store, { log });
    begin(digester);
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
    const digester = digesterOf(store);
    begin(digester);
    await turns();
    digester.wake();
    await digester.look();
    await vi.advanceTimersByTimeAsync(200);
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
    const digester = digesterOf(store, { log });
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
    const digester = digesterOf(store, { log });
    begin(digester);
    await turns();
    expect(store.undigested).toHaveBeenCalledTimes(2);
    expect(log).toHaveBeenCalledTimes(1);
    await digester.stop();
  });

  it('keeps what is digested when it is stopped, begins nothing more, and settles', async () => {
    const store = createStub(many(120));
    const digester = digesterOf(store);
    digester.wake();
    const settled = digester.settled();
    const keep = store.keepDigests.getMockImplementation();
    await new Promise<void>((resolve) => {
      store.keepDigests.mockImplementation(async (digests) => {
        resolve();
        await keep?.(digests);
      });
    });
    await digester.stop();
    await settled;
    expect(store.kept).toHaveLength(100);
    digester.wake();
    await digester.settled();
    expect(store.kept).toHaveLength(100);
  });
});
