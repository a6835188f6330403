import { describe, expect, it } from 'vitest';
import type { Answered, IncomingPost } from '../ingest/post.js';
import { deliveryOf, logOf, NOON } from '../store/sqlite/stores.fixture.js';
import type { Backlog } from '../store/upkeep.js';
import { createMetrics } from './metrics.js';
import { createRegistry } from './registry.js';

const lineIn = (text: string, name: string) =>
  text
    .split('\n')
    .find((line) => line.startsWith(`${name} `))
    ?.slice(name.length + 1);

function createHere() {
  const state = { ticks: 0, backlog: { reports: 0, aside: 0 } as Backlog, fail: false, asked: 0 };
  const backlog = async () => {
    state.asked++;
    if (state.fail) throw new Error('no');
    return state.backlog;
  };
  const metrics = createMetrics({ backlog, now: () => NOON, ticks: () => state.ticks });
  return { state, metrics, value: async (name: string) => lineIn(await metrics.text(), name) };
}

describe('the metrics', () => {
  it('count and time what is committed, and what waits', async () => {
    const { state, metrics, value } = createHere();
    let commit = () => {};
    const kept = new Promise<void>((resolve) => (commit = resolve));
    const store = metrics.measured({ apps: async () => [], keep: () => kept });
    const waiting = store.keep(deliveryOf([logOf(1), logOf(2)]));
    expect(await value('crashpost_commit_queue_posts')).toBe('1');
    expect(await value('crashpost_logs_accepted_total')).toBe('0');
    state.ticks = 30;
    commit();
    await waiting;
    expect(await value('crashpost_commit_queue_posts')).toBe('0');
    expect(await value('crashpost_logs_accepted_total')).toBe('2');
    expect(await value('crashpost_accepted_bytes_total')).toBe(String('{"n":1}{"n":2}'.length));
    const buckets = ['0.025', '0.05', '10', '+Inf'].map((le) =>
      value(`crashpost_commit_seconds_bucket{le="${le}"}`),
    );
    expect(await Promise.all(buckets)).toEqual(['0', '1', '1', '1']);
    expect(await value('crashpost_commit_seconds_sum')).toBe('0.03');
  });

  it('do not count as accepted what the store refused', async () => {
    const { metrics, value } = createHere();
    const store = metrics.measured({ apps: async () => [], keep: () => Promise.reject(new Error('full')) });
    await expect(store.keep(deliveryOf([logOf(1)]))).rejects.toThrow('full');
    expect(await value('crashpost_logs_accepted_total')).toBe('0');
    expect(await value('crashpost_commit_queue_posts')).toBe('0');
  });

  it('count the answers, and why posts were refused', async () => {
    const { metrics, value } = createHere();
    const answers: Pick<Answered, 'status' | 'body'>[] = [
      { status: 200, body: '{"status":"Success","throttledDiagnosticsIds":[]}' },
      { status: 200, body: '{"status":"Success","throttledDiagnosticsIds":["a","b"]}' },
      { status: 400, body: '{"status":"InvalidJson"}' },
      { status: 503, body: '{"status":"ServiceUnavailable"}' },
      { status: 204, body: '' },
    ];
    const methods = ['POST', 'POST', 'POST', 'POST', 'OPTIONS'];
    for (const [i, answer] of answers.entries()) {
      const ingest = metrics.counted(async () => ({ ...answer, headers: {} }));
      expect(await ingest({ method: methods[i] } as IncomingPost)).toMatchObject(answer);
    }
    expect(await value('crashpost_posts_total{status="200"}')).toBe('2');
    expect(await value('crashpost_posts_total{status="204"}')).toBeUndefined();
    expect(await value('crashpost_posts_refused_total{reason="InvalidJson"}')).toBe('1');
    expect(await value('crashpost_posts_refused_total{reason="ServiceUnavailable"}')).toBe('1');
    expect(await value('crashpost_logs_throttled_total')).toBe('2');
  });

  it('count what was not taken, by reason', async () => {
    const { metrics, value } = createHere();
    metrics.refused([{ reason: 'TooOld' }, { reason: 'CrashesPerMinute' }, { reason: 'TooOld' }]);
    expect(await value('crashpost_logs_refused_total{reason="TooOld"}')).toBe('2');
    expect(await value('crashpost_logs_refused_total{reason="CrashesPerMinute"}')).toBe('1');
  });

  it('tell how far digestion is behind, and nothing of it when the store does not', async () => {
    const { state, metrics, value } = createHere();
    expect([
      await value('crashpost_undigested_reports'),
      await value('crashpost_digest_lag_seconds'),
    ]).toEqual(['0', '0']);
    state.backlog = { reports: 7, since: NOON - 1500, aside: 2 };
    expect(await value('crashpost_set_aside')).toBe('2');
    expect([
      await value('crashpost_undigested_reports'),
      await value('crashpost_digest_lag_seconds'),
    ]).toEqual(['7', '1.5']);
    const asked = state.asked;
    await metrics.text();
    expect(state.asked).toBe(asked + 1);
    state.fail = true;
    expect(await value('crashpost_undigested_reports')).toBeUndefined();
    expect(Number(await value('process_resident_memory_bytes'))).toBeGreaterThan(1e6);
  });
});

it('a label is written so that it cannot end', async () => {
  const registry = createRegistry();
  registry.counter('x_total', 'Things.', 'what').add(2, 'a"b\\c\nd');
  expect(await registry.text()).toBe(
    '# HELP x_total Things.\n# TYPE x_total counter\nx_total{what="a\\"b\\\\c\\nd"} 2\n',
  );
});
