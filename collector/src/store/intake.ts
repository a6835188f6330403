// What comes in: reports, visits, and what was not taken. Times are milliseconds since the epoch.

/** One diagnostics log as it was received, ready to be kept. */
export interface IncomingLog {
  /** UUID, lower case. Unique within an app: a log that comes again is the same log. */
  readonly id: string;
  readonly type: string;
  /** The report an attachment belongs to (UUID, lower case); absent on reports. */
  readonly errorId?: string;
  /** Whether it is a minidump, the data of which becomes a file. */
  readonly isDump?: boolean;
  /** The visit it happened in (UUID, lower case), where the log says. */
  readonly sid?: string;
  /** Of the app, on the start of a session. */
  readonly appVersion?: string;
  /** When it happened, by the device's clock; the time of receipt where the log does not say. */
  readonly timestamp: number;
  /** The log, as JSON. Kept as it came, so that a later symbolication or grouping starts from the truth. */
  readonly json: string;
}

/** The logs of one POST that are to be kept. */
export interface Delivery {
  readonly appId: number;
  /** UUID, lower case. */
  readonly installId: string;
  readonly receivedAt: number;
  readonly logs: readonly IncomingLog[];
}

/** A log, or a whole post, that was not taken. Texts are empty where it did not say. */
export interface RefusedSample {
  /** One word: `TooOld`, `InvalidJson`. */
  readonly reason: string;
  readonly at: number;
  readonly installId: string;
  readonly logId: string;
  readonly type: string;
  /** For a person: what is wrong, and where. */
  readonly fault: string;
}

/** What was not taken of one app lately: all of it counted, some of it told. */
export interface RefusedLogs {
  readonly appId: number;
  readonly counts: readonly RefusedCount[];
  readonly samples: readonly RefusedSample[];
}

/** Attachments whose report is not there, and was not removed for its age. */
export interface WaitingAttachments {
  readonly count: number;
  /** Whether there are so many attachments that not all were looked at. */
  readonly more: boolean;
  /** At most a hundred, the newest first; of those that were looked at. */
  readonly newest: readonly WaitingAttachment[];
}

export interface WaitingAttachment {
  readonly id: string;
  /** The report it waits for. */
  readonly errorId: string;
  readonly receivedAt: number;
  /** Where its data is when that is a file, below the data folder; absent when it is in the database. */
  readonly file?: string;
}

/** How many visits began, and in how many of them the app crashed; of the newest, when they are very many. */
export interface CrashFree {
  readonly visits: number;
  readonly crashedVisits: number;
  /** Distinct install ids among the visits. */
  readonly installs: number;
  readonly crashedInstalls: number;
}

/** Something that happened in a visit: an event or a page of App Center's Analytics. */
export interface VisitEvent {
  readonly id: string;
  readonly timestamp: number;
  readonly json: string;
}

/** How much was not taken for one reason. */
export interface RefusedCount {
  readonly reason: string;
  readonly logs: number;
  readonly lastAt: number;
}
