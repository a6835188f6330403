import { attempt } from '../platform/guard.js';
import type { Thrown } from '../thrown.js';

/**
 * Tells an uncaught error that was reported already: one object that rejects three promises, or is thrown again by who
 * caught it, is one error and several events (platform.md §B2). What an app gives to `trackError` is reported each
 * time, and does not stand in the way of the crash it may become when it is thrown on.
 */
export function createOnce(): (thrown: Thrown) => boolean {
  const seen = new WeakSet();
  return ({ value, handled }) =>
    // Only objects can be remembered, and only they can be the same: for all others `add` throws.
    handled || !attempt(() => seen.has(value as object) || !seen.add(value as object));
}
