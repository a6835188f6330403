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
  /** Drains now, and whenever there is reason to. */
  start(): Stop[];
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
  let said: string | undefined;
  let limit = MAX_BATCH_LOGS;
  /** True when the next batch may follow. */
  const attempt = async (batch: readonly Entry[]): Promise<boolean> => {
    for (const { key } of batch) underWay.add(key);
    const { kind, reason, after, throttled = [] } = await post(batch.map(({ json }) => json));
    // Once: a page may report what is written to the console, and that would have the same fault.
    if (reason && reason !== said) guard(platform.say)(reason);
    said = reason;
    // Only what the collector has answered for leaves the queue. One bad log must not take the others with it.
    const answered = kind === 'accepted' || (kind === 'refused' && batch.length === 1);
    const blocked = kind === 'blocked';
    const keys = batch.map(({ key }) => key);
    try {
      if (answered) await queue.remove(keys.filter((key) => !throttled.includes(idOf(key))));
    } finally {
      // A log that is blocked all alone stays queued, and is left out until the next start.
      if (!blocked || batch.length > 1) for (const key of keys) underWay.delete(key);
    }
    if (blocked) limit = 1;
    if (after || kind === 'retry') {
      schedule.failed(after);
      guard(platform.requestSync)();
      return false;
    }
    schedule.succeeded();
    if (!answered) for (const entry of batch) if (!(await attempt([entry]))) return false;
    return true;
  };
  const drainAll = async (): Promise<void> => {
    for (let more = true; more; ) {
      const batch = toBatch(await queue.peek(MAX_BATCH_LOGS + underWay.size), underWay).slice(0, limit);
      more = batch.length > 0 && (await attempt(batch));
    }
  };
  return { attempt, drainAll, underWay };
}

export function createSender(options: SenderOptions): Sender {
  const { platform, guard, lock } = options;
  const drain = async (): Promise<void> => {
    if (draining) return;
    if (!schedule.open()) return schedule.wake(0);
    draining = true;
    try {
      // One tab after the other: each finds only what is left. In a sandboxed frame the locks are there, and refuse.
      await (platform.locks?.request(lock, drainAll).catch(drainAll) ?? drainAll());
    } finally {
      draining = false;
    }
  };
  const schedule = createSchedule(platform, guard(drain));
  const { attempt, drainAll, underWay } = createAttempt(options, schedule);
  let draining = false;

  return {
    drain,
    send: (entry) => {
      // While the collector is left alone a timer is set already.
      if (!schedule.open()) return;
      if (underWay.size < MAX_LIVE_POSTS) guard(attempt)([entry]);
      else schedule.wake(SOON);
    },
    start: () => {
      // `navigator.onLine` is never asked: true says only that some interface is up (platform.md §D).
      guard(drain)();
      return [
        ...['online', 'pageshow', 'visibilitychange'].map((type) => platform.on(type, guard(drain))),
        schedule.stop,
      ];
    },
  };
}
