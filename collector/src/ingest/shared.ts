import type { Store } from '../store/store.js';
import { type AppLookup, createAppLookup } from './app-lookup.js';
import type { Limits } from './limits.js';
import { createRoom, type Room } from './room.js';
import { createSpacedLog, type Log } from './spaced-log.js';
import { createThrottle, type Throttle } from './throttle.js';

/** What posts of all kinds have in common: a limit is one for all of them together. */
export interface Shared {
  readonly room: Room;
  readonly appOf: AppLookup;
  readonly throttle: Throttle;
  /** For posts that could not be stored. */
  readonly complain: Log;
}

interface Parts {
  readonly store: Pick<Store, 'apps'>;
  readonly limits: Limits;
  readonly log: Log;
  /** Milliseconds that never go back. Default: since the process began. */
  readonly ticks?: () => number;
}

export function createShared({ store, limits, log, ticks = () => performance.now() }: Parts): Shared {
  return {
    room: createRoom(limits),
    appOf: createAppLookup(store, ticks),
    throttle: createThrottle(limits, ticks),
    complain: createSpacedLog(log, ticks),
  };
}
