import type { Guard } from '../platform/guard.js';
import type { Platform, Realm, Stop } from '../platform/platform.js';
import type { Thrown } from '../thrown.js';
import { onFrames } from './on-frames.js';
import { onResource } from './on-resource.js';

export interface ExtrasOptions {
  readonly platform: Platform;
  readonly guard: Guard;
  readonly settings: { readonly iframes?: boolean | undefined; readonly resources?: boolean | undefined };
  /** The page's error events that came while this was loading: most of what does not load, does not at first. */
  readonly early: readonly Event[];
  /** Listens for what is thrown. */
  readonly listen: (platform: Platform) => void;
  readonly report: (thrown: Thrown) => void;
  readonly mend: (realm: Realm) => readonly Stop[];
}

/** Begins what few pages ask for, each by itself: a page may have broken what one of them leans on. */
export function onExtras(options: ExtrasOptions): Stop[] {
  const { platform, guard, settings, early, listen, report, mend } = options;
  const stops: Stop[] = [];
  const hearing: Platform = {
    ...platform,
    on: (type, listener) => {
      for (const event of early) listener(event as never);
      return platform.on(type, listener);
    },
  };
  if (settings.resources) guard(() => stops.push(onResource(hearing, report)))();
  if (settings.iframes) guard(() => stops.push(onFrames(platform, listen, mend)))();
  return stops;
}
