import type { Platform, Stop } from '../platform/platform.js';
import type { Thrown } from '../thrown.js';

/**
 * Uncaught errors. `addEventListener` in the capture phase, not `window.onerror`: a page or a second SDK that
 * assigns the property would evict us (measured: every peer but one, peers.md §0.6).
 */
export function onError({ on }: Platform, report: (thrown: Thrown) => void): Stop {
  return on<ErrorEvent>('error', (event) => {
    // A failed <img> dispatches a plain Event of the same type, and an ErrorEvent may be meant for an element: neither is
    // an uncaught error, which is the window's or the worker's own.
    if (typeof event.message === 'string' && event.target === event.currentTarget)
      report({ value: event.error, handled: false, event });
  });
}
