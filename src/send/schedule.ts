import type { Platform, Stop } from '../platform/platform.js';

/**
 * App Center's delays after the first, the second, and every later failure are 10 s, 5 min and 20 min, each half fixed
 * and half random: not everybody meets a recovering collector at once (HttpClientRetryer, Android SDK). Milliseconds.
 */
export const FIRST_HALF = 5_000;
const HALVES = [FIRST_HALF, 150_000];
const LAST_HALF = 600_000;
const DAY = 86_400_000;
/** What is queued is tried early, as new errors get through, no more often. Milliseconds. */
const HOPE = 150_000;
/** How soon a batch follows an error that could not be posted at once. Milliseconds. */
export const SOON = 200;

/** Longer than any page lives. Milliseconds. */
export const NEVER = 9e15;

/** When to try again, and until when to leave the collector alone. */
export interface Schedule {
  /** False while the collector is to be left alone. */
  readonly open: () => boolean;
  /** Runs in `ms` milliseconds, but not before the collector wants it, and sooner where a run is due sooner. */
  readonly wake: (ms: number) => void;
  /** @param live what is new, in the task that put it: what is queued may fail though that has not */
  readonly succeeded: (live?: boolean) => void;
  /**
   * The next try is due by App Center's schedule, and not before `after`: so long whoever answered is left alone, by new
   * errors too (`NEVER`: until the next start). A network that failed may be back at any moment; what got through just
   * before (0) may at once. Milliseconds.
   */
  readonly failed: (after: number | undefined) => void;
  readonly stop: Stop;
}

export function createSchedule({ now, later }: Platform, run: () => void): Schedule {
  let failures = 0;
  let notBefore = 0;
  /** When that was said. */
  let since = 0;
  /** When something got through that failed before. */
  let hoped = 0;
  let due = 0;
  let cancel: Stop | undefined;
  // A clock that was set back says nothing of how long is left.
  const left = (): number => (now() < since && notBefore < NEVER ? 0 : notBefore - now());
  const wake = (ms: number): void => {
    const at = now() + Math.max(ms, left());
    if (cancel && at >= due) return;
    cancel?.();
    due = at;
    cancel = later(
      () => {
        cancel = undefined;
        run();
      },
      // A timer beyond 2^31 ms fires at once, and again, and again.
      Math.min(at - now(), DAY),
    );
  };
  return {
    open: () => left() <= 0,
    wake,
    stop: () => {
      cancel?.();
      // Nothing is due any more, nor will be: what is still under way may try to wake it.
      cancel = () => {};
      notBefore = NEVER;
      due = 0;
    },
    succeeded: (live) => {
      // The collector is there again: what waits for a timer of minutes need not. Where that was in vain, the next
      // errors do not have it tried again each.
      if (failures < 1 || (live && Math.abs(now() - hoped) < HOPE)) return;
      hoped = now();
      failures = 0;
      wake(SOON);
    },
    failed: (after) => {
      // Whoever says the same to all is not asked again by all in one instant.
      const alone = after ? after + FIRST_HALF * Math.random() : (after ?? SOON);
      notBefore = now() + Math.max(left(), alone);
      since = now();
      // Posts that fail together are one failure: the first of them set the timer.
      if (!cancel) wake((HALVES[failures++] ?? LAST_HALF) * (1 + Math.random()));
    },
  };
}
