import { settle } from '../platform/guard.js';
import type { Stop } from '../platform/platform.js';
import { within } from '../platform/within.js';
import type { Turn } from '../queue/care.js';
import { PATIENCE } from '../queue/connection.js';
import { type Entry, isPast, timeOf } from '../queue/log-store.js';
import { MAX_BATCH_LOGS } from '../wire/index.js';
import { type Attempt, type AttemptOptions, createAttempt, type Known } from './attempt.js';
import { toBatch } from './batch.js';
import { createSchedule, type Schedule, SOON } from './schedule.js';

/** Posts begun in the task of their error: not yet answered, and begun in one second. What comes beyond waits for the next batch. */
const MAX_LIVE_POSTS = 15;
/** Milliseconds. */
const SECOND = 1_000;
/**
 * What another tab, or the page before, has put is left to it for so long: the post it began in the same task is on
 * its way, whether that page still lives or not. A claim of its own would have to be read by everybody, and to be
 * given up when its holder dies; a short wait needs neither. A Web Lock for each post does not do: a page in Chromium's
 * back/forward cache holds it though the answer has come, and is thrown out when the next page asks who holds what
 * (measured, 3 of 3: weblocks-contention). So a post that takes longer may be made by two; the collector shows one.
 * Milliseconds.
 */
export const GRACE = 5_000;

export interface SenderOptions extends AttemptOptions {
  /** Only one of the tabs drains the queue at a time: the name of their lock. */
  readonly lock: string;
}

export interface Sender {
  /** Posts one entry at once, in the caller's task, unless the collector is to be left alone. */
  send(entry: Entry): void;
  /** Posts what is queued and not being posted in one, in the caller's task, unless the collector is to be left alone. */
  post(batch: readonly Entry[]): void;
  /** Sends what is queued, until nothing is left or the collector cannot be had. */
  drain(): Promise<void>;
  /** Drains now, and whenever there is reason to. */
  start(): Stop[];
}

interface Sending {
  readonly schedule: Schedule;
  readonly known: Known;
  readonly attempt: Attempt;
}

/** Posts what the queue has, batch after batch, as far as it is this page's turn. */
function createTurn(options: SenderOptions, { schedule, known, attempt }: Sending) {
  const { platform, guard, queue, care, lock } = options;
  const { locks, now } = platform;
  const { own, underWay } = known;

  /** Not all that was there is in the last batch. What has come since has its own reason to be sent, soon, with more. */
  let more = false;
  /**
   * Not what others have put just now, nor what was tried then in vain: no error that comes has that tried again. A key
   * that is none of ours tells no time, and is ready.
   */
  const isReady = ({ key }: Entry) => !(Math.abs(now() - (own.get(key) ?? timeOf(key))) < GRACE);
  const next = async (): Promise<Entry[]> => {
    const entries = await queue.peek(MAX_BATCH_LOGS + 1 + underWay.size);
    const free = entries.filter(({ key }) => !underWay.has(key));
    const ready = free.filter(isReady);
    // Not beside what is tried: what then fails goes by the schedule, however much others put meanwhile.
    if (free[0] && !ready[0]) schedule.wake(GRACE);
    const first = ready.filter(({ key }) => !own.get(key));
    const batch = toBatch((first[0] ? first : ready).slice(0, MAX_BATCH_LOGS));
    more = free.length > batch.length;
    return batch;
  };
  const drainAll = async (): Promise<void> => {
    for (let batch = await next(); batch[0] && schedule.open(); batch = more ? await next() : [])
      // What cannot be sent is bounded, and nobody's turn waits for that. What can is sent, however much.
      if (!(await attempt(batch))) return void guard(queue.tidy)();
  };
  // An import of a network that hangs has no end, and it is asked for when the network is bad.
  const inTime = <T>(work: () => Promise<T>) => within(platform, PATIENCE, work);
  return async (): Promise<void> => {
    const [oldest] = await next();
    if (!oldest) return;
    // What nobody gives up is sent after all: a collector may still take it.
    // What was thrown here is not old, but the clock was set forward.
    if (!own.has(oldest.key) && isPast(oldest.key, now())) await settle(inTime(queue.tidy));
    let began = false;
    // Not queued up for: whoever has it posts what is there now.
    const turn: Turn = (held) => {
      began = true;
      return held ? drainAll() : schedule.wake(GRACE);
    };
    try {
      await (locks
        ? locks.request(lock, { ifAvailable: true }, turn)
        : (await inTime(care)).lease(platform, lock, turn));
    } catch (error) {
      if (began) {
        // Without its turn it would fail as it did, and post what others post.
        schedule.failed(undefined);
        throw error;
      }
      // In a sandboxed frame the locks are there, and refuse.
      await drainAll();
    }
  };
}

/** `run`, for who asks while it is under way also once more: it may not have seen what for. */
function oneAtATime(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let again = false;
  // Not with `finally` or `catch`: pages replace them, and what they throw would be a rejection of ours.
  const runAll = async (): Promise<void> => {
    try {
      do {
        again = false;
        await run();
      } while (again);
    } finally {
      running = undefined;
    }
  };
  return async () => {
    again = !!running;
    running ??= runAll();
    await running;
  };
}

export function createSender(options: SenderOptions): Sender {
  const { platform, guard } = options;
  const known: Known = { own: new Map(), underWay: new Set() };
  const { own, underWay } = known;
  const drain = async (): Promise<void> => {
    if (!schedule.open()) return schedule.wake(0);
    await drainOnce();
  };
  const schedule = createSchedule(platform, guard(drain));
  const attempt = createAttempt(options, schedule, known);
  const drainOnce = oneAtATime(createTurn(options, { schedule, known, attempt }));
  /** Of the second that begins at `second`. */
  let begun = 0;
  let second = 0;
  const post = (batch: readonly Entry[]): void => {
    if (schedule.open()) guard(attempt)(batch, true);
  };
  return {
    ...{ drain, post },
    send: (entry) => {
      own.set(entry.key, 0);
      // While the collector is left alone a timer is set already.
      if (!schedule.open()) return;
      const time = platform.now();
      if (Math.abs(time - second) > SECOND) {
        second = time;
        begun = 0;
      }
      begun += 1;
      if (begun <= MAX_LIVE_POSTS && underWay.size < MAX_LIVE_POSTS) post([entry]);
      else schedule.wake(SOON);
    },
    start: () => {
      // `navigator.onLine` is never asked: true says only that some interface is up (platform.md §D).
      guard(drain)();
      // Not when it is left: a read that waits in the back/forward cache blocks the next page's writes, and Chromium
      // throws the page out of the cache for it (measured: e2e/delivery.spec.ts).
      const drainSeen = guard(async () => platform.hidden() || (await drain()));
      return [
        ...['online', 'pageshow'].map((type) => platform.on(type, guard(drain))),
        platform.on('visibilitychange', drainSeen),
        schedule.stop,
      ];
    },
  };
}
