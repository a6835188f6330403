import type { Platform, Realm, Stop } from '../platform/platform.js';
import type { Thrown } from '../thrown.js';
import { createCallbacks } from './callbacks.js';
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
  const { wrap, recall } = createCallbacks(platform);
  return {
    mend: (realm) => [
      raiseStackLimit(realm),
      ...(wraps === false ? [] : [wrap(realm), mendJson(platform, realm)]),
    ],
    recall,
  };
}
