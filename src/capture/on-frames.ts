import { attempt } from '../platform/guard.js';
import type { Platform, Realm, Stop } from '../platform/platform.js';
import { isMarked } from './mark.js';

/**
 * Has `listen` listen in the windows of the same origin below this one too, those to come among them, and `enter` see
 * each. A frame with a reporter of its own is left to it. No window is kept alive: they are looked for each time.
 */
export function onFrames(
  platform: Platform,
  listen: (inFrames: Platform) => void,
  enter: (realm: Realm) => void,
): Stop {
  const { realm, later } = platform;
  const entered = new WeakSet<Document>();
  const listeners: [type: string, listener: (event: never) => void][] = [];
  let live = true;

  const visit = (frame: Realm): void => {
    // Throws where the frame is of another origin.
    const { document } = frame;
    if (!entered.has(document)) {
      entered.add(document);
      // The window of a blank page, and what listens in it, may stay for the page that follows: the same listener is
      // added once.
      for (const [type, listener] of listeners) frame.addEventListener(type, listener as EventListener, true);
      observer.observe(document, { childList: true, subtree: true });
      if (frame !== realm) enter(frame);
    }
    for (let i = 0; live && i < frame.length; i++) attempt(() => visit(frame[i] as Realm));
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
  };
}
