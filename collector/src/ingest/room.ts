import type { Limits } from './limits.js';
import { Refused } from './refused.js';

/** What all posts together hold. Beyond it posts are put off: 503 keeps them in their client's queue. */
export interface Room {
  /** Throws `Refused` when too many posts wait for the store. */
  check(): void;
  /** Counts a post as waiting for the store while `work` runs. Throws as `check` does. */
  waiting<T>(work: () => Promise<T>): Promise<T>;
  /** A share of the memory for bodies. */
  share(): Share;
}

export interface Share {
  /** Throws `Refused` when all bodies together are too large. */
  take(bytes: number): void;
  giveBack(): void;
}

export function createRoom(limits: Pick<Limits, 'waitingPosts' | 'heldBytes'>): Room {
  let posts = 0;
  let held = 0;
  const check = () => {
    if (posts >= limits.waitingPosts) throw busy(`${posts} posts are waiting to be stored`);
  };
  return {
    check,
    async waiting(work) {
      check();
      posts++;
      try {
        return await work();
      } finally {
        posts--;
      }
    },
    share() {
      let mine = 0;
      return {
        take(bytes) {
          if (held + bytes > limits.heldBytes) throw busy('the bodies being received fill the memory');
          held += bytes;
          mine += bytes;
        },
        giveBack() {
          held -= mine;
          mine = 0;
        },
      };
    },
  };
}

function busy(why: string): Refused {
  return new Refused(503, 'ServiceUnavailable', `${why}; post again later`);
}
