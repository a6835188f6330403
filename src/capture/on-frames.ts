import { attempt } from '../platform/guard.js';
import type { Platform, Realm, Stop } from '../platform/platform.js';
import { isMarked } from './mark.js';

/**
 * Has `listen` listen in the windows of the same origin below this one too, those to come among them, and `enter` see
 * each; what it gives ends what it has begun there. A frame with a reporter of its own is left to it. No window is kept
 * alive: they are looked for each time.
 */
export function onFrames(
  platform: Platform,
  listen: (inFrames: Platform) => void,
  enter: (realm: Realm) => readonly Stop[],
): Stop {
  const { realm, later } = platform;
  const seen = new WeakSet<Document>();
  // By their intrinsics: the window of a blank page may stay for the page that follows, and be entered already.
  const entered = new WeakMap<object, readonly Stop[]>();
  const listeners: [type: string, listener: (event: never) => void][] = [];
  let live = true;

  /** Passes over those of another origin, which throw. */
  const below = (frame: Realm, run: (frame: Realm) => void): void => {
    for (let i = 0; i < frame.length; i++) attempt(() => run(frame[i] as Realm));
  };
  const visit = (frame: Realm): void => {
    const { document, Object: key } = frame;
    if (!seen.has(document)) {
      seen.add(document);
      // What listens in a window that stays may stay too: the same listener is added once.
      for (const [type, listener] of listeners) frame.addEventListener(type, listener as EventListener, true);
      observer.observe(document, { childList: true, subtree: true });
      if (frame !== realm && !entered.has(key)) entered.set(key, enter(frame));
    }
    if (live) below(frame, visit);
  };
  const leave = (frame: Realm): void => {
    for (const [type, listener] of listeners)
      frame.removeEventListener(type, listener as EventListener, true);
    for (const stop of entered.get(frame.Object) ?? []) attempt(stop);
    below(frame, leave);
  };
  const look = () => visit(realm);
  const observer = new realm.MutationObserver(look);

  listen({
    ...platform,
    on: (type, listener) => {
      listeners.push([
        type,
        (event: Event) => {
          const { currentTarget } = event;
          if (live && currentTarget !== realm && !isMarked(currentTarget)) listener(event as never);
        },
      ]);
      return () => undefined;
    },
  });
  // The next page has begun then, and none of its scripts has run (measured in Chromium and Firefox; in WebKit the first may have).
  listeners.push(['pagehide', () => later(look, 0)], ['load', look]);
  look();
  return () => {
    live = false;
    observer.disconnect();
    leave(realm);
  };
}
