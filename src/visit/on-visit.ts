import type { Platform } from '../platform/platform.js';
import { type EndsOptions, reportEnds } from './find-ends.js';
import { createVisit, type Visit, type VisitOptions } from './visit.js';

export interface VisitingOptions extends EndsOptions, VisitOptions {
  /** False: it is not among the visits that report, and leaves nothing. */
  readonly wanted?: boolean;
  readonly settings: { readonly appSecret: string; readonly uncleanExits?: boolean | undefined };
}

/** A page of its own: a frame goes down with the page it is in, and workers have no `localStorage`. */
const isPage = ({ facts, realm, local }: Platform): boolean =>
  facts.scope === 'Window' && realm.top === realm && !!local;

/** Reports how earlier visits ended, and begins this one; nothing where it cannot be, or is not wanted. */
export function onVisit(options: VisitingOptions): Visit | undefined {
  const { platform, guard, settings } = options;
  if (settings.uncleanExits === false || !isPage(platform)) {
    options.found?.(undefined);
    return undefined;
  }
  guard(reportEnds)(options);
  return options.wanted === false ? undefined : createVisit(options);
}
