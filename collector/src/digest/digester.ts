// Takes what ingestion kept, round by round, and gives the store the digests. Loses nothing: a report stays
// undigested in the store until its digest is kept, through failures and restarts.
import type { Digest, Report, Store } from '../store/store.js';
import { toDigest, toUnreadable } from './digest.js';

/** Reports of one round: enough for one commit to pay. */
const ROUND = 100;

/** Delays after a store that failed, doubling. Milliseconds. */
const FIRST_DELAY_MS = 250;
const MAX_DELAY_MS = 30_000;

/** How long a burst of posts may hold up digestion, before both have to share; and how often it is asked. Milliseconds. */
const MAX_PAUSE_MS = 5_000;
const PAUSE_MS = 20;

export interface Digester {
  /** There may be something to digest. Cheap, and safe to call at any time. */
  wake(): void;
  /** Resolves when nothing is left to digest, or when the digester was stopped. */
  settled(): Promise<void>;
  /** Finishes the round that is running and begins none. What is left is digested after the next start. */
  stop(): Promise<void>;
}

interface Deps {
  readonly store: Pick<Store, 'undigested' | 'keepDigests'>;
  readonly log: (message: string, error?: unknown) => void;
  /** Whether posts wait just now: they come first. Default: never. */
  readonly isBusy?: () => boolean;
}

export function createDigester({ store, log, isBusy = () => false }: Deps): Digester {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  const waiting: (() => void)[] = [];

  async function run(): Promise<void> {
    again = false;
    try {
      await drain({ store, log, isBusy, isStopped: () => stopped });
      failures = 0;
    } catch (error) {
      if (!stopped) retryAfter(error);
    }
    running = undefined;
    if (timer) return;
    if (again && !stopped) running = run();
    else for (const resolve of waiting.splice(0)) resolve();
  }

  function retryAfter(error: unknown): void {
    const delay = Math.min(FIRST_DELAY_MS * 2 ** failures++, MAX_DELAY_MS);
    log(`Digesting failed, trying again in ${delay} ms`, error);
    timer = setTimeout(() => {
      timer = undefined;
      running = run();
    }, delay);
    timer.unref(); // A process that has nothing else to do may end: the reports wait in the store.
  }

  function wake(): void {
    if (stopped || timer) return;
    if (running) again = true;
    else running = run();
  }

  return {
    wake,
    settled: () => (running || timer ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve()),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      timer = undefined;
      await running;
      for (const resolve of waiting.splice(0)) resolve();
    },
  };
}

/** Digests until nothing is left. Rejects with what the store rejected with. */
async function drain(deps: Required<Deps> & { isStopped: () => boolean }): Promise<void> {
  const { store, log, isStopped } = deps;
  let before = new Set<string>();
  let paused = 0;
  while (!isStopped()) {
    for (; deps.isBusy() && paused < MAX_PAUSE_MS && !isStopped(); paused += PAUSE_MS) await wait(PAUSE_MS);
    if (isStopped()) return;
    const reports = await store.undigested(ROUND);
    if (reports.length === 0) return;
    const ids = new Set(reports.map((report) => `${report.appId}/${report.id}`));
    // A store that hands out again what it was just given would keep this loop busy for ever.
    if ([...ids].every((id) => before.has(id)))
      throw new Error('The store did not keep the digests it was given');
    before = ids;
    const digests: Digest[] = [];
    for (const report of reports) {
      digests.push(digestOf(report, log));
      // Requests in between: a hundred of the worst reports there can be take twenty seconds.
      await new Promise(setImmediate);
    }
    await store.keepDigests(digests);
  }
}

/** `toDigest` is meant to throw nothing; if it does, one report must not hold up all that come after it. */
function digestOf(report: Report, log: Deps['log']): Digest {
  try {
    return toDigest(report);
  } catch (error) {
    log(`Report ${report.id} could not be read`, error);
    return toUnreadable(report, 'reading it failed');
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
