// A visit that comes to a bad end (its tab or the browser crashed, ran out of memory, was killed) throws nothing. So each
// visit leaves a record of itself, and takes it away when it ends well; the next visit reports what it finds.

import { readInstallId } from '../log/install-id.js';
import type { Occurrence } from '../log/to-log.js';
import { attempt, type Guard } from '../platform/guard.js';
import { toJson } from '../platform/json.js';
import type { Platform, Stop } from '../platform/platform.js';
import type { Breadcrumb, HandledErrorLog, ManagedErrorLog } from '../wire/index.js';
import { holdLock } from './live.js';
import { createMemory, type MemoryTrend } from './memory.js';
import { prefixOf, type VisitRecord } from './record.js';
import { createTold } from './told.js';

/** How often a visible page says that it is there. Milliseconds. */
export const BEAT = 5_000;
/** The least time between two records; the breadcrumbs of that time come with the second. Milliseconds. */
export const PAUSE = 250;
/** Breadcrumbs in the record. */
const CRUMBS = 30;

export interface VisitOptions {
  readonly platform: Platform;
  readonly guard: Guard;
  readonly settings: { readonly appSecret: string };
  /** What this visit's logs have in common, and what is given. */
  readonly describe: (occurrence: Occurrence) => ManagedErrorLog | HandledErrorLog;
  readonly lastCrumbs: (count: number) => Breadcrumb[];
}

export interface Visit {
  /** There is news: a record is due. */
  touch(): void;
  readonly stops: readonly Stop[];
}

/** The record of this visit, in the three places where it is looked for. */
function createRecord(options: VisitOptions, { key, id }: { key: string; id: string }) {
  const { platform, describe, lastCrumbs, settings } = options;
  const { realm, local, now } = platform;
  const begun = now();
  const readMemory = createMemory(realm);
  const told = createTold(realm);
  const install = readInstallId(platform, settings.appSecret);
  const toEnd = (memory: MemoryTrend | undefined): Occurrence => ({
    id,
    time: now(),
    handled: false,
    exception: { type: 'UncleanExit', message: '' },
    properties: {
      'crashpost.alive': `${Math.round((now() - begun) / 1000)} s`,
      'crashpost.visibility': realm.document.visibilityState,
      ...(memory && { 'crashpost.memory': memory.text }),
    },
    breadcrumbs: lastCrumbs(CRUMBS),
  });
  return {
    write() {
      const memory = readMemory();
      const log = describe(toEnd(memory)) as ManagedErrorLog;
      const visible = realm.document.visibilityState === 'visible';
      const record: VisitRecord = { log, visible, full: memory?.full, told: !!told };
      // Each throws where storage is full or forbidden.
      attempt(() => local?.setItem(key + id, toJson(record)));
      // It changes only where the page has cleared it, and each write is told to the browser's process.
      attempt(() => realm.sessionStorage.getItem(key) === id || realm.sessionStorage.setItem(key, id));
      told?.(toJson({ log, install }));
    },
    remove() {
      attempt(() => local?.removeItem(key + id));
      attempt(() => realm.sessionStorage.removeItem(key));
      told?.(undefined);
    },
  };
}

/** When to write: at once, when there is news, and from time to time while the page is seen. */
function createBeat({ realm, later, now }: Platform, record: () => void) {
  let open = false;
  let written = Number.NEGATIVE_INFINITY;
  let cancel: Stop | undefined;
  const write = (): void => {
    cancel?.();
    cancel = undefined;
    if (!open) return;
    written = now();
    record();
    if (realm.document.visibilityState === 'visible') cancel = later(write, BEAT);
  };
  return {
    write,
    begin() {
      open = true;
      write();
    },
    end() {
      open = false;
      cancel?.();
    },
    touch() {
      const wait = written + PAUSE - now();
      // Not "later than": a clock may be put back.
      if (wait <= 0 || wait > PAUSE) return write();
      cancel?.();
      if (open) cancel = later(write, wait);
    },
  };
}

export function createVisit(options: VisitOptions): Visit {
  const { platform, guard, settings } = options;
  const { on, uuid } = platform;
  const [key, id] = [prefixOf(settings.appSecret), uuid()];
  const record = createRecord(options, { key, id });
  const write = guard(record.write);
  let release: Stop | undefined;
  const beat = createBeat(platform, () => {
    write();
    // `document.open()` takes all listeners away; those that are there are not added twice.
    listen();
  });
  const begin = (): void => {
    release?.();
    release = holdLock(platform, key + id, guard(beat.begin));
  };
  const end = (): void => {
    beat.end();
    record.remove();
    // Older Chromium lets no page that holds one into its back/forward cache (blink-dev, 2022-05-09, NotRestoredReason).
    release?.();
  };
  const show = ({ persisted }: PageTransitionEvent): void => {
    if (persisted) begin();
  };
  const listen = () => [
    on('visibilitychange', beat.write),
    // Leaving is a clean end, into the back/forward cache too: what is thrown out of there has not crashed.
    on('pagehide', end),
    on('pageshow', show),
  ];
  const stops = [...listen(), end];
  begin();
  return { touch: beat.touch, stops };
}
