import { describe, expect, it } from 'vitest';
import { APP, bodyOf, createFixture, handled, post } from './ingest.fixture.js';
import { DEFAULT_LIMITS } from './limits.js';

describe('pressure', () => {
  it('puts posts off with 503 and when to come again', async () => {
    const { ingest, kept } = createFixture({ pressure: () => 'the disk is nearly full' });
    const { status, headers, answer } = await post(ingest, bodyOf(handled()));
    expect([status, headers.get('x-ms-retry-after-ms'), kept.length]).toEqual([503, '10000', 0]);
    expect(answer.faults).toEqual(['the disk is nearly full; post again later']);
  });

  it('of a store that takes long ends the wait, and the post is still counted', async () => {
    const limits = { ...DEFAULT_LIMITS, answerMs: 20, waitingPosts: 1 };
    let commit = () => {};
    const keep = () => new Promise<void>((resolve) => (commit = resolve));
    const { ingest } = createFixture({ limits, store: { apps: async () => [APP], keep } });
    expect((await post(ingest, bodyOf(handled()))).answer.faults).toEqual([
      'the store takes long; post again later',
    ]);
    expect((await post(ingest, bodyOf(handled()))).answer.faults).toEqual([
      '1 posts are waiting to be stored; post again later',
    ]);
    commit();
    await new Promise(setImmediate);
    expect((await post(ingest, bodyOf(handled()))).answer.faults).toEqual([
      'the store takes long; post again later',
    ]);
  });

  it('of a store that does not even tell its apps ends the wait too', async () => {
    const store = { apps: () => new Promise<never>(() => {}), keep: async () => {} };
    const { ingest } = createFixture({ limits: { ...DEFAULT_LIMITS, answerMs: 20 }, store });
    expect((await post(ingest, bodyOf(handled()))).status).toBe(503);
  });

  it('of a store that does not tell its apps lets no more posts wait than for a commit', async () => {
    let tell = (_: (typeof APP)[]) => {};
    const store = { apps: () => new Promise<(typeof APP)[]>((told) => (tell = told)), keep: async () => {} };
    const { ingest } = createFixture({ limits: { ...DEFAULT_LIMITS, waitingPosts: 2 }, store });
    const waiting = [post(ingest, bodyOf(handled())), post(ingest, bodyOf(handled()))];
    expect((await post(ingest, bodyOf(handled()))).answer.faults).toEqual([
      '2 posts are waiting for the store; post again later',
    ]);
    tell([APP]);
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await post(ingest, bodyOf(handled()))).status).toBe(200);
  });

  it('of a store that is slow twice ends both waits together', async () => {
    let commit = () => {};
    let now = 0;
    const store = {
      apps: async () => {
        now += 7_990;
        return [APP];
      },
      keep: () => new Promise<void>((resolve) => (commit = resolve)),
    };
    const { ingest } = createFixture({ store, ticks: () => now });
    // 10 ms are left of the eight seconds; all of them would be more than this test may take.
    expect((await post(ingest, bodyOf(handled()))).status).toBe(503);
    commit();
  });
});
