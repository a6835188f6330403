// What only a queue needs that could not be sent at once. It is loaded then, and all goes on where it cannot be.
import type { Platform, Realm } from '../platform/platform.js';
import type { Connection } from './connection.js';
import type { Entry, LogStore } from './log-store.js';

/** The names, as properties of a report, of how many were given up since the last that said so, and why. */
export const EVICTED = 'crashpost.evicted.';

/** What of a queue is to be kept within bounds. */
export interface Bounded {
  readonly use: Connection['use'];
  /** What IndexedDB does not have. */
  readonly pending: ReadonlyMap<string, Entry>;
  /** Forgets entries, wherever they are. */
  readonly remove: LogStore['remove'];
  /** Bytes of all logs together. */
  readonly maxSize: number;
  /**
   * The name in `localStorage` of how many were given up, by reason: the counts survive the tab, and whichever tab
   * reports next takes them.
   */
  readonly losses: string;
}

/** What to do with one's turn; with null, without it: it is another's. */
export type Turn = (held: unknown) => Promise<void> | void;

export interface Care {
  /** Gives up what is too old or too much; with `noRoom`, half of what there is. */
  tidy(platform: Platform, queue: Bounded, noRoom: boolean): Promise<void>;
  /** `text` compressed; undefined where that is not worth it, or not to be had. */
  gzip(realm: Realm, text: string): Promise<ArrayBuffer | undefined>;
  /** Calls `turn` when nobody else has it, and with null when somebody has; for browsers without Web Locks. */
  lease(platform: Platform, name: string, turn: Turn): Promise<void>;
}

/** Rejects where it cannot be loaded. */
export type LoadCare = () => Promise<Care>;
