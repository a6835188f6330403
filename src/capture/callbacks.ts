// WebKit withholds ("Script error.") what scripts of other origins throw when it calls them back, even those loaded
// with CORS (https://bugs.webkit.org/show_bug.cgi?id=132945, 151548), and its own errors where no script is on the
// stack, as after a tail call. Who catches gets everything: so its callbacks are wrapped, in no other engine.
import { attempt } from '../platform/guard.js';
import type { Platform, Realm, Stop } from '../platform/platform.js';
import type { Thrown } from '../thrown.js';
import { type Callable, replace } from './replace.js';

const { apply } = Reflect;

const isObject = (value: unknown): value is object => Object(value) === value;

export interface Callbacks {
  /** Wraps what is given to the realm's timers and listeners from now on, where the engine needs it. */
  wrap(realm: Realm): Stop;
  /** The value that a wrapper saw, in the place of one that the browser withholds. */
  recall(thrown: Thrown): Thrown;
}

export function createCallbacks({ later }: Platform): Callbacks {
  const wrappers = new WeakMap<object, Callable>();
  let held: unknown[] = [];
  // Only JavaScriptCore's errors have one.
  let live = 'sourceURL' in new Error();

  /** @param callback a function, or an object with `handleEvent` */
  const toWrapper = (callback: object): object => {
    const known = wrappers.get(callback);
    if (known || !live) return known ?? callback;
    const { crashpostCallback } = {
      crashpostCallback(this: unknown, ...args: never[]) {
        try {
          return typeof callback === 'function'
            ? callback.apply(this, args)
            : (callback as { handleEvent: Callable }).handleEvent(...args);
        } catch (error) {
          held.push(error);
          // The event comes within this task. Where a caller of ours catches it (zone.js), none does.
          later(() => {
            held = [];
          }, 0);
          throw error;
        }
      },
    };
    wrappers.set(callback, crashpostCallback);
    // Another wrapper of ours may hand it on.
    wrappers.set(crashpostCallback, crashpostCallback);
    return crashpostCallback;
  };

  const wrapTimer = (realm: Realm, name: string): Stop =>
    replace(realm, name, {
      crashpostCallback(native, self, args) {
        if (typeof args[0] === 'function') args[0] = toWrapper(args[0]);
        return apply(native, self, args);
      },
    });

  // For good: what was added wrapped has to be found after `stop` too.
  const wrapListeners = ({ prototype }: Realm['EventTarget']): void => {
    const remove = prototype.removeEventListener;
    for (const name of ['addEventListener', 'removeEventListener'] as const)
      replace(prototype, name, {
        crashpostCallback(native, self, args) {
          const [type, listener, options] = args;
          if (isObject(listener) && (live || wrappers.has(listener))) {
            const pair = [toWrapper(listener), listener];
            if (name !== 'addEventListener') pair.reverse();
            // One of them takes the other's place, as a listener may have been added before the reporter started.
            args[1] = pair[0];
            attempt(() => apply(remove, self, [type, pair[1], options]));
          }
          return apply(native, self, args);
        },
      });
  };

  return {
    wrap(realm) {
      if (!live) return () => undefined;
      wrapListeners(realm.EventTarget);
      const stops = ['setTimeout', 'setInterval', 'requestAnimationFrame', 'queueMicrotask'].map((name) =>
        wrapTimer(realm, name),
      );
      return () => {
        live = false;
        for (const stop of stops) stop();
      };
    },
    recall(thrown) {
      if (!thrown.event) return thrown;
      // Innermost first: listeners nest (`click()` in a listener).
      const at =
        thrown.event.message === 'Script error.'
          ? held.length - 1
          : held.findIndex((value) => Object.is(value, thrown.value));
      // Without the event, which has the place of the wrapper.
      return at < 0 ? thrown : { value: held.splice(at, 1)[0], handled: false };
    },
  };
}
