import type { Guard } from '../platform/guard.js';
import type { Platform } from '../platform/platform.js';
import type { LoadCare } from '../queue/care.js';
import { type Entry, idOf, type LogStore } from '../queue/log-store.js';
import type { Outcome } from './outcome.js';
import type { Post } from './post.js';
import type { Schedule } from './schedule.js';

/** Stands around a post: who is to know of it, or to keep it from being made. Never rejects. */
export type Around = (batch: readonly Entry[], run: () => Promise<Outcome>) => Promise<Outcome>;

export interface AttemptOptions {
  readonly platform: Platform;
  readonly guard: Guard;
  readonly queue: LogStore;
  readonly post: Post;
  readonly care: LoadCare;
  readonly hooks?: { readonly around: Around };
}

/** What this page knows of the queue's entries; all else is on disk. */
export interface Known {
  /**
   * Not answered yet, and 0: put by this page; 1: posted by it alone, in vain; more: when that was, in milliseconds since
   * the epoch, where others had just been answered, so that it may be the log and not the network. What is not 0 goes last.
   */
  readonly own: Map<string, number>;
  /** Being posted. Also what is not to be posted before the next start: answered but not to be removed, or blocked. */
  readonly underWay: Set<string>;
}

/**
 * One try at a batch, and what follows from it for the queue and the schedule. True when the next may follow.
 * @param split one log of a batch that had no answer, while others have
 */
export type Attempt = (batch: readonly Entry[], live?: boolean, split?: boolean) => Promise<boolean>;

/** So many logs in a row may fail alone, after somebody was answered, before it is the network that failed. */
const MAX_DOUBTS = 2;

export function createAttempt(options: AttemptOptions, schedule: Schedule, known: Known): Attempt {
  const { platform, guard, queue, post, care, hooks } = options;
  const { own, underWay } = known;
  let said: string | undefined;
  /** None before somebody is answered. */
  let doubts = 0;

  const attempt: Attempt = async (batch, live, split) => {
    const keys = batch.map(({ key }) => key);
    for (const key of keys) underWay.add(key);
    const logs = batch.map(({ json }) => json);
    const run = () => (live ? post(logs) : post(logs, care));
    const { kind, reason, after, throttled = [] } = await (hooks ? hooks.around(batch, run) : run());
    // Once: a page may report what is written to the console, and that would have the same fault.
    if (reason && reason !== said) {
      said = reason;
      guard(platform.say)(reason);
    }
    // Only what the collector has answered for leaves the queue. One bad log must not take the others with it.
    const alone = !batch[1] && batch[0];
    const answered = kind === 'accepted' || (kind === 'refused' && alone);
    if (answered) {
      const done = keys.filter((key) => !throttled.includes(idOf(key)));
      await queue.remove(done);
      for (const key of done) own.delete(key);
    }
    // A log that is blocked all alone stays queued, and is left out until the next start.
    const blocked = kind === 'blocked';
    if (!blocked || !alone) for (const key of keys) underWay.delete(key);
    // Others get through: a proxy may cut the connection for what it sees in one of these, and it stays queued alone.
    const cut = kind === 'retry' && !after && !live;
    const reached = cut && doubts > 0;
    const doubted = reached && (!alone || split);
    if (cut && alone) own.set(alone.key, doubts-- > 0 ? platform.now() : 1);
    const lost = !doubted && (after ? !blocked || alone : kind === 'retry');
    if (lost) doubts = 0;
    else {
      if (answered) {
        doubts = MAX_DOUBTS;
        schedule.succeeded(live);
      } else if (!alone)
        for (const entry of batch)
          if (!schedule.open() || !(await attempt([entry], false, doubted))) return false;
      if (alone || !doubted) return true;
    }
    schedule.failed(reached ? 0 : after);
    guard(platform.requestSync)();
    return false;
  };
  return attempt;
}
