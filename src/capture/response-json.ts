import type { Platform, Realm, Stop } from '../platform/platform.js';
import { replace } from './replace.js';

const { apply } = Reflect;

/**
 * Chromium fires no `unhandledrejection` for `response.json()` on a body that is no JSON: V8 places the SyntaxError in
 * the body, which Blink takes for a script of another origin (measured in 156, platform.md §B2). A new one, made here,
 * has a place in this script, and on its stack who awaits. So that place must not be withheld itself.
 */
export function mendJson({ muted }: Platform, { Response, SyntaxError: Fault }: Realm): Stop {
  // Only V8 writes calls so.
  if (muted || !/^ +at /m.test(`${new Error().stack}`)) return () => undefined;
  return replace(Response?.prototype, 'json', {
    async crashpostCallback(native, self, args) {
      try {
        return await apply(native, self, args);
      } catch (error) {
        throw error instanceof Fault ? new Fault(error.message) : error;
      }
    },
  });
}
