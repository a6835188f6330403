import { describe, expect, it } from 'vitest';
import type { ClockSeen } from '../store/upkeep.js';
import { believedTime, looked, slackOf } from './belief.js';

const HOUR = 3600 * 1000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2027, 0, 1);
const slack = 3 * DAY;

/** One look an hour; each step says how far the clock jumps before it, and how long it has run. */
function after(steps: readonly { readonly jump?: number; readonly ticked?: number }[], from = NOW) {
  let wall = from;
  let seen = looked(undefined, { wall, ticked: 0, slack });
  for (const { jump = 0, ticked = HOUR } of steps) {
    wall += jump + ticked;
    seen = looked(seen, { wall, ticked, slack });
  }
  return { seen, wall, behind: wall - believedTime(seen) };
}

const hours = (n: number) => Array.from({ length: n }, () => ({}));

describe('the time that is believed', () => {
  it('is the clock, also after a weekend', () => {
    expect(after([...hours(3), { jump: 2.9 * DAY, ticked: 0 }, ...hours(1)]).behind).toBe(0);
  });

  it('goes on from before a jump for a day, then is the clock: a machine that woke after a month', () => {
    expect(after([...hours(3), { jump: 30 * DAY }]).behind).toBe(30 * DAY);
    const almost = after([...hours(3), { jump: 30 * DAY }, ...hours(23)]);
    expect([almost.behind, almost.seen.jumps.length]).toEqual([30 * DAY, 1]);
    expect(after([...hours(3), { jump: 30 * DAY }, ...hours(24)])).toMatchObject({
      behind: 0,
      seen: { jumps: [] },
    });
  });

  it('is the clock at once when it is set back to what it was', () => {
    const set = after([{ jump: 400 * DAY }, ...hours(5), { jump: -400 * DAY }]);
    expect(set).toMatchObject({ behind: 0, wall: NOW + 7 * HOUR, seen: { jumps: [] } });
    // And again at once after it was set back, wrongly, and then set right.
    expect(after([{ jump: -60 * DAY }, ...hours(2), { jump: 60 * DAY }])).toMatchObject({
      behind: 0,
      seen: { jumps: [] },
    });
  });

  it('is never later than the clock, and a clock that was set back is in doubt for a day, too', () => {
    const back = after([{ jump: -60 * DAY }]);
    expect([back.behind, back.seen.jumps.length]).toEqual([0, 1]);
    expect(after([{ jump: -60 * DAY }, ...hours(24)]).seen.jumps).toEqual([]);
  });

  it('is not moved by a wrong jump just before a right one is believed', () => {
    const seen = after([{ jump: 30 * DAY }, ...hours(23), { jump: 400 * DAY }, ...hours(1)]);
    expect(seen.behind).toBe(400 * DAY);
  });

  it('comes to the clock on a machine that is on for an hour a week', () => {
    const weeks = Array.from({ length: 30 }, () => [{ jump: 7 * DAY, ticked: 0 }, {}]).flat();
    expect(after(weeks).behind).toBeLessThanOrEqual(7 * DAY);
  });

  it('has bounded memory of a clock that jumps all the time', () => {
    const wild = after(
      Array.from({ length: 500 }, (_, n) => ({ jump: (n % 2 ? -100 - n : 101 + n) * DAY, ticked: 1 })),
    );
    expect(wild.seen.jumps.length).toBeLessThanOrEqual(20);
    expect(wild.behind).toBeGreaterThanOrEqual(0);
    const forward: ClockSeen = {
      wall: NOW,
      ran: 0,
      jumps: Array.from({ length: 20 }, () => ({ size: 10 * DAY, at: 0 })),
    };
    const more = looked(forward, { wall: NOW + 10 * DAY, ticked: 0, slack: DAY / 2 });
    expect(more.jumps.length).toBe(20);
    expect(believedTime(more)).toBe(NOW - 200 * DAY);
  });

  it('doubts a jump that would remove a good part of what is kept', () => {
    expect([0, 1, 7, 20, 90, 1000].map((days) => slackOf(days) / DAY)).toEqual([3, 0.6, 0.7, 2, 3, 3]);
  });
});
