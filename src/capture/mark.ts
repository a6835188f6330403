import type { Realm, Stop } from '../platform/platform.js';

/** How a reporter says in its window that it is there: pages and their frames may have different copies of it. */
const MARK = Symbol.for('crashpost');

/** Says to the pages above that this one has a reporter of its own. */
export function markRealm(realm: Realm): Stop {
  Reflect.set(realm, MARK, true);
  return () => Reflect.deleteProperty(realm, MARK);
}

/** Whether there is a reporter in the window that `realm` is. */
export const isMarked = (realm: EventTarget | null): boolean => Reflect.has(realm as object, MARK);
