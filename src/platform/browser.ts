import { attempt } from './guard.js';
import type { Early, NavigatorUAData, Platform, Realm, Stop, Stub } from './platform.js';

// As the reporter finds it: a page's own `crypto`, declared later, would take its place.
const { crypto } = globalThis;

// While this runs, and not later; a module has none.
const script = globalThis.document?.currentScript as HTMLScriptElement | null | undefined;

type Scope = typeof globalThis & Partial<Pick<Window, 'screen' | 'devicePixelRatio'>>;

/** https://wicg.github.io/background-sync/spec/ : Chromium only, and not in TypeScript's library. */
interface SyncRegistration {
  readonly sync?: { register(tag: string): Promise<void> };
}

/** What stub.ts left, where it stands in the page; the reporter of the script tag takes the same name, and keeps it. */
const stub = (): Partial<Stub> => (globalThis as { crashpost?: Partial<Stub> }).crashpost ?? {};

/** What came before there was anybody to hear it. */
const held: (Event & Early)[] = [];
/** Of these no more are held. */
const MAX_HELD = 100;
let holding: Stop[] = [];
const stopHolding: Stop = () => {
  for (const stop of holding) attempt(stop);
};

/** Keeps errors in memory, as the stub does, until `endHolding`; who listens in the meantime hears them first. */
export function hold({ on }: Platform): void {
  // Where there is a stub, it keeps them already.
  if (stub().early) return;
  const keep = (event: Event & Early) => {
    // What fails to load, or is meant for an element, is no uncaught error.
    if (event.target !== event.currentTarget || held.length >= MAX_HELD) return;
    event.at = Date.now();
    held.push(event);
  };
  // Already, perhaps.
  stopHolding();
  holding = ['error', 'unhandledrejection'].map((type) => on(type, keep));
}

/** What was held, and what the stub has kept, is in good hands, or in none: both can rest. */
export function endHolding(): void {
  const { early, end } = stub();
  early?.splice(0);
  end?.();
  held.length = 0;
  stopHolding();
}

/** The tag of our Background Sync. */
export const SYNC_TAG = 'crashpost';

export const say: Platform['say'] = (message, ...details) =>
  console.warn(`crashpost: ${message}`, ...details);

/** RFC 4122 version 4. Not `crypto.randomUUID`: it is missing on plain-http pages (secure contexts only). */
const uuid = (): string => {
  const random = crypto.getRandomValues(new Uint8Array(32));
  let i = 0;
  return '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (digit) =>
    (+digit ^ ((random[i++] ?? 0) & (15 >> (+digit / 4)))).toString(16),
  );
};

/** The only file that names the browser's globals. Undefined where there is no browser (server-side rendering). */
export function createPlatform(): Platform | undefined {
  // Bound now, as `fetch` below: what a page puts in their place later may throw into it from a timer of ours.
  const { navigator, location, screen, devicePixelRatio = 1, setTimeout, clearTimeout } = globalThis as Scope;
  // Node 21+ has a `navigator`, but no `location`.
  if (!navigator || !location) return undefined;
  return {
    realm: globalThis as Realm,
    muted: !!script?.src && script.crossOrigin === null && new URL(script.src).origin !== location.origin,
    on: (type, listener) => {
      addEventListener(type, listener as EventListener, true);
      for (const event of [...(stub().early ?? []), ...held])
        if (event.type === type) (listener as EventListener)(event);
      return () => removeEventListener(type, listener as EventListener, true);
    },
    // In an opaque origin the getters themselves throw (platform.md, "Sandboxed").
    local: attempt(() => localStorage),
    indexedDB: attempt(() => indexedDB),
    locks: attempt(() => navigator.locks),
    // Bound now: a page or another SDK may wrap `fetch` later, and would see, or break, our posts.
    fetch: globalThis.fetch?.bind(globalThis),
    beacon: navigator.sendBeacon?.bind(navigator),
    hidden: () => globalThis.document?.hidden,
    facts: {
      userAgent: navigator.userAgent,
      language: navigator.language,
      hints: (navigator as { userAgentData?: NavigatorUAData }).userAgentData,
      maxTouchPoints: navigator.maxTouchPoints,
      // Absent in workers; a page's own variable may hide the browser's.
      screenSize: screen?.width
        ? [screen.width, screen.height].map((x) => Math.round(x * devicePixelRatio)).join('x')
        : undefined,
      origin: location.origin,
      scope: globalThis.constructor.name,
    },
    now: Date.now,
    uuid,
    later: (run, ms) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    // Safari has no requestIdleCallback.
    idle: (run) => (globalThis.requestIdleCallback ?? setTimeout)(run),
    openChannel: () => new BroadcastChannel('crashpost'),
    requestSync: async () =>
      ((await navigator.serviceWorker?.ready) as SyncRegistration | undefined)?.sync?.register(SYNC_TAG),
    say,
  };
}
