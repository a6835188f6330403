// WebKit withholds ("Script error.") what scripts of other origins throw when it calls them back, even those loaded
// with CORS (https://bugs.webkit.org/show_bug.cgi?id=132945, 151548), and its own errors where no script is on the
// stack, as after a tail call. Who catches gets everything: so its callbacks are wrapped, in no other engine.
import { attempt } from '../platform/guard.js';
import type { Realm, Stop } from '../platform/platform.js';
import { type Callable, replace } from './replace.js';

const { apply } = Reflect;

/** Gives what calls a function, or an object with `handleEvent`, of that realm; anything else as it is. */
export type Wrap = (callback: unknown, realm: Realm) => unknown;

const TIMERS = ['setTimeout', 'setInterval', 'requestAnimationFrame', 'queueMicrotask'];
const LISTENERS = ['addEventListener', 'removeEventListener'];

/** @param onThrow is given what a callback throws, and then it is thrown on */
export function createWrap(onThrow: (value: unknown) => void): { readonly wrap: Wrap; readonly stop: Stop } {
  const wrappers = new WeakMap<object, unknown>();
  let live = true;
  const wrap: Wrap = (callback, realm) => {
    const known = wrappers.get(callback as object);
    if (known || !live || !attempt(() => callback instanceof realm.Object)) return known ?? callback;
    const handler = {
      crashpostCallback(_: Callable, self: unknown, args: never[]) {
        try {
          return typeof callback === 'function'
            ? callback.apply(self, args)
            : (callback as { handleEvent: Callable }).handleEvent(...args);
        } catch (error) {
          onThrow(error);
          throw error;
        }
      },
    };
    // A Proxy of the realm's own: WebKit shows an error to the window that the function is of, not to the one that calls
    // it back (measured), and a frame is to hear of its own errors.
    const target = typeof callback === 'function' ? (callback as Callable) : realm.Function.prototype;
    const wrapper = new realm.Proxy(target, { apply: handler.crashpostCallback });
    // Of itself too: another stand-in of ours may hand it on.
    for (const each of [callback, wrapper]) wrappers.set(each as object, wrapper);
    return wrapper;
  };
  return {
    wrap,
    stop: () => {
      live = false;
    },
  };
}

const wrapTimer = (realm: Realm, name: string, wrap: Wrap): Stop =>
  replace(realm, name, {
    crashpostCallback(native, self, args) {
      // Text is to be run as it is.
      if (typeof args[0] === 'function') args[0] = wrap(args[0], realm);
      return apply(native, self, args);
    },
  });

/** A listener and its wrapper take each other's place: the page may have added it before the reporter started. */
function wrapListeners(realm: Realm, wrap: Wrap): void {
  const { prototype } = realm.EventTarget;
  const remove = prototype.removeEventListener;
  LISTENERS.forEach((name, i) => {
    replace(prototype, name, {
      crashpostCallback(native, self, args) {
        const [type, listener, options] = args;
        const pair = [wrap(listener, realm), listener];
        if (pair[0] !== listener) {
          args[1] = pair[i];
          attempt(() => apply(remove, self, [type, pair[1 - i], options]));
        }
        return apply(native, self, args);
      },
    });
  });
}

/**
 * Wraps the callbacks given to the realm's timers and listeners from now on, where the engine needs it. Stopping leaves
 * the functions for listeners where they are: what was added wrapped has to be found when it is removed.
 */
export function wrapCallbacks(realm: Realm, wrap: Wrap): Stop[] {
  // Only JavaScriptCore's errors have one.
  if (!('sourceURL' in new Error())) return [];
  wrapListeners(realm, wrap);
  return TIMERS.map((name) => wrapTimer(realm, name, wrap));
}
