// What the page's own functions may do: throw, give a promise, never come back. None of it holds a report up for ever.
import { attempt } from '../platform/guard.js';
import type { Platform } from '../platform/platform.js';

/** A promise of the page's that takes longer is passed over. Milliseconds. */
export const PATIENCE = 5_000;

export const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof (value as PromiseLike<unknown> | null)?.then === 'function';

export interface Box {
  /** What `run` gives: itself, a promise of it, or nothing where it throws, rejects, or does not come back. Never throws. */
  ask<T>(name: string, run: () => T): T | Promise<Awaited<T> | undefined> | undefined;
}

/** Each fault is said once: a listener that fails, fails with every report. */
export function createBox(platform: Platform): Box {
  const said = new Set<string>();
  const say = (text: string, ...details: unknown[]): void => {
    if (said.has(text)) return;
    said.add(text);
    attempt(() => platform.say(text, ...details));
  };
  const failed = (name: string, error: unknown): undefined =>
    void say(`${name} failed, and the report goes on:`, error);
  const inTime = <T>(name: string, value: T) =>
    new Promise<Awaited<T> | undefined>((resolve) => {
      const cancel = platform.later(() => {
        say(`${name} has not answered within ${PATIENCE / 1000} s, and the report goes on`);
        resolve(undefined);
      }, PATIENCE);
      const settle = async () => {
        try {
          resolve(await value);
        } catch (error) {
          failed(name, error);
          resolve(undefined);
        }
        cancel();
      };
      settle();
    });
  return {
    ask(name, run) {
      try {
        const value = run();
        return isPromise(value) ? inTime(name, value) : value;
      } catch (error) {
        return failed(name, error);
      }
    },
  };
}
