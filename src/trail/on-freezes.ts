// When the page did not respond for a second or more.
import type { Platform, Stop } from '../platform/platform.js';
import type { Watch } from './watch.js';

/** What counts as long. Milliseconds. */
export const LONG = 1_000;
/** How often it is looked; what is shorter than this and `LONG` together may be missed. Milliseconds. */
const TICK = 500;
/** A gap beyond this is no freeze: the machine slept. Milliseconds. */
const SLEPT = 60_000;

/** @param since how long it has been over. Milliseconds */
type Tell = (ms: number, since: number) => void;

/** The browser's own account, Chromium's only. */
function onTasks({ PerformanceObserver: Observer, performance }: Platform['realm'], tell: Tell): Stop {
  const observer = new Observer((list) => {
    for (const { startTime, duration } of list.getEntries())
      if (duration >= LONG) tell(duration, performance.now() - startTime - duration);
  });
  observer.observe({ type: 'longtask', buffered: true });
  return () => observer.disconnect();
}

/** Elsewhere a timer that comes late tells it. Timers of a hidden page are slowed down, and nobody waits for it. */
function onGaps({ realm, now, later, on }: Platform, tell: Tell): Stop[] {
  let cancel: Stop | undefined;
  const wait = (): void => {
    const due = now() + TICK;
    cancel = later(() => {
      const late = now() - due;
      if (late >= LONG && late < SLEPT) tell(late, 0);
      wait();
    }, TICK);
  };
  const stop = () => cancel?.();
  const look = () => {
    stop();
    // A worker has no document, and is never hidden.
    if (realm.document?.visibilityState !== 'hidden') wait();
  };
  look();
  return [on('visibilitychange', look), stop];
}

export function onFreezes({ platform, keep }: Watch): Stop[] {
  const tell: Tell = (ms, since) =>
    keep('freeze', 'did not respond', { at: Math.round(platform.now() - since), ms: Math.round(ms) });
  const { PerformanceObserver: Observer } = platform.realm;
  return Observer?.supportedEntryTypes?.includes('longtask')
    ? [onTasks(platform.realm, tell)]
    : onGaps(platform, tell);
}
