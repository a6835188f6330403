import type { Platform, Stop } from '../platform/platform.js';
import type { Thrown } from '../thrown.js';

/**
 * Uncaught errors. `addEventListener` in the capture phase, not `window.onerror`: a page or a second SDK that
 * assigns the property would evict us (measured: every peer but one, peers.md §0.6).
 */
export function onError({ on }: Platform, report: (thrown: Thrown) => void): Stop {
  return on<ErrorEvent>('error', (event) => {
    // A failed <img>, <script> or <link> dispatches a plain Event of the same type; that is no thrown value.
    if ('message' in event) report({ value: event.error, handled: false, event });
  });
}
