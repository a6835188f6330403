import { attempt } from '../platform/guard.js';
import type { Platform, Stop } from '../platform/platform.js';
import type { Turn } from '../queue/care.js';

/**
 * How long a turn is good for unless it is renewed or given back. Longer than a minute: so rarely a hidden page's timers
 * run (https://developer.chrome.com/blog/timer-throttling-in-chrome-88). Milliseconds.
 */
const LEASE = 70_000;
/** A post may take longer than any lease should, and a drain many posts: who works renews it. Milliseconds. */
const RENEWAL = 20_000;
/** Writes of two tabs may cross: after this, both see the later one. Milliseconds. */
const CROSSING = 50;

/**
 * One tab at a time where there are no Web Locks: Safari before 15.4, and pages without TLS. Who works keeps the turn
 * however long it takes; who dies, or is frozen, without giving it back has had it when the time is over.
 */
export async function lease(platform: Platform, name: string, turn: Turn): Promise<void> {
  const { local, now, later, on, uuid } = platform;
  const read = () => attempt(() => local?.getItem(name)) ?? '';
  const left = Number.parseInt(read(), 10) - now();
  // Further away than any lease: the clock was set back.
  if (left > 0 && left <= LEASE) return turn(null);
  const mine = uuid();
  const isMine = () => read().endsWith(mine);
  const write = () => attempt(() => local?.setItem(name, `${now() + LEASE} ${mine}`));
  write();
  await new Promise<void>((resolve) => later(resolve, CROSSING));
  // Where nothing can be stored there is nobody to share with.
  if (read() && !isMine()) return turn(null);
  let cancel: Stop = () => {};
  const renew = () => {
    // Not: another's since this page was frozen, given back, or erased with all that is ours.
    if (!isMine()) return;
    write();
    cancel = later(renew, RENEWAL);
  };
  const giveBack = () => {
    cancel();
    if (isMine()) local?.removeItem(name);
  };
  renew();
  const stop = on('pagehide', giveBack);
  try {
    await turn(mine);
  } finally {
    stop();
    giveBack();
  }
}
