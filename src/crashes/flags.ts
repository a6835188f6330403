import { flagsName } from '../log/kept.js';
import { attempt } from '../platform/guard.js';
import type { Platform } from '../platform/platform.js';

/** Settings that functions change, and that later visits go by. */
export interface Flags {
  ask?: boolean;
  quiet?: boolean;
  off?: boolean;
  always?: boolean;
}

/** Remembers them as they are now; where nothing can be stored they hold for this page. */
export function keepFlags({ local }: Platform, settings: Flags & { readonly appSecret: string }): void {
  const { ask, quiet, off, always } = settings;
  const set = Object.entries({ ask, quiet, off, always }).filter(([, is]) => is);
  const name = flagsName(settings.appSecret);
  attempt(() =>
    set.length > 0 ? local?.setItem(name, JSON.stringify(Object.fromEntries(set))) : local?.removeItem(name),
  );
}

/** What another tab has said. */
export const isOff = (json: string | null): boolean => !!attempt(() => JSON.parse(json ?? '').off);
