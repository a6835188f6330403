import { bytesOf } from '../platform/bytes.js';

/** One log that waits for its answer. */
export interface Entry {
  /** Sorts by time; see `toEntry`. */
  readonly key: string;
  /** The log, as JSON: its size is known, and a structured clone could refuse what a page put in it. */
  readonly json: string;
}

/** What survives in the browser until the collector has answered. */
export interface LogStore {
  /** Keeps the entry. When it returns, the entry is on disk wherever the browser has a disk for us. Never throws. */
  put(entry: Entry): void;
  /**
   * Keeps the entry for the next visit, where there is room, until it is removed: it is not to be posted yet. Never
   * throws.
   */
  hold(entry: Entry): void;
  /** The oldest entries, at most `limit`. */
  peek(limit: number): Promise<Entry[]>;
  /** Forgets what the collector has answered. */
  remove(keys: readonly string[]): Promise<void>;
  /** Gives up what is too old, or too much. */
  tidy(): Promise<void>;
  close(): void;
}

// The numbers before it keep their length, and so their order as text, until the year 2286 or nine million errors in one page.
let sequence = 1_000_000;

/**
 * The entry of the log `json`. Its key says all that is to be known of it without reading it: when it was put
 * (milliseconds), in which order, whether it was handled, how many bytes it has, and its id (a UUID).
 */
export function toEntry(
  time: number,
  { id, handled }: { id: string; handled: boolean },
  json: string,
): Entry {
  return { key: `${time}-${sequence++}-${handled ? 'handled' : 'fatal'}-${bytesOf(json)}-${id}`, json };
}

/** Keys that begin so are kept, and not sent: a listener has not let them go yet. They come after all others. */
export const HELD = 'held.';

export const idOf = (key: string): string => key.slice(-36);

/** Its key when it is let go; of what is not held, the key as it is. Sorts by time among all others. */
export const ownKey = (key: string): string => key.replace(HELD, '');

/** Milliseconds since the epoch. */
export const timeOf = (key: string): number => Number.parseInt(ownKey(key), 10);

/** Bytes of the log. */
export const sizeOf = (key: string): number => Number(key.split('-')[3]) || 0;

/** App Center's window: older reports it does not take. Milliseconds. */
const MAX_AGE = 25 * 86_400_000;
/** Too old at `now` (milliseconds since the epoch) to be sent. */
export const isPast = (key: string, now: number): boolean => now - timeOf(key) > MAX_AGE;

/** Where the queue of an app is kept; the service worker finds it by this prefix, whatever the app secret. */
export const QUEUE_PREFIX = 'crashpost.queue.';

/** Who holds this Web Lock, or lease of this name, drains the queue. */
export const toLock = (appSecret: string): string => `crashpost.${appSecret}`;
