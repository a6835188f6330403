// What is kept: reports, what was found out about them, and their groups. Times are milliseconds since the epoch.

/** A kept report, before or after it was grouped. */
export interface Report {
  readonly appId: number;
  readonly id: string;
  readonly type: string;
  readonly installId: string;
  readonly timestamp: number;
  readonly receivedAt: number;
  /** Absent until the report is digested. */
  readonly groupId?: number;
  /** The visit it happened in, where it says. */
  readonly sid?: string;
  readonly json: string;
}

/** A report that waits for its digest. */
export interface Undigested extends Report {
  /** Why its text cannot be read, which then is empty; absent when it can. */
  readonly fault?: string;
}

/** What one report looks like in a list. */
export interface ReportRow {
  readonly id: string;
  readonly groupId: number;
  readonly timestamp: number;
  readonly receivedAt: number;
  readonly installId: string;
  readonly appVersion: string;
  /** For people: `Windows 11`, `Android 14`. */
  readonly os: string;
  /** For people: `Chrome 156`; the device's model where there is no browser. */
  readonly client: string;
}

/** What digestion found out about one report. */
export interface Digest {
  readonly appId: number;
  readonly reportId: string;
  /** Reports with one fingerprint are one group. */
  readonly fingerprint: string;
  /** How the group is shown, taken from its newest report. */
  readonly exceptionType: string;
  readonly message: string;
  /** The blamed frame, for people: `checkout (app.js:12:7)`; empty when there is none. */
  readonly location: string;
  readonly fatal: boolean;
  readonly appVersion: string;
  readonly os: string;
  readonly client: string;
}

/** Reports with one fingerprint. */
export interface Group {
  readonly id: number;
  readonly appId: number;
  readonly exceptionType: string;
  readonly message: string;
  readonly location: string;
  /** True when at least one of its reports was fatal. */
  readonly fatal: boolean;
  /** How many there were; the oldest may have been removed since. */
  readonly reports: number;
  /** Distinct install ids. */
  readonly installs: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** App version of the newest report. */
  readonly appVersion: string;
}

export interface Attachment {
  readonly id: string;
  /** Without its `data` when that is in a file. */
  readonly json: string;
  /** Where the data of a minidump is, below the data folder. */
  readonly file?: { readonly path: string; readonly bytes: number };
}

/** How many reports a group had on one day. */
export interface DayCount {
  /** Midnight UTC. */
  readonly day: number;
  readonly reports: number;
}
