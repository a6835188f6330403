// The chunk of what can wait: what has to be asked for, what happened before an error, words for what has gone wrong,
// and the care of a queue that could not be sent at once.
import { type ExtrasOptions, onExtras } from './capture/extras.js';
import type { Stop } from './platform/platform.js';
import { createTrail, type Trail, type TrailOptions } from './trail/trail.js';
import { onVisit, type VisitingOptions } from './visit/on-visit.js';

export { tidy } from './care/evict.js';
export { gzip } from './care/gzip.js';
export { lease } from './care/lease.js';
export { explain } from './explain.js';
export { erase } from './privacy/erase.js';

export interface Extras extends Pick<Trail, 'crumbs' | 'addBreadcrumb'> {
  readonly stops: readonly Stop[];
}

export type AllOptions = ExtrasOptions & TrailOptions & Omit<VisitingOptions, 'lastCrumbs'>;

/** Where a page has broken what a visit leans on, the rest begins, and ends, without it. */
export function addExtras(options: AllOptions): Extras {
  const { guard } = options;
  let touch = () => {};
  const { stops: trailStops, last, ...trail } = createTrail(options, () => touch());
  const stops = [...trailStops];
  guard(() => {
    const visit = onVisit({ ...options, lastCrumbs: last });
    if (!visit) return;
    ({ touch } = visit);
    stops.push(...visit.stops);
  })();
  stops.push(...onExtras(options));
  return { ...trail, stops };
}
