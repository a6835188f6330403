import type { Early, Platform, Stop } from '../platform/platform.js';
import type { Thrown } from '../thrown.js';

/** Rejected promises that nobody handled by the end of the task. */
export function onRejection({ on }: Platform, report: (thrown: Thrown) => void): Stop {
  return on<PromiseRejectionEvent & Early>('unhandledrejection', ({ reason, at, id }) =>
    report({ value: reason, handled: false, at, id }),
  );
}
