// What is left to do when the page is left: reports that wait for the next batch would wait for the next visit.
import type { Guard } from '../platform/guard.js';
import type { Platform, Stop } from '../platform/platform.js';
import { type Entry, HELD, sizeOf, timeOf } from '../queue/log-store.js';
import { MAX_BATCH_LOGS } from '../wire/index.js';

/** More never fits in what may outlive a page: `fetch` takes 64 KiB with keepalive. Bytes. */
const MOST = 65_536;
/** What is older may have been sent by another tab, or by the service worker (GRACE of the sender). Milliseconds. */
const YOUNG = 5_000;
/** Of `{"logs":[…]}`. Bytes. */
const AROUND = 11;

export interface LeaveOptions {
  readonly platform: Platform;
  readonly guard: Guard;
  /** To the disk, and, unless its key is a held one, to the wire. */
  readonly pass: (entry: Entry) => void;
  readonly sender: { post(batch: readonly Entry[]): void };
  readonly post: { hasRoom(size: number): boolean };
}

export interface Leave extends Pick<LeaveOptions, 'pass'> {
  /** A post of these is being made. */
  begun(batch: readonly Entry[]): void;
  readonly stops: readonly Stop[];
}

/**
 * Posts in one, when the page is hidden or left, what of this page's no post was begun for: as much as may outlive it,
 * the latest first. The page after it leaves what is that young to this post, so nothing comes twice.
 */
export function createLeave({ platform, guard, pass, sender, post }: LeaveOptions): Leave {
  /** By key, the oldest first: no more than one post has. */
  const waiting = new Map<string, Entry>();
  const leave = guard(() => {
    let size = AROUND;
    const batch = [...waiting.values()].reverse().filter(({ key }) => {
      const more = size + sizeOf(key) + 1;
      const fits = post.hasRoom(more) && Math.abs(platform.now() - timeOf(key)) < YOUNG;
      if (fits) size = more;
      return fits;
    });
    if (batch[0]) sender.post(batch);
  });
  return {
    pass: (entry) => {
      // An attachment may have megabytes.
      if (entry.key < HELD && sizeOf(entry.key) < MOST) waiting.set(entry.key, entry);
      // In this task most of them are begun.
      pass(entry);
      if (waiting.size > MAX_BATCH_LOGS) waiting.delete([...waiting.keys()][0] ?? '');
    },
    begun: (batch) => {
      for (const { key } of batch) waiting.delete(key);
    },
    stops: [
      platform.on('pagehide', leave),
      // Phones end pages that are not seen, and say no more.
      platform.on('visibilitychange', () => platform.hidden() && leave()),
    ],
  };
}
