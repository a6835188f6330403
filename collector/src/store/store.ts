// What the collector keeps, as one interface. Concrete stores (sqlite) implement it; nobody but `main` names one.
// Times are milliseconds since the epoch.
import type { App, AppChange, Session, Token, User } from './access.js';
import type {
  CrashFree,
  Delivery,
  RefusedCount,
  RefusedLogs,
  RefusedSample,
  VisitEvent,
  WaitingAttachments,
} from './intake.js';
import type { Attachment, DayCount, Digest, Group, Report, ReportRow, Undigested } from './kept.js';

export type { App, AppChange, Scope, Session, Token, User } from './access.js';
export type {
  CrashFree,
  Delivery,
  IncomingLog,
  RefusedCount,
  RefusedLogs,
  RefusedSample,
  VisitEvent,
  WaitingAttachment,
  WaitingAttachments,
} from './intake.js';
export type { Attachment, DayCount, Digest, Group, Report, ReportRow, Undigested } from './kept.js';
export { StoreError } from './store-error.js';

/** Visits that are looked at for a rate: enough for it, and they are read whenever somebody opens the site. */
export const MAX_VISITS = 20_000;

export interface Page {
  /** At most this many rows. */
  readonly limit: number;
  readonly offset?: number;
}

export interface Store {
  apps(): Promise<App[]>;
  /** Throws `StoreError` `duplicate` when the name or a secret is another app's. */
  addApp(app: Omit<App, 'id'>): Promise<App>;
  /**
   * Resolves with the app as it is then; undefined when there is none of that id, or when its secrets are not what the
   * change is for: then nothing of it is changed. Throws as `addApp` does.
   */
  changeApp(id: number, change: AppChange): Promise<App | undefined>;

  /**
   * Resolves when every log of the delivery is committed to disk; it can be read a little later, when `unpack` has
   * come to it. A log whose id is known is left as it is. A `startSession` begins a visit, an `event` or a `page`
   * belongs to one: without `sid` they are not kept.
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
  /** The newest first. */
  waitingAttachments(appId: number): Promise<WaitingAttachments>;

  /**
   * Puts what was kept where it can be read, the oldest first: as many logs as `limit`, but one post at least. Resolves
   * with whether there may be more. A post that this cannot be done with is set aside, with the logs of it that
   * have no place, and does not come up again before the next start.
   */
  unpack(limit: number): Promise<boolean>;
  /**
   * Of what was unpacked, reports that no digest was kept for, oldest first; fewer than `limit` when they are large, but
   * never none. Attachments are never among them.
   */
  undigested(limit: number): Promise<Undigested[]>;
  /**
   * Puts reports into their groups and counts them, once each: a report that has a group is left as it is. One that
   * this cannot be done with is set aside, as a post is.
   */
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
