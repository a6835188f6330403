// What earlier visits left behind: those that nobody is in any more have come to a bad end.
import { attempt } from '../platform/guard.js';
import type { Platform } from '../platform/platform.js';
import type { ManagedErrorLog } from '../wire/index.js';
import { guessEnd } from './guess.js';
import { findDead } from './live.js';
import { parseRecord, prefixOf } from './record.js';

/** How long the browser's own report is waited for, which knows more; the collector keeps the first. Milliseconds. */
export const TOLD_WAIT = 5_000;

export interface EndsOptions {
  readonly platform: Platform;
  readonly settings: { readonly appSecret: string };
  /** Puts a log on disk and on the wire. @param of its time, in milliseconds since the epoch, and its id */
  readonly keep: (of: { readonly time: number; readonly id: string }, log: ManagedErrorLog) => void;
  /** Told, before anything is kept, how the visit before ended, if it ended badly: this tab's, or else another's. */
  readonly found?: (log: ManagedErrorLog | undefined) => void;
}

/**
 * Reports the visits that ended badly while they were seen, and forgets them. A hidden page is killed all the time, on
 * phones above all, and nobody misses it; nor a page the browser has discarded, which it tells.
 * To be called before a visit begins in this tab.
 */
export async function reportEnds({ platform, settings, keep, found }: EndsOptions): Promise<void> {
  const { realm, local, later } = platform;
  const prefix = prefixOf(settings.appSecret);
  // The visit this tab had before, if it ended badly: a duplicated tab has its twin's, which is alive.
  const before = attempt(() => realm.sessionStorage.getItem(prefix));
  const names = Object.keys(local ?? {}).filter((name) => name.startsWith(prefix));
  if (!local || names.length === 0) return found?.(undefined);
  const dead = await findDead(platform, names);
  const read = (name: string) => parseRecord(local.getItem(name));
  // Chromium; not in TypeScript's library.
  const { wasDiscarded } = realm.document as Document & { readonly wasDiscarded?: boolean };
  const endOf = (name: string): ManagedErrorLog | undefined => {
    const record = read(name);
    const sameTab = name === prefix + before;
    if (!record?.visible || (sameTab && wasDiscarded)) return undefined;
    const message = guessEnd(record, { together: dead.length, sameTab });
    return { ...record.log, exception: { ...record.log.exception, message } };
  };
  found?.(endOf(prefix + before) ?? dead.map(endOf).find(Boolean));
  if (dead.some((name) => read(name)?.told)) await new Promise<void>((resolve) => later(resolve, TOLD_WAIT));
  for (const name of dead) {
    // Another tab may have been faster.
    const log = endOf(name);
    if (log) keep({ time: Date.parse(`${log.timestamp}`), id: log.id }, log);
    local.removeItem(name);
  }
}
