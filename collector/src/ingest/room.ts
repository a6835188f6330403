import { within } from './deadlines.js';
import type { Limits } from './limits.js';
import { Refused } from './refused.js';

/** What all posts together hold. Beyond it posts are put off: 503 keeps them in their client's queue. */
export interface Room {
  /** Throws `Refused` when too many posts wait for the store. */
  check(): void;
  /**
   * Waits for the store to tell whose a post is. Throws `Refused` when too many do: they are nobody's yet, so they take no
   * place of those that wait for their commit, and what came with their heads is in no share. Rejects with `Refused` when
   * the work takes longer than `ms`.
   */
  asking<T>(work: Promise<T>, ms: number): Promise<T>;
  /**
   * Counts a post as waiting for the store while `work` runs. Throws as `check` does; rejects with `Refused` when the
   * work takes longer than `ms`: it goes on, counted, and what the client then posts again is the same log.
   */
  waiting<T>(share: Share, work: () => Promise<T>, ms: number): Promise<T>;
  /**
   * How many posts waited for the store at once, at most, since this was asked last. Just after a commit nobody does,
   * be it in the middle of a flood.
   */
  most(): number;
  /** A share of the memory for bodies. */
  share(): Share;
}

export interface Share {
  /** Throws `Refused` when all bodies together are too large. */
  take(bytes: number): void;
  /** Whatever is given back before is held until `work` has ended. */
  until(work: Promise<unknown>): void;
  giveBack(): void;
}

export function createRoom(limits: Pick<Limits, 'waitingPosts' | 'heldBytes'>): Room {
  let posts = 0;
  let most = 0;
  let asking = 0;
  let held = 0;
  const check = () => {
    if (posts >= limits.waitingPosts) throw busy(`${posts} posts are waiting to be stored`);
  };
  return {
    check,
    asking(work, ms) {
      if (asking >= limits.waitingPosts) throw busy(`${asking} posts are waiting for the store`);
      asking++;
      return inTime(work, ms).finally(() => asking--);
    },
    most() {
      const before = most;
      most = posts;
      return before;
    },
    waiting(share, work, ms) {
      check();
      posts++;
      most = Math.max(most, posts);
      const done = work();
      const leave = () => void posts--;
      done.then(leave, leave);
      share.until(done);
      return inTime(done, ms);
    },
    share() {
      let mine = 0;
      let work: Promise<unknown> = Promise.resolve();
      const free = () => {
        held -= mine;
        mine = 0;
      };
      return {
        take(bytes) {
          if (held + bytes > limits.heldBytes) throw busy('the bodies being received fill the memory');
          held += bytes;
          mine += bytes;
        },
        until(next) {
          work = next;
        },
        giveBack: () => void work.then(free, free),
      };
    },
  };
}

/** Rejects with `Refused` 503 when the work, which goes on, takes longer. */
function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  const at = performance.now() + ms;
  return within(work, { dueAt: () => at, late: () => busy('the store takes long') });
}

function busy(why: string): Refused {
  return new Refused(503, 'ServiceUnavailable', `${why}; post again later`);
}
