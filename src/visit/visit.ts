// A visit that comes to a bad end (its tab or the browser crashed, ran out of memory, was killed) throws nothing. So each
// visit leaves a record of itself, and takes it away when it ends well; the next visit reports what it finds.
import { toJson } from '../exception/json.js';
import { readInstallId } from '../log/install-id.js';
import type { Occurrence } from '../log/to-log.js';
import { attempt, type Guard } from '../platform/guard.js';
import type { Platform, Stop } from '../platform/platform.js';
import type { Breadcrumb, HandledErrorLog, ManagedErrorLog } from '../wire/index.js';
import { holdLock } from './live.js';
import { createMemory } from './memory.js';
import type { VisitRecord } from './record.js';
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
  /** Of this visit, and of the report of its end. */
  readonly id: string;
  /** Of its record and its lock. */
  readonly name: string;
}

export interface Visit {
  /** There is news: a record is due. */
  touch(): void;
  readonly stops: readonly Stop[];
}

/** Writes the record of this visit. */
function createWriter(options: VisitOptions): () => void {
  const { platform, describe, lastCrumbs, id, name, settings } = options;
  const { realm, local, now } = platform;
  const begun = now();
  const readMemory = createMemory(realm);
  const told = createTold(realm);
  const install = readInstallId(platform, settings.appSecret);
  return () => {
    const time = now();
    const visible = realm.document.visibilityState === 'visible';
    const memory = readMemory();
    const log = describe({
      id,
      time,
      handled: false,
      exception: { type: 'UncleanExit', message: '' },
      properties: {
        'crashpost.alive': `${Math.round((time - begun) / 1000)} s`,
        'crashpost.visibility': realm.document.visibilityState,
        ...(memory && { 'crashpost.memory': memory.text }),
      },
      breadcrumbs: lastCrumbs(CRUMBS),
    });
    const record: VisitRecord = { log: log as ManagedErrorLog, visible, full: memory?.full, told: !!told };
    // Throws where storage is full.
    attempt(() => local?.setItem(name, toJson(record)));
    told?.(toJson({ log, install }));
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
  const { platform, guard, name } = options;
  const { on, local } = platform;
  const record = guard(createWriter(options));
  let release: Stop | undefined;
  const beat = createBeat(platform, () => {
    record();
    // `document.open()` takes all listeners away; those that are there are not added twice.
    listen();
  });
  const begin = (): void => {
    release?.();
    release = holdLock(platform, name, beat.begin);
  };
  const end = (): void => {
    beat.end();
    attempt(() => local?.removeItem(name));
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
