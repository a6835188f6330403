import type { Platform } from './platform.js';

/** What `read` gives, or nothing where it throws. */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** Undefined where it rejects. Not with `catch`, which pages replace, and which may throw then. */
export async function settle<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch {
    return undefined;
  }
}

/** Faults shown with `debug`: a fault that comes with every report must not flood the console. */
const MAX_SAID = 50;

/**
 * Keeps our faults off the page: `run`, made unable to throw or to reject. An error of ours must not reach the page, and
 * an unhandled rejection of ours would be reported as the page's. With `debug` it is shown.
 */
export type Guard = <A extends unknown[]>(run: (...args: A) => unknown) => (...args: A) => Promise<void>;

export function createGuard(platform: Platform, debug: boolean | undefined): Guard {
  let faults = 0;
  const caught = (error: unknown): void => {
    faults += 1;
    // Counted first: a page that reports what is written to its console, or breaks it, would have us here again.
    if ((debug || platform.debug) && faults <= MAX_SAID)
      attempt(() => platform.say(`internal error ${faults}`, error));
  };
  return (run) =>
    async (...args) => {
      try {
        // Not `catch`, which pages replace, and which may throw then. Nothing waits for what is no promise.
        await run(...args);
      } catch (error) {
        caught(error);
      }
    };
}
