// What the collector keeps, as one interface. Concrete stores (sqlite) implement it; nobody but `main` names one.

/** An app that may send. */
export interface App {
  readonly id: number;
  readonly name: string;
  /** UUID, lower case; sent as `App-Secret`. */
  readonly secret: string;
  /** Taken as well, while its clients are moved to `secret`; absent when no such change is under way. */
  readonly previousSecret?: string;
  /** Since when nothing is taken from it; absent while it may send. */
  readonly disabledAt?: number;
  /** Milliseconds since the epoch, as every time in this file. */
  readonly createdAt: number;
  /** Web origins whose pages alone may send, in lower case: `https://shop.example`. Absent: all may. */
  readonly origins?: readonly string[];
}

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

/** Visits that are looked at for a rate: enough for it, and they are read whenever somebody opens the site. */
export const MAX_VISITS = 20_000;

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

/** How many reports a group had on one day. */
export interface DayCount {
  /** Midnight UTC. */
  readonly day: number;
  readonly reports: number;
}

/** A person who may sign in. */
export interface User {
  readonly name: string;
  /** As `auth` made it: algorithm, parameters, salt and hash in one string. */
  readonly passwordHash: string;
}

/** What a program may do that shows a token: `read` what the site shows, `admin` also change it. */
export type Scope = 'read' | 'admin';

/** A program that may use the API. */
export interface Token {
  /** For people; no two tokens have one. */
  readonly name: string;
  /** SHA-256 of the token, hex: a copied database lets nobody in. */
  readonly tokenHash: string;
  readonly scope: Scope;
  readonly createdAt: number;
}

/** A signed-in browser. */
export interface Session {
  /** SHA-256 of the cookie's value, hex: a copied database signs nobody in. */
  readonly tokenHash: string;
  readonly userName: string;
  readonly expiresAt: number;
}

export interface Page {
  /** At most this many rows. */
  readonly limit: number;
  readonly offset?: number;
}

export interface Store {
  apps(): Promise<App[]>;
  /** Throws `StoreError` `duplicate` when the name or a secret is another app's. */
  addApp(app: Omit<App, 'id'>): Promise<App>;
  /** Puts `app` in the place of the one with its id; false when there is none. Throws as `addApp` does. */
  changeApp(app: App): Promise<boolean>;

  /**
   * Resolves when every log of the delivery is committed to disk. A log whose id is known is left as it is. A
   * `startSession` begins a visit, an `event` or a `page` belongs to one: without `sid` they are not kept.
   */
  keep(delivery: Delivery): Promise<void>;

  /**
   * Of the visits that began since `since`, at most `MAX_VISITS`. Only crashes count, and only those that name their
   * visit.
   */
  crashFree(appId: number, since: number): Promise<CrashFree>;
  /** What happened in a visit until `until`, the newest first. */
  eventsOf(visit: { appId: number; sid: string; until: number; limit: number }): Promise<VisitEvent[]>;

  /** Counts what was not taken, and remembers the newest of it. */
  keepRefused(refused: readonly RefusedLogs[]): Promise<void>;
  /** What was not taken since `since`, by reason; the most first. Counted by the day, UTC. */
  refusedCounts(appId: number, since: number): Promise<RefusedCount[]>;
  /** The newest first, at most a hundred. */
  refusedSamples(appId: number): Promise<RefusedSample[]>;

  /**
   * Reports that no digest was kept for, oldest first; fewer than `limit` when they are large, but never none.
   * Attachments are never among them.
   */
  undigested(limit: number): Promise<Report[]>;
  /** Puts reports into their groups and counts them, once each: a report that has a group is left as it is. */
  keepDigests(digests: readonly Digest[]): Promise<void>;

  /** Newest `lastSeen` first. */
  groups(appId: number, page: Page): Promise<Group[]>;
  group(id: number): Promise<Group | undefined>;
  /** Days with reports, oldest first. */
  daysOfGroup(id: number, since: number): Promise<DayCount[]>;
  /** Newest first. */
  reportsOfGroup(id: number, page: Page): Promise<ReportRow[]>;
  report(appId: number, id: string): Promise<Report | undefined>;
  /** Oldest first; as many as fit in memory together, at least one. */
  attachmentsOf(appId: number, reportId: string): Promise<Attachment[]>;

  user(name: string): Promise<User | undefined>;
  users(): Promise<string[]>;
  /** Adds the user, or gives the one of that name a new password and ends its sessions. */
  putUser(user: User): Promise<void>;
  /** Removes the user and ends its sessions; false when there is none of that name. */
  removeUser(name: string): Promise<boolean>;
  putSession(session: Session): Promise<void>;
  /** Absent also when it has expired by `now`. */
  session(tokenHash: string, now: number): Promise<Session | undefined>;
  removeSession(tokenHash: string): Promise<void>;

  /** By name. */
  tokens(): Promise<Token[]>;
  token(tokenHash: string): Promise<Token | undefined>;
  /** Throws `StoreError` `duplicate` when another token has the name. */
  addToken(token: Token): Promise<void>;
  /** False when there is none of that name. */
  removeToken(name: string): Promise<boolean>;

  /** Resolves when everything the store consists of has answered; whoever asks says how long that may take. */
  ping(): Promise<void>;

  /** Finishes what was begun, then lets go of the data folder. */
  close(): Promise<void>;
}

/** Why a store could not do what it was asked. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  constructor(
    /** `busy`: another collector has the data folder. */
    readonly code: 'duplicate' | 'full' | 'unwritable' | 'newer' | 'busy' | 'closed' | 'failed',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
