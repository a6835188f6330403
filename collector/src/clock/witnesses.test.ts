import { describe, expect, it } from 'vitest';
import { deliveryOf, idOf, logOf, NOON } from '../store/sqlite/stores.fixture.js';
import { createWitnesses } from './witnesses.js';

const HOUR = 3600 * 1000;
const DAY = 24 * HOUR;
const limits = { pastMs: 25 * DAY, futureMs: 3 * DAY, other: 1 };
const none = { pastMs: Number.POSITIVE_INFINITY, futureMs: Number.POSITIVE_INFINITY, other: 1 };

function setUp() {
  const time = { now: NOON };
  const witnesses = createWitnesses({ limits, now: () => time.now, ticks: () => 0 });
  const kept: number[] = [];
  const store = witnesses.hearing({ keep: async ({ receivedAt }) => void kept.push(receivedAt) });
  /** A device posts a log that happened so long after our clock. */
  const post = (device: number, ahead: number) =>
    store.keep(
      deliveryOf([logOf(1, { timestamp: time.now + ahead })], {
        installId: idOf(device),
        receivedAt: time.now,
      }),
    );
  return { time, witnesses, post, kept, held: () => ({ ...witnesses.limits }) };
}

describe('limits of time', () => {
  it('hold once a device confirms our clock', async () => {
    const { post, held, kept } = setUp();
    expect(held()).toEqual(none);
    await post(1, -1000);
    expect(held()).toEqual(limits);
    expect(kept).toEqual([NOON]);
  });

  it('hold although some devices are ahead, and not when most are', async () => {
    const { post, held, witnesses } = setUp();
    await post(1, -1000);
    await post(2, -2000);
    witnesses.refused([{ reason: 'TooFarAhead', installId: idOf(3) }]);
    expect(held()).toEqual(limits);
    // One device is one word, however often.
    witnesses.refused([{ reason: 'TooFarAhead', installId: idOf(3) }]);
    expect(held()).toEqual(limits);
    await post(4, 5 * DAY);
    expect(held()).toEqual(none);
  });

  it('are not held by a slow clock, nor by a fast one', async () => {
    for (const ahead of [5 * DAY, -30 * DAY]) {
      const { post, held } = setUp();
      for (let n = 0; n < 9; n++) await post(n, ahead);
      expect(held()).toEqual(none);
    }
  });

  it('are not held by a clock that was set since', async () => {
    const { post, held, time } = setUp();
    await post(1, 0 - 1000);
    time.now += 400 * DAY;
    expect(held()).toEqual(none);
    time.now -= 400 * DAY;
    expect(held()).toEqual(limits);
  });

  it('take no word from a log without a time, nor from more than fifty devices', async () => {
    const { post, held } = setUp();
    await post(1, 0);
    expect(held()).toEqual(none);
    await post(1, -1000);
    for (let n = 100; n < 150; n++) await post(n, 0 - 40 * DAY);
    expect(held()).toEqual(limits);
    for (let n = 100; n < 150; n++) await post(n, 2 * HOUR);
    for (let n = 200; n < 225; n++) await post(n, -1000);
    expect(held()).toEqual(none);
    await post(225, -1000);
    expect(held()).toEqual(limits);
  });

  it('are left alone where there are none', () => {
    expect(createWitnesses({ limits: none, now: () => NOON }).limits).toBe(none);
  });
});
