import type { Early, Platform, Stop } from '../platform/platform.js';
import type { Thrown } from '../thrown.js';

/**
 * Uncaught errors. `addEventListener` in the capture phase, not `window.onerror`: a page or a second SDK that
 * assigns the property would evict us (measured: every peer but one, peers.md §0.6).
 */
export function onError({ on }: Platform, report: (thrown: Thrown) => void): Stop {
  return on<ErrorEvent & Early>('error', (event) => {
    const { message, target, currentTarget, error, at, id } = event;
    // A failed <img> dispatches a plain Event of the same type, and an ErrorEvent may be meant for an element: neither is
    // an uncaught error, which is the window's or the worker's own. An early one has been dispatched long ago.
    if (typeof message === 'string' && (at || target === currentTarget))
      report({ value: error, handled: false, event, at, id });
  });
}
