import { flagsName } from '../log/kept.js';
import { attempt } from '../platform/guard.js';
import type { Platform } from '../platform/platform.js';
import { readAnswer, YES } from '../privacy/consent.js';

/** Settings that functions change, and that later visits go by. */
export interface Flags {
  ask?: boolean;
  quiet?: boolean;
  off?: boolean;
  always?: boolean;
}

type Own = Flags & { readonly appSecret: string; readonly consent?: 'ask' | undefined };

/** Those that could not be stored yet. */
const unsaved = new WeakSet<Own>();

/**
 * Remembers them as they are now; where nothing can be stored they hold for this page. Before a yes, a no alone is
 * stored, as the answer no itself is; the rest waits for `keepEarlier`.
 */
export function keepFlags(platform: Platform, settings: Own): void {
  const { ask, quiet, off, always, consent } = settings;
  const isEarly = consent && readAnswer(platform) !== YES;
  if (isEarly) unsaved.add(settings);
  const set = Object.entries(isEarly ? { off } : { ask, quiet, off, always }).filter(([, is]) => is);
  const name = flagsName(settings.appSecret);
  const { local } = platform;
  attempt(() =>
    set.length > 0 ? local?.setItem(name, JSON.stringify(Object.fromEntries(set))) : local?.removeItem(name),
  );
}

/** Remembers what was set before the yes. */
export function keepEarlier(platform: Platform, settings: Own): void {
  if (unsaved.delete(settings)) keepFlags(platform, settings);
}

/** Takes over what another tab has said. Not `ask`: that follows from this tab's own listener. */
export function followFlags(settings: Flags, json: string | null): void {
  const { quiet = false, off = false, always = false }: Flags = attempt(() => JSON.parse(json ?? '')) ?? {};
  Object.assign(settings, { quiet, off, always });
}
