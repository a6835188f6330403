/** One log that waits for its answer. */
export interface Entry {
  /** Sorts by time; ends in the log's id. */
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
  close(): void;
}

// Both numbers keep their length, and so their order as text, until the year 2286 or nine million errors in one page.
let sequence = 1_000_000;

/** A key that sorts by `time` (milliseconds), then by order of making, and ends in `id` (a UUID). */
export const toKey = (time: number, id: string): string => `${time}-${sequence++}-${id}`;

export const idOf = (key: string): string => key.slice(-36);

/** Where the queue of an app is kept; the service worker finds it by this prefix, whatever the app secret. */
export const QUEUE_PREFIX = 'crashpost.queue.';
