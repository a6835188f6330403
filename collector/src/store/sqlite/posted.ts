// A post on its way: from a delivery to one row of the inbox, and from there to its places.
import type { Delivery, IncomingLog } from '../intake.js';

/** Who sent a log, and when it came. */
export type From = Omit<Delivery, 'logs'>;

/** A post as it stands in the inbox. */
export interface Packed extends From {
  /** How many. */
  readonly logs: number;
  /** JSON: a `Head` for each. */
  readonly heads: string;
  /** Their texts one after another, in UTF-8: SQLite would read a text with a NUL only so far (connection.ts). */
  readonly bodies: Uint8Array<ArrayBuffer>;
}

/** A log without its text, and how long that is. Bytes of UTF-8. */
export interface Head extends Omit<IncomingLog, 'json'> {
  readonly bytes: number;
}

/** A log, and its text in UTF-8. */
export interface Posted {
  readonly log: Omit<IncomingLog, 'json'>;
  readonly body: Buffer;
}

/** Puts a log where it belongs; to be run inside a transaction. */
export type PlaceLog = (from: From, posted: Posted) => void;

/** The same for a log of a visit; false when it is another one. */
export type PlaceVisit = (from: From, posted: Posted) => boolean;

export interface Minidump {
  readonly appId: number;
  readonly id: string;
  /** The attachment as it came. */
  readonly json: string;
}

/** What an attachment leaves in the database when its data is in a file. */
export interface InFile {
  readonly json: string;
  /** Below the data folder, with `/`. */
  readonly file: string;
  /** How long the file is. */
  readonly bytes: number;
}

/** Makes a file of the data of a minidump; undefined when that cannot be done. Throws `StoreError` `full`. */
export type ToFile = (minidump: Minidump) => InFile | undefined;
