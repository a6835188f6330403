import { onEvent, type Platform, type Stop } from '../platform/platform.js';
import type { Thrown } from './thrown.js';

/** Rejected promises that nobody handled by the end of the task. */
export function onRejection(platform: Platform, report: (thrown: Thrown) => void): Stop {
  return onEvent<PromiseRejectionEvent>(platform, 'unhandledrejection', ({ reason }) =>
    report({ value: reason, handled: false }),
  );
}
