// What may be believed of the machine's clock. Removing by a clock that is wrong destroys what was received just now:
// boards begin in 1970 before NTP, a virtual machine wakes a month later, a hand sets the wrong year for a minute. No
// program can tell a clock that was set wrong from one that was set right; but who sets it wrong mostly notices. So a
// jump is believed when the clock has gone on from it for a day, and until then time goes on from before it.
import type { ClockSeen } from '../store/upkeep.js';

const HOUR_MS = 3600 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** How long a clock goes on from a jump until it is believed. */
export const DOUBT_MS = DAY_MS;

/** A clock that jumps all the time has its oldest jumps counted as one. */
const MAX_JUMPS = 20;

/**
 * How far a clock may jump, or a collector be off, without a doubt: a tenth of what is kept, but a night and at most a
 * long weekend. Milliseconds.
 * @param keepDays 0 where nothing is removed.
 */
export function slackOf(keepDays: number): number {
  const days = keepDays === 0 ? 3 : Math.max(0.6, Math.min(keepDays / 10, 3));
  return days * DAY_MS;
}

export interface Look {
  /** What the clock says. */
  readonly wall: number;
  /** How long it is since the look before, by ticks that never jump; 0 where another process had that look. */
  readonly ticked: number;
  readonly slack: number;
}

/** What is known after another look. */
export function looked(before: ClockSeen | undefined, { wall, ticked, slack }: Look): ClockSeen {
  if (!before) return { wall, ran: 0, jumps: [] };
  const jump = wall - before.wall - ticked;
  const isJump = Math.abs(jump) > slack;
  // A collector that was off has the clock go on meanwhile, as far as that is no jump: else one that runs an hour a
  // week doubts for half a year.
  const off = !isJump || ticked === 0 ? Math.max(0, Math.min(jump, slack)) : 0;
  const ran = before.ran + ticked + off;
  const added = isJump ? [{ size: jump, at: ran }] : [];
  // Back where it came from: then it was wrong in between, and now is not.
  if (Math.abs(sumOf([...before.jumps, ...added])) <= slack) return { wall, ran, jumps: [] };
  const doubted = before.jumps.filter(({ at }) => at > ran - DOUBT_MS);
  return { wall, ran, jumps: shortened([...doubted, ...added]) };
}

/** The time to remove by: never later than the clock says, nor than it would say without the jumps in doubt. */
export function believedTime({ wall, jumps }: ClockSeen): number {
  return Math.min(wall, wall - sumOf(jumps));
}

const sumOf = (jumps: ClockSeen['jumps']): number => jumps.reduce((sum, { size }) => sum + size, 0);

function shortened(jumps: ClockSeen['jumps']): ClockSeen['jumps'] {
  const many = jumps.slice(0, 1 - MAX_JUMPS);
  const last = many.at(-1);
  return jumps.length > MAX_JUMPS && last
    ? [{ ...last, size: sumOf(many) }, ...jumps.slice(1 - MAX_JUMPS)]
    : jumps;
}
