import type { Delivery, IncomingLog } from '../store.js';

/** Who sent a log, and when it came. */
export type From = Omit<Delivery, 'logs'>;

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
