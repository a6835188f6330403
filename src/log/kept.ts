import { attempt } from '../platform/guard.js';
import { toJson } from '../platform/json.js';
import type { Facts, Platform } from '../platform/platform.js';
import type { Target } from '../wire/index.js';
import { DEVICE_NAME } from './device.js';

/** Where `localStorage` keeps what the app has said for later visits too: settings, as JSON. */
export const flagsName = (appSecret: string): string => `crashpost.flags.${appSecret}`;

/**
 * What a page keeps with its queue for the reporters in workers: they drain that queue with no page open, and have
 * neither `localStorage` nor `screen`.
 */
export interface Kept extends Target {
  readonly ignore?: readonly (string | RegExp)[] | undefined;
  /** `[options, facts]` as JSON: a structured clone would refuse a function that the page has put among them. */
  readonly json?: string | undefined;
  /** What `localStorage` has under `DEVICE_NAME`. */
  readonly device?: string | null | undefined;
  /** Where an origin has several apps, a worker is taken to be of the one that started last. Milliseconds since the epoch. */
  readonly started?: number;
}

/** Undefined in a worker, which knows less than the page that keeps it. */
export function toKept(
  { facts, local, now }: Platform,
  target: Target,
  options: Pick<Kept, 'ignore'>,
): Kept | undefined {
  if (facts.scope !== 'Window') return undefined;
  return {
    ...target,
    ignore: options.ignore,
    json: attempt(() => toJson([options, facts])),
    device: attempt(() => local?.getItem(DEVICE_NAME)),
    started: now(),
  };
}

/** The options and the facts of the page; what it gave and JSON does not hold is missing. */
export function fromKept({ json = '', ...kept }: Kept): { options: Kept; facts: Partial<Facts> } {
  const [options, facts = {}] = attempt(() => JSON.parse(json)) ?? [];
  return { options: { ...options, ...kept }, facts };
}
