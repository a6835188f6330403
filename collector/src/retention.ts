// Removes what is older than it is to be kept: soon after the start, then every hour, a little at a time between posts.
// Old by a clock that can be believed: clock/belief.ts.
import { type Clock, createClock } from './clock/clock.js';
import type { Removal, Upkeep } from './store/upkeep.js';

export interface Retention {
  /** Finishes the step that is under way and begins none. */
  close(): Promise<void>;
}

interface Parts {
  readonly store: Pick<Upkeep, 'removeOld' | 'removeFiles' | 'mendTimes' | 'clockSeen' | 'keepClock'>;
  /** 0: nothing is ever removed. */
  readonly keepDays: number;
  readonly log: (message: string, error?: unknown) => void;
  /** Milliseconds since the epoch. Default: the clock. */
  readonly now?: () => number;
  /** Milliseconds that never go back. Default: since the process began. */
  readonly ticks?: () => number;
  /** Milliseconds: from the start to the first round, between rounds, and between the steps of one. */
  readonly waits?: { readonly first: number; readonly round: number; readonly step: number };
}

const DAY_MS = 24 * 3600 * 1000;
const WAITS = { first: 60_000, round: 3600_000, step: 50 };

/** Rows in one transaction: beyond it the posts beside them wait noticeably. */
const LIMIT = 50;

/** A file is written just before the row that names it; this is far longer. Milliseconds. */
const UNNAMED_MS = DAY_MS;

export function createRetention(parts: Parts): Retention {
  const { log, waits = WAITS } = parts;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const clock = createClockOf(parts);
  const round = createRound(parts, clock, () => isClosed);

  const run = (work: () => Promise<number>): void => {
    running = work()
      .catch((error: unknown) => {
        log('what is old could not be removed, trying again later', error);
        return waits.round;
      })
      .then((ms) => {
        // A process that has nothing else to do may end.
        if (!isClosed) timer = setTimeout(() => run(round), ms).unref();
      });
  };
  // At once: from here on it is known what is a jump.
  run(() => clock.look().then(() => waits.first));

  return {
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await running;
    },
  };
}

function createClockOf({ store, keepDays, log, ...times }: Parts): Clock {
  const { now: wall = Date.now, ticks = () => performance.now() } = times;
  return createClock({ store, keepDays, log, wall, ticks });
}

/** Returns what resolves with how long to wait for the next round. */
function createRound(parts: Parts, clock: Clock, isClosed: () => boolean): () => Promise<number> {
  const { store, keepDays, log, waits = WAITS } = parts;

  /** Step by step until there is nothing more to do. Resolves with how much there was. */
  async function all(step: (removal: Removal) => Promise<number>, removal: Removal): Promise<number> {
    let sum = 0;
    while (!isClosed()) {
      const done = await step(removal);
      sum += done;
      if (done === 0) break;
      await new Promise((resolve) => setTimeout(resolve, waits.step));
    }
    return sum;
  }

  return async () => {
    // Looked at also where nothing is removed: it may be one day, and then the clock should be known.
    const believed = await clock.look();
    if (!believed) return waits.first;
    const { now, isSteady } = believed;
    const removal = { before: now - keepDays * DAY_MS, now, limit: LIMIT };
    const mended = isSteady ? await all(store.mendTimes, removal) : 0;
    if (mended > 0) log(`${mended} rows of a time when the clock was wrong count as received now`);
    // A time that cannot be would also hold its group at the top of the list.
    if (keepDays === 0) return waits.round;
    const removed = await all(store.removeOld, removal);
    if (removed > 0) {
      const what = 'reports, attachments, visits and events';
      log(`${removed} ${what} of more than ${keepDays} days ago were removed`);
    }
    if (!isClosed()) await store.removeFiles(now - UNNAMED_MS);
    return waits.round;
  };
}
