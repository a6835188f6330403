import { attempt } from '../platform/guard.js';
import type { Platform, Realm, Stop } from '../platform/platform.js';
import type { Thrown } from '../thrown.js';
import { createWrap, wrapCallbacks } from './callbacks.js';
import { mendJson } from './response-json.js';
import { raiseStackLimit } from './stack-limit.js';

export interface Mender {
  /** Makes the realm's engine tell what it withholds or cuts short otherwise. */
  mend(realm: Realm): Stop[];
  /** The value itself, where only a stand-in of ours has seen it. */
  recall(thrown: Thrown): Thrown;
}

/** @param wraps false leaves the page's own functions alone */
export function createMender(platform: Platform, wraps: boolean | undefined): Mender {
  let held: unknown[] = [];
  const { wrap, stop } = createWrap((value) => {
    held.push(value);
    // The event comes within this task. Where a caller of ours catches the value (zone.js), none does.
    // Guarded: what the page threw has to go on, also where the page has broken its timers.
    attempt(() =>
      platform.later(() => {
        held = [];
      }, 0),
    );
  });
  return {
    mend: (realm) => [
      raiseStackLimit(realm),
      ...(wraps === false ? [] : [...wrapCallbacks(realm, wrap), stop, mendJson(platform, realm)]),
    ],
    recall(thrown) {
      const { event, value } = thrown;
      // The innermost first: listeners nest (`click()` in a listener).
      const at = held
        .map((one) => event?.message === 'Script error.' || Object.is(one, value))
        .lastIndexOf(true);
      // Without the event, whose place is the wrapper's.
      return event && at >= 0 ? { value: held.splice(at, 1)[0], handled: false } : thrown;
    },
  };
}
