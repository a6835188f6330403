// The chunk of what can wait: what has to be asked for, what happened before an error, App Center's functions, words for
// what has gone wrong, and the care of a queue that could not be sent at once.
import { type ExtrasOptions, onExtras } from './capture/extras.js';
import { createLosses } from './care/losses.js';
import type { JoinOptions } from './crashes/line.js';
import { type Room, roomOf } from './crashes/room.js';
import { checkOptions } from './explain.js';
import { isIgnored } from './log/ignored.js';
import type { Settings } from './options.js';
import type { Stop } from './platform/platform.js';
import { createTrail, type Trail, type TrailOptions } from './trail/trail.js';
import { OUT_OF_MEMORY } from './visit/guess.js';
import { onVisit, type VisitingOptions } from './visit/on-visit.js';
import type { ManagedErrorLog } from './wire/index.js';

export { tidy } from './care/evict.js';
export { gzip } from './care/gzip.js';
export { lease } from './care/lease.js';
export { type Room, roomOf } from './crashes/room.js';
export { type About, explain } from './explain.js';
export { erase } from './privacy/erase.js';

/** Milliseconds. */
const SOON = 1_000;

export interface Extras extends Pick<Trail, 'crumbs'>, Pick<Room, 'check'> {
  readonly stops: readonly Stop[];
}

export type AllOptions = ExtrasOptions &
  TrailOptions &
  Omit<VisitingOptions, 'lastCrumbs' | 'found'> &
  Pick<JoinOptions, 'line' | 'wanted'> & { readonly settings: Settings };

/** Where a page has broken what a visit leans on, the rest begins, and ends, without it. */
export function addExtras(options: AllOptions): Extras {
  const { platform, guard, settings } = options;
  checkOptions(settings, (text) => platform.say(text));
  let touch = () => {};
  const { stops: trailStops, last, addBreadcrumb, crumbs } = createTrail(options, () => touch());
  let found: (log?: ManagedErrorLog) => void = () => {};
  const ends = new Promise<ManagedErrorLog | undefined>((resolve) => {
    found = resolve;
  });
  const isOutOfMemory = (message: string) => message === OUT_OF_MEMORY;
  const { hooks, queue } = options.line;
  hooks.losses = createLosses(platform, queue.bounds.losses);
  const room = roomOf(settings, platform);
  // What workers gave up is said by the next report, in whichever page; not before the database has opened.
  const tidying = platform.later(guard(queue.tidy), SOON);
  const stops = [tidying, ...trailStops, ...room.join({ ...options, addBreadcrumb, ends, isOutOfMemory })];
  // Like all that is thrown.
  const keep: AllOptions['keep'] = (of, log) => {
    if (!isIgnored(log.exception.message, settings.ignore)) options.keep(of, log);
  };
  guard(() => {
    const visit = onVisit({ ...options, keep, found, lastCrumbs: last });
    if (!visit) return;
    ({ touch } = visit);
    stops.push(...visit.stops);
  })();
  stops.push(...onExtras(options));
  return { crumbs, check: room.check, stops };
}
