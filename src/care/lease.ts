import { attempt } from '../platform/guard.js';
import type { Platform } from '../platform/platform.js';
import type { Turn } from '../queue/care.js';

/** How long a turn is good for unless it is given back: longer than a post may take. Milliseconds. */
const LEASE = 40_000;
/** Writes of two tabs may cross: after this, both see the later one. Milliseconds. */
const CROSSING = 50;

/**
 * One tab at a time where there are no Web Locks: Safari before 15.4, and pages without TLS. Who dies without giving
 * the turn back has had it when the time is over; a drain that takes longer may be joined by another tab's, and the
 * collector knows what comes twice.
 */
export async function lease(platform: Platform, name: string, turn: Turn): Promise<void> {
  const { local, now, later, on, uuid } = platform;
  const read = () => attempt(() => local?.getItem(name));
  const left = Number.parseInt(read() ?? '', 10) - now();
  // Further away than any lease: the clock was set back.
  if (left > 0 && left <= LEASE) return turn(null);
  const mine = `${now() + LEASE} ${uuid()}`;
  attempt(() => local?.setItem(name, mine));
  await new Promise<void>((resolve) => later(resolve, CROSSING));
  // Where nothing can be stored there is nobody to share with.
  if ((read() ?? mine) !== mine) return turn(null);
  const giveBack = () => {
    if (read() === mine) local?.removeItem(name);
  };
  const stop = on('pagehide', giveBack);
  try {
    await turn(mine);
  } finally {
    stop();
    giveBack();
  }
}
