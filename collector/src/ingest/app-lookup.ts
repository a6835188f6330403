import type { App, Store } from '../store/store.js';
import { parseUuid } from './uuid.js';

/** How long an unknown secret is unknown, before the store is asked again. Milliseconds. */
const UNKNOWN_MS = 1_000;

/** Unknown secrets remembered; beyond it the oldest are forgotten. */
const MAX_UNKNOWN = 1_000;

/** The app of a secret, in any case; undefined when it is malformed or nobody's. Rejects with `StoreError`. */
export type AppLookup = (secret: string | undefined) => Promise<App | undefined>;

/**
 * Remembers the apps, and asks the store again for a secret it does not know: an app may just have been added.
 * @param ticks milliseconds that never go back; a clock that is put back would keep a new app out until it is there again.
 */
export function createAppLookup(store: Pick<Store, 'apps'>, ticks: () => number): AppLookup {
  let apps = new Map<string, App>();
  let asking: Promise<void> | undefined;
  const unknown = new Map<string, number>();

  const ask = async () => {
    try {
      apps = new Map((await store.apps()).map((app) => [app.secret, app]));
    } finally {
      asking = undefined;
    }
  };

  return async (text) => {
    const secret = parseUuid(text);
    if (secret === undefined) return undefined;
    const known = apps.get(secret);
    if (known) return known;
    const askedAt = unknown.get(secret);
    if (askedAt !== undefined && ticks() - askedAt < UNKNOWN_MS) return undefined;
    // One question for all who miss at the same time. It may have been asked just before the app was added:
    // then the client is told 401 as if it had come a moment earlier.
    asking ??= ask();
    await asking;
    if (!apps.has(secret)) remember(unknown, secret, ticks());
    return apps.get(secret);
  };
}

function remember(unknown: Map<string, number>, secret: string, time: number): void {
  // Deleted first: a Map keeps the order of insertion, and the first is then always the oldest.
  unknown.delete(secret);
  unknown.set(secret, time);
  const [oldest] = unknown.keys();
  if (unknown.size > MAX_UNKNOWN && oldest !== undefined) unknown.delete(oldest);
}
