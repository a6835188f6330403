import type { App, Store } from '../store/store.js';
import { parseUuid } from '../texts.js';

/** How long an unknown secret is unknown, before the store is asked again. Milliseconds. */
const UNKNOWN_MS = 1_000;

/** Unknown secrets remembered; beyond it the oldest are forgotten. */
const MAX_UNKNOWN = 1_000;

/** What is known of the apps is asked for again after this, and taken as it is meanwhile. Milliseconds. */
const FRESH_MS = 1_000;

/** After this nobody is told what was known: an app may have been disabled since. Milliseconds. */
const STALE_MS = 10_000;

/**
 * The app of a secret, in any case, be it disabled or not; undefined when the secret is malformed or nobody's. At once
 * where it is known, as it is for nearly every post. Rejects with `StoreError`.
 */
export type AppLookup = (secret: string | undefined) => App | undefined | Promise<App | undefined>;

/**
 * Remembers the apps; commands change them in another process, so the store is asked again from time to time, and
 * at once for a secret that is not known: an app may just have been added.
 * @param ticks milliseconds that never go back; a clock that is put back would keep a new app out until it is there again.
 */
export function createAppLookup(store: Pick<Store, 'apps'>, ticks: () => number): AppLookup {
  const unknown = new Map<string, number>();
  const remembered = createRemembered(store, ticks);

  const ask = async (secret: string) => {
    const known = await remembered.renewed(secret);
    if (known) return known;
    const askedAt = unknown.get(secret);
    if (askedAt !== undefined && ticks() - askedAt < UNKNOWN_MS) return undefined;
    // One question for all who miss at the same time. It may have been asked just before the app was added:
    // then the client is told 401 as if it had come a moment earlier.
    const found = await remembered.asked(secret);
    if (!found) remember(unknown, secret, ticks());
    return found;
  };
  return (text) => {
    const secret = parseUuid(text);
    return secret === undefined ? undefined : (remembered.current(secret) ?? ask(secret));
  };
}

function createRemembered(store: Pick<Store, 'apps'>, ticks: () => number) {
  let apps = new Map<string, App>();
  let knownAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;

  const ask = async () => {
    try {
      apps = bySecret(await store.apps());
      knownAt = ticks();
    } finally {
      asking = undefined;
    }
  };
  const again = () => {
    asking ??= ask();
    return asking;
  };

  return {
    /** Undefined also for one that was known too long ago. */
    current(secret: string): App | undefined {
      const age = ticks() - knownAt;
      const known = age < STALE_MS ? apps.get(secret) : undefined;
      // A store that does not answer keeps nobody out who was let in before; the post itself will find out.
      if (known && age >= FRESH_MS) again().catch(() => undefined);
      return known;
    },
    async renewed(secret: string): Promise<App | undefined> {
      if (apps.has(secret)) await again().catch(() => undefined);
      return apps.get(secret);
    },
    async asked(secret: string): Promise<App | undefined> {
      await again();
      return apps.get(secret);
    },
  };
}

/** While a secret is being changed an app has two. */
function bySecret(apps: readonly App[]): Map<string, App> {
  const pairs = apps.flatMap((app) =>
    [app.secret, app.previousSecret].map((secret) => [secret, app] as const),
  );
  return new Map(pairs.flatMap(([secret, app]) => (secret === undefined ? [] : [[secret, app]])));
}

function remember(unknown: Map<string, number>, secret: string, time: number): void {
  // Deleted first: a Map keeps the order of insertion, and the first is then always the oldest.
  unknown.delete(secret);
  unknown.set(secret, time);
  const [oldest] = unknown.keys();
  if (unknown.size > MAX_UNKNOWN && oldest !== undefined) unknown.delete(oldest);
}
