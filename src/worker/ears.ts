import type { Early, Platform } from '../platform/platform.js';
import { LEFT } from './queues.js';

/** Errors kept until the reporter is there. */
const MAX_EARLY = 100;
/** All that a worker's reporter listens to; a page's other events do not come here. */
const TYPES = ['error', 'unhandledrejection', 'online'];

export interface Ears {
  /** As the platform's: what was kept is heard first. */
  readonly on: Platform['on'];
  /** How many errors are kept. */
  early(): number;
  /** Forgets what is kept: somebody has it. */
  forget(): void;
}

/**
 * Listens at once, whoever may hear it later: a service worker has to add its listeners in its first turn
 * (https://w3c.github.io/ServiceWorker/#should-skip-event-algorithm), and errors come before it is known where to post.
 */
export function createEars(platform: Platform, onEarly: (event: Event & Early) => void): Ears {
  const listeners = new Map<string, Set<(event: never) => void>>(TYPES.map((type) => [type, new Set()]));
  const kept: (Event & Early)[] = [];
  for (const [type, hearing] of listeners)
    platform.on(type, (event: Event & Early & { readonly reason?: unknown }) => {
      if (event.reason === LEFT) return;
      for (const listener of hearing) listener(event as never);
      if (hearing.size > 0 || type === 'online') return;
      event.at = platform.now();
      event.id = platform.uuid();
      if (kept.length < MAX_EARLY) kept.push(event);
      onEarly(event);
    });
  return {
    on: (type, listener) => {
      const hearing = listeners.get(type);
      hearing?.add(listener);
      for (const event of kept) if (event.type === type) listener(event as never);
      return () => hearing?.delete(listener);
    },
    early: () => kept.length,
    forget: () => {
      kept.length = 0;
    },
  };
}
