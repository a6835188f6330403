// The time to remove by, and what is said of a clock that cannot be believed: once, when that begins and when it ends.
import type { Upkeep } from '../store/upkeep.js';
import { WRITTEN } from '../store/written.js';
import { believedTime, DOUBT_MS, looked, slackOf } from './belief.js';

export interface Believed {
  /** Never later than the clock says. Milliseconds since the epoch. */
  readonly now: number;
  /** Whether the clock itself is believed, and not only a time before it. */
  readonly isSteady: boolean;
}

export interface Clock {
  /** Undefined while the clock says a time that cannot be. Rejects with `StoreError`. */
  look(): Promise<Believed | undefined>;
}

interface Parts {
  readonly store: Pick<Upkeep, 'clockSeen' | 'keepClock'>;
  readonly keepDays: number;
  readonly log: (message: string) => void;
  /** Milliseconds since the epoch. */
  readonly wall: () => number;
  /** Milliseconds that never go back. */
  readonly ticks: () => number;
}

export function createClock({ store, keepDays, log, wall, ticks }: Parts): Clock {
  const slack = slackOf(keepDays);
  let last: number | undefined;
  const tell = createTell(log);
  return {
    async look() {
      const at = { wall: wall(), ticks: ticks() };
      if (at.wall < WRITTEN) {
        tell(`the clock says ${dayText(at.wall)}, which is past: nothing is removed until it is set`);
        return undefined;
      }
      const before = await store.clockSeen();
      // From here on the same numbers: what is asked of the store takes time.
      const ticked = before && last !== undefined ? at.ticks - last : 0;
      const seen = looked(before, { wall: at.wall, ticked, slack });
      await store.keepClock(seen);
      last = at.ticks;
      const isSteady = seen.jumps.length === 0;
      tell(isSteady ? undefined : doubtText(at.wall, believedTime(seen)));
      return { now: believedTime(seen), isSteady };
    },
  };
}

const HOURS = DOUBT_MS / 3_600_000;

function doubtText(wall: number, believed: number): string {
  const by = believed < wall ? `as of ${dayText(believed)}` : 'by it';
  return (
    `the clock has jumped to ${dayText(wall)}: it is believed after ${HOURS} hours; until then what is old is ` +
    `removed ${by}`
  );
}

/** Says a doubt when it begins, and that it has ended. */
function createTell(log: (message: string) => void): (doubt: string | undefined) => void {
  let isTold = false;
  return (doubt) => {
    if (doubt !== undefined && !isTold) log(doubt);
    if (doubt === undefined && isTold) log('the clock is believed again');
    isTold = doubt !== undefined;
  };
}

const dayText = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
