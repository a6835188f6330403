import { attempt } from '../platform/guard.js';
import { cutText } from '../platform/text.js';
import {
  type Breadcrumb,
  type Exception,
  type HandledErrorLog,
  MAX_PROPERTIES,
  MAX_PROPERTY_LENGTH,
  type ManagedErrorLog,
} from '../wire/index.js';
import type { Context } from './context.js';

/** What one log says beyond its context. */
export interface Occurrence {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly exception: Exception;
  readonly handled: boolean;
  readonly properties?: Record<string, string> | undefined;
  readonly breadcrumbs?: Breadcrumb[] | undefined;
  /** Where it was thrown, if not here. */
  readonly processName?: string | undefined;
}

const iso = (time: number): string => new Date(time).toISOString();

/** `managedError` (uncaught, fatal) or `handledError` (given to `trackError`), with every field the swagger requires. */
export function toLog(occurrence: Occurrence, context: Context): ManagedErrorLog | HandledErrorLog {
  const { time, handled, processName = context.processName, ...what } = occurrence;
  const { device, launched, processName: _, ...visit } = context;
  const common = { timestamp: iso(time), ...what, ...visit, device: device() };
  if (handled) return { type: 'handledError', ...common };
  return {
    type: 'managedError',
    ...common,
    // A page has no process id that it can see; App Center's own clients send 0 then (its NDK reports).
    processId: 0,
    processName,
    fatal: true,
    appLaunchTimestamp: iso(launched),
  };
}

/** At most `MAX_PROPERTY_LENGTH` characters. What cannot be read says so. */
const toText = (read: () => unknown): string =>
  // An object without a prototype has no text, and a page's own getter or toString may throw.
  cutText(`${attempt(() => String(read()))}`, MAX_PROPERTY_LENGTH);

/**
 * App Center's properties: at most 20, keys and values of at most 125 characters, values strings. What does not fit
 * is cut, never thrown at the caller.
 */
export function toProperties(given: object): Record<string, string> {
  const keys = Object.keys(given).slice(0, MAX_PROPERTIES);
  return Object.fromEntries(keys.map((key) => [toText(() => key), toText(() => given[key as keyof object])]));
}
