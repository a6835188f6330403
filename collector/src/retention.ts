// Removes what is older than it is to be kept: soon after the start, then every hour, a little at a time between posts.
import type { Upkeep } from './store/upkeep.js';

export interface Retention {
  /** Finishes the step that is under way and begins none. */
  close(): Promise<void>;
}

interface Parts {
  readonly store: Pick<Upkeep, 'removeOld' | 'removeFiles'>;
  /** 0: nothing is ever removed. */
  readonly keepDays: number;
  readonly log: (message: string, error?: unknown) => void;
  /** Milliseconds since the epoch. Default: the clock. */
  readonly now?: () => number;
  /** Milliseconds: from the start to the first round, between rounds, and between the steps of one. */
  readonly waits?: { readonly first: number; readonly round: number; readonly step: number };
}

const DAY_MS = 24 * 3600 * 1000;
const WAITS = { first: 60_000, round: 3600_000, step: 50 };

/** Rows in one transaction: beyond it the posts beside them wait noticeably. */
const LIMIT = 50;

/** A file is written just before the row that names it; this is far longer. Milliseconds. */
const UNNAMED_MS = DAY_MS;

export function createRetention({ store, keepDays, log, now = Date.now, waits = WAITS }: Parts): Retention {
  if (keepDays === 0) return { close: async () => {} };
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();

  async function round(): Promise<void> {
    let removed = 0;
    while (!isClosed) {
      const step = await store.removeOld({ before: now() - keepDays * DAY_MS, now: now(), limit: LIMIT });
      removed += step;
      if (step === 0) break;
      await new Promise((resolve) => setTimeout(resolve, waits.step));
    }
    if (removed > 0) {
      const what = 'reports, attachments, visits and events';
      log(`${removed} ${what} of more than ${keepDays} days ago were removed`);
    }
    if (!isClosed) await store.removeFiles(now() - UNNAMED_MS);
  }

  const plan = (ms: number): void => {
    if (isClosed) return;
    // A process that has nothing else to do may end.
    timer = setTimeout(() => {
      running = round()
        .catch((error: unknown) => log('what is old could not be removed, trying again later', error))
        .then(() => plan(waits.round));
    }, ms).unref();
  };
  plan(waits.first);

  return {
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
