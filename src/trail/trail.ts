// The trail: breadcrumbs of every kind that is wanted, in one ring.
import type { Guard } from '../platform/guard.js';
import type { Platform, Stop } from '../platform/platform.js';
import { toBare } from './address.js';
import { type Kind, toWanted } from './kinds.js';
import { onConsole } from './on-console.js';
import { onFreezes } from './on-freezes.js';
import { onClicks, onNavigation, onNetwork, onVisibility } from './on-page.js';
import { onFetch, onXhr } from './on-requests.js';
import { createRing, type Ring, toCrumbText } from './ring.js';
import type { Watch } from './watch.js';

export interface TrailOptions {
  readonly platform: Platform;
  readonly guard: Guard;
  readonly settings: { readonly breadcrumbs?: unknown; readonly urls?: 'full' | undefined };
  /** What may be told of a text. */
  readonly cover: (text: string) => string;
}

export interface Trail extends Pick<Ring, 'crumbs' | 'last'> {
  /** What the app itself wants to be known. `data`: what `toProperties` gives. Never throws. */
  addBreadcrumb(message: string, data?: Record<string, string>): void;
  readonly stops: readonly Stop[];
}

const WATCHERS: readonly (readonly [kind: Kind, watch: (watch: Watch) => Stop[]])[] = [
  ['navigation', onNavigation],
  ['clicks', onClicks],
  ['requests', onFetch],
  ['requests', onXhr],
  ['console', onConsole],
  ['visibility', onVisibility],
  ['network', onNetwork],
  ['freezes', onFreezes],
];

const coverAll = (data: Record<string, string>, cover: TrailOptions['cover']) =>
  Object.fromEntries(Object.entries(data).map(([name, text]) => [name, cover(text)]));

/** @param onCrumb called after each breadcrumb that is kept */
export function createTrail(options: TrailOptions, onCrumb = () => {}): Trail {
  const { platform, guard, settings, cover } = options;
  const { realm, now, say } = platform;
  const ring = createRing(now);
  let busy = false;
  const keep: Watch['keep'] = guard((kind, made, more) => {
    // What is called here may be watched itself.
    if (busy) return;
    busy = true;
    try {
      const text = toCrumbText(typeof made === 'string' ? made : made(), cover);
      if (!text) return;
      ring.add({ at: now(), kind, text, ...more });
    } finally {
      busy = false;
    }
    onCrumb();
  });
  const watch: Watch = { platform, keep, bare: settings.urls === 'full' ? String : toBare(realm.location) };
  const isWanted = toWanted(settings.breadcrumbs, guard(say));
  const stops: Stop[] = [];
  // Each by itself: a page may have broken what one of them leans on.
  for (const [kind, begin] of WATCHERS) if (isWanted(kind)) guard(() => void stops.push(...begin(watch)))();
  return {
    crumbs: ring.crumbs,
    last: ring.last,
    addBreadcrumb: (message, data) =>
      keep('app', () => `${message}`, data && { data: coverAll(data, cover) }),
    stops,
  };
}
