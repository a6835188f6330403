import type { Guard } from '../platform/guard.js';
import type { Platform, Stop } from '../platform/platform.js';
import { type Entry, idOf, type LogStore } from '../queue/log-store.js';
import { MAX_BATCH_LOGS } from '../wire/index.js';
import type { Post } from './post.js';
import { createSchedule, type Schedule, SOON } from './schedule.js';

/** Characters of one batch: with keepalive a body has 64 KiB at most, and a character may be three bytes. */
const MAX_BATCH_CHARACTERS = 45_000;
/** Posts begun in the task of their error and not yet answered. What comes beyond waits for the next batch. */
const MAX_LIVE_POSTS = 15;
/** How soon to look again after another tab was found sending. Milliseconds. */
const HELD = 10_000;

export interface SenderOptions {
  readonly platform: Platform;
  readonly guard: Guard;
  readonly queue: LogStore;
  readonly post: Post;
  /** Only one of the tabs drains the queue at a time: the name of their lock. */
  readonly lock: string;
}

export interface Sender {
  /** Posts one entry at once, in the caller's task, unless the collector is to be left alone. */
  send(entry: Entry): void;
  /** Sends what is queued, until nothing is left or the collector cannot be had. */
  drain(): Promise<void>;
  /** Drains whenever there is reason to. */
  start(): Stop;
}

/** The oldest entries that are not under way, as many as fit one post. */
function toBatch(entries: readonly Entry[], underWay: ReadonlySet<string>): Entry[] {
  let characters = 0;
  return entries
    .filter(({ key }) => !underWay.has(key))
    .slice(0, MAX_BATCH_LOGS)
    .filter(({ json }, i) => {
      characters += json.length;
      return !i || characters <= MAX_BATCH_CHARACTERS;
    });
}

/** One try at a batch, and what follows from it for the queue and the schedule. */
function createAttempt({ platform, guard, queue, post }: SenderOptions, schedule: Schedule) {
  const underWay = new Set<string>();
  /** True when the next batch may follow. */
  const attempt = async (batch: readonly Entry[]): Promise<boolean> => {
    for (const { key } of batch) underWay.add(key);
    const { kind, reason, after, throttled = [] } = await post(batch.map(({ json }) => json));
    if (reason) platform.say(reason);
    // Only what the collector has answered for leaves the queue. One bad log must not take the others with it.
    const answered = kind === 'accepted' || (kind === 'refused' && batch.length === 1);
    const keys = batch.map(({ key }) => key);
    try {
      if (answered) await queue.remove(keys.filter((key) => !throttled.includes(idOf(key))));
    } finally {
      for (const key of keys) underWay.delete(key);
    }
    if (after || kind === 'retry') {
      schedule.failed(after);
      guard(platform.requestSync)();
      return false;
    }
    schedule.succeeded();
    if (!answered) for (const entry of batch) if (!(await attempt([entry]))) return false;
    return true;
  };
  return { attempt, underWay };
}

export function createSender(options: SenderOptions): Sender {
  const { platform, guard, queue, lock } = options;
  const drain = async (): Promise<void> => {
    if (draining) return;
    if (!schedule.open()) return schedule.wake(0);
    draining = true;
    try {
      if (!platform.locks) await drainAll();
      // Another tab that holds the lock sends what is queued here too, but for what came after its last look.
      else
        await platform.locks.request(lock, { ifAvailable: true }, (held) =>
          held ? drainAll() : schedule.wake(HELD),
        );
    } finally {
      draining = false;
    }
  };
  const schedule = createSchedule(platform, guard(drain));
  const { attempt, underWay } = createAttempt(options, schedule);
  let draining = false;

  const drainAll = async (): Promise<void> => {
    for (let more = true; more; ) {
      const batch = toBatch(await queue.peek(MAX_BATCH_LOGS + MAX_LIVE_POSTS), underWay);
      more = batch.length > 0 && (await attempt(batch));
    }
  };

  return {
    drain,
    send: (entry) => {
      if (schedule.open() && underWay.size < MAX_LIVE_POSTS) guard(attempt)([entry]);
      else schedule.wake(SOON);
    },
    start: () => {
      // `navigator.onLine` is never asked: true says only that some interface is up (platform.md §D).
      const stops = ['online', 'pageshow', 'visibilitychange'].map((type) => platform.on(type, guard(drain)));
      return () => {
        for (const stop of [...stops, schedule.stop]) stop();
      };
    },
  };
}
