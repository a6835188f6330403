// Takes what ingestion kept, round by round, and gives the store the digests. Loses nothing: a report stays
// undigested in the store until its digest is kept, through failures and restarts.
import type { Store } from '../store/store.js';
import type { Digests, Round } from './digests.js';

/** Reports of one round: enough for one commit to pay. */
const ROUND = 100;

/**
 * How long posts are gathered before they are digested: each that is digested by itself costs two commits more.
 * Milliseconds.
 */
const GATHER_MS = 100;

/** How long who looks at the groups waits for what has just been posted. Milliseconds. */
const LOOK_MS = 200;

/** Delays after a store that failed, doubling. Milliseconds. */
const FIRST_DELAY_MS = 250;
const MAX_DELAY_MS = 30_000;

/** How long a burst of posts may hold up digestion, before both have to share; and how often it is asked. Milliseconds. */
const MAX_PAUSE_MS = 5_000;
const PAUSE_MS = 20;

export interface Digester {
  /** There may be something to digest, soon. Cheap, and safe to call at any time. */
  wake(): void;
  /**
   * Somebody looks at the groups: what was gathered is digested at once. Resolves when it is, or after `LOOK_MS`; at once
   * when nothing is gathered.
   */
  look(): Promise<void>;
  /** Resolves when nothing is left to digest, or when the digester was stopped. */
  settled(): Promise<void>;
  /** Ends the round that is running and begins none. What is left is digested after the next start. */
  stop(): Promise<void>;
}

interface Deps {
  readonly store: Pick<Store, 'unpack' | 'keepDigests'>;
  readonly digests: Digests;
  readonly log: (message: string, error?: unknown) => void;
  /** Whether posts wait just now: they come first. Default: never. */
  readonly isBusy?: () => boolean;
}

export function createDigester({ store, digests, log, isBusy = () => false }: Deps): Digester {
  const state: State = { again: false, stopped: false, waiting: [] };
  let failures = 0;

  async function run(): Promise<void> {
    state.again = false;
    try {
      await drain({ store, digests, log, isBusy, isStopped: () => state.stopped });
      failures = 0;
    } catch (error) {
      if (!state.stopped) retryAfter(error);
    }
    state.running = undefined;
    if (state.retrying) return;
    if (!state.again || state.stopped) release(state);
    else if (state.waiting.length > 0) begin();
    else wake();
  }

  function begin(): Promise<void> {
    clearTimeout(state.gathering);
    state.gathering = undefined;
    state.running = run();
    return state.running;
  }

  function retryAfter(error: unknown): void {
    const delay = Math.min(FIRST_DELAY_MS * 2 ** failures++, MAX_DELAY_MS);
    log(`Digesting failed, trying again in ${delay} ms`, error);
    state.retrying = setTimeout(() => {
      state.retrying = undefined;
      begin();
    }, delay);
    state.retrying.unref(); // A process that has nothing else to do may end: the reports wait in the store.
  }

  function wake(): void {
    if (state.stopped || state.retrying) return;
    if (state.running) state.again = true;
    else state.gathering ??= setTimeout(begin, GATHER_MS).unref();
  }

  return {
    wake,
    look: async () => {
      if (state.gathering) await Promise.race([begin(), wait(LOOK_MS)]);
    },
    settled: () => {
      if (state.gathering) begin();
      const { running, retrying, waiting } = state;
      return running || retrying ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve();
    },
    stop: () => stop(state, digests),
  };
}

/** What a digester is at: at most one of the three. */
interface State {
  running?: Promise<void> | undefined;
  gathering?: NodeJS.Timeout | undefined;
  retrying?: NodeJS.Timeout | undefined;
  /** Whether there was a wake since the run began. */
  again: boolean;
  stopped: boolean;
  /** Who waits until nothing is left. */
  readonly waiting: (() => void)[];
}

function release({ waiting }: State): void {
  for (const resolve of waiting.splice(0)) resolve();
}

async function stop(state: State, digests: Digests): Promise<void> {
  state.stopped = true;
  for (const timer of [state.gathering, state.retrying]) clearTimeout(timer);
  state.gathering = undefined;
  state.retrying = undefined;
  await digests.close();
  await state.running;
  release(state);
}

/** Digests until nothing is left. Rejects with what the store rejected with. */
async function drain(deps: Required<Deps> & { isStopped: () => boolean }): Promise<void> {
  const { store, digests, isStopped } = deps;
  const stepBack = createStepBack(deps);
  const check = createCheck();
  await stepBack();
  let isMore = !isStopped() && (await store.unpack(ROUND));
  while (!isStopped()) {
    // While a round is digested, the posts of the next are unpacked.
    const [round, isMoreAhead] = await Promise.all([digests.next(ROUND), isMore && store.unpack(ROUND)]);
    for (const { reportId, reason } of round.faults) deps.log(`Report ${reportId} could not be read`, reason);
    check(round);
    if (round.digests.length > 0) await store.keepDigests(round.digests);
    if (!round.more && !isMore) return;
    isMore = isMoreAhead;
    await stepBack();
  }
}

/** Returns what waits while posts do. */
function createStepBack({
  isBusy,
  isStopped,
}: Pick<Required<Deps>, 'isBusy'> & { isStopped: () => boolean }) {
  let paused = 0;
  return async () => {
    for (; isBusy() && paused < MAX_PAUSE_MS && !isStopped(); paused += PAUSE_MS) await wait(PAUSE_MS);
  };
}

/** Returns what throws when the store gives again what it was just given: that would go on for ever. */
function createCheck(): (round: Round) => void {
  let before = new Set<string>();
  return ({ digests }) => {
    const ids = new Set(digests.map(({ appId, reportId }) => `${appId}/${reportId}`));
    if (ids.size > 0 && [...ids].every((id) => before.has(id)))
      throw new Error('The store did not keep the digests it was given');
    before = ids;
  };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
