// A post on its way: from a delivery to one row of the inbox, and from there to its places.
import type { Delivery, IncomingLog } from '../intake.js';

/** Who sent a log, and when it came. */
export type From = Omit<Delivery, 'logs'>;

/** A post as it crosses to the thread that writes, and as it stands in the inbox. */
export interface Packed extends From {
  /** How many. */
  readonly logs: number;
  /** JSON: a `Head` for each. */
  readonly heads: string;
  /** Their texts one after another, in UTF-8, in memory of its own: it is handed over, not copied. */
  readonly bodies: Uint8Array<ArrayBuffer>;
}

/** A log without its text, and how long that is. Bytes of UTF-8. */
export interface Head extends Omit<IncomingLog, 'json'> {
  readonly bytes: number;
}

/**
 * Packed where the post was read: copying its texts from thread to thread one by one took longer than parsing them
 * (measured: 20 to 50 µs for a log of 3.4 kB). A blob also because SQLite would read a text with a NUL only so far
 * (connection.ts).
 */
export function pack({ logs, ...from }: Delivery): Packed {
  const heads = logs.map(({ json, ...head }): Head => ({ ...head, bytes: Buffer.byteLength(json) }));
  const bodies = Buffer.from(new ArrayBuffer(heads.reduce((sum, { bytes }) => sum + bytes, 0)));
  let at = 0;
  for (const { json } of logs) at += bodies.write(json, at);
  return { ...from, logs: logs.length, heads: JSON.stringify(heads), bodies };
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
}

/** Makes a file of the data of a minidump; undefined when that cannot be done. Throws `StoreError` `full`. */
export type ToFile = (minidump: Minidump) => InFile | undefined;
