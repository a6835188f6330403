import type { Platform } from '../platform/platform.js';

/** The name of what `generateTestCrash` throws. */
export const TEST_CRASH = 'TestCrashError';

/** A line of our own files: an uncaught error with one on top counts as a fault of ours, which is not reported. */
const OURS = /crashpost(\.\w+)?\.min\.js/;

/** Throws in a task of its own, as an app does: nobody catches it. */
export function throwTestCrash({ later }: Pick<Platform, 'later'>): void {
  const error = new Error('Test crash, made by generateTestCrash()');
  error.name = TEST_CRASH;
  const lines = `${error.stack ?? ''}`.split('\n').filter((line) => !OURS.test(line));
  // WebKit and Firefox have no header.
  error.stack = lines.join('\n');
  later(() => {
    throw error;
  }, 0);
}
