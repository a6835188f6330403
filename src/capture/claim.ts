// A worker's uncaught error shows on its page too, as an event without a value (platform.md §B2). Where a reporter runs
// in the worker as well, its report has the stack, and it claims the error: the page's own report gives way (relayed.ts).
// `preventDefault` would be shorter, but the page's own `worker.onerror` would not hear of the error any more.
import { attempt } from '../platform/guard.js';
import type { Platform } from '../platform/platform.js';
import { claimOf, type Word } from './relayed.js';

/** The platform of a worker says what runs there. A query may name the user. */
export function withName(platform: Platform): Platform {
  const { facts, realm } = platform;
  if (facts.scope === 'Window') return platform;
  return { ...platform, facts: { ...facts, processName: realm.location.href.replace(/[?#].*/, '') } };
}

/**
 * The platform of a reporter in a dedicated worker: each uncaught error is claimed as soon as it has been heard, which
 * is to say, reported. Any other platform as it is.
 */
export function withClaims(platform: Platform): Platform {
  const { facts, on, openChannel } = platform;
  if (facts.scope !== 'DedicatedWorkerGlobalScope') return platform;
  const channel = attempt(openChannel);
  return {
    ...platform,
    // The page is to hear them.
    openChannel: () => {
      throw new Error('only pages wait for claims');
    },
    on: (type, listener) => {
      if (type !== 'error') return on(type, listener);
      return on<ErrorEvent>(type, (event) => {
        // A nested worker's, which may have claimed it. The page hears it too, and `throw null`, and as much as we do.
        if ((event.error ?? null) === null) return;
        listener(event as never);
        attempt(() => channel?.postMessage({ claim: claimOf(event) } satisfies Word));
      });
    },
  };
}
