// What is asked of a store besides keeping and showing: to be watched, checked, copied and read out.
import type { Attachment, Undigested } from './kept.js';

/** How far digestion is behind. */
export interface Backlog {
  /** Reports without a digest. */
  readonly reports: number;
  /** When the oldest of them was received; absent when there is none. */
  readonly since?: number;
  /** Posts and reports that are set aside, and not among those. */
  readonly aside: number;
}

/** A row that could not be worked on, and stays where it is until the next start tries it again. */
export interface SetAside {
  /** A post some logs of which could not be unpacked, and has only those left, or a report whose digest could not be kept, or that could not be removed. */
  readonly place: 'inbox' | 'reports';
  /** For a person. */
  readonly reason: string;
}

/** What is to go, and how much of it in one transaction. */
export interface Removal {
  /** Received before this. */
  readonly before: number;
  /** A time that is believed, which the machine's clock need not be. */
  readonly now: number;
  /** Reports, attachments, visits and events each. */
  readonly limit: number;
}

/** What is known of the machine's clock. Times are milliseconds since the epoch. */
export interface ClockSeen {
  /** What it said when it was last looked at. */
  readonly wall: number;
  /** How long it has been looked at, in all. Milliseconds. */
  readonly ran: number;
  /** Those in doubt, the oldest first: how far (milliseconds; less than 0: back), and what `ran` was then. */
  readonly jumps: readonly { readonly size: number; readonly at: number }[];
}

/** Posts with secrets that should be others, since a time. Times are milliseconds since the epoch. */
export interface SecretsCounted {
  readonly since: number;
  /** Secrets that no app has, by how they begin; the latest last. */
  readonly unknown: readonly SecretCounted[];
  /** Old secrets of apps; the latest last. */
  readonly old: readonly SecretCounted[];
}

export interface SecretCounted {
  /** Never a secret: what it is told by. */
  readonly name: string;
  readonly posts: number;
  readonly lastAt: number;
}

/** A place in the order of arrival. */
export interface Placed {
  readonly seq: number;
}

export interface Upkeep {
  backlog(): Promise<Backlog>;
  /** Resolves when all that was kept before can be read. */
  settle(): Promise<void>;
  /** When the newest report was received; absent when there is none. */
  lastReceived(): Promise<number | undefined>;
  /** What is wrong with the data, in sentences; none when it is sound. Reads all of it. */
  faults(): Promise<string[]>;
  /**
   * Copies everything that is committed when it is called into a new file, which is on the disk when it resolves.
   * Others may write meanwhile. Resolves with which pages could not be read, in sentences: where one was, the copy may
   * have zeros, and looks sound. Rejects with `StoreError`, also when the file exists.
   */
  copyTo(file: string): Promise<string[]>;
  /**
   * Removes reports that are grouped, attachments, visits, events, and what is known of refused ones, the oldest first.
   * Groups without reports go too; others count on what was removed. A report or an attachment that was removed is not
   * taken again when it is sent again. Resolves with how many there were of the first four; 0 when none is left. What
   * was received before the program was written was received at a time nobody knows, and stays.
   */
  removeOld(removal: Removal): Promise<number>;
  /**
   * Has what was received at a time that cannot be, before the program was written or more than 366 days after `now`,
   * count as received now: not earlier than it was, and one day old. For a clock that is believed. Resolves with how
   * many rows were changed; 0 when none is left.
   */
  mendTimes(removal: Removal): Promise<number>;
  /** Undefined before the first `keepClock`, where there are no reports either. */
  clockSeen(): Promise<ClockSeen | undefined>;
  keepClock(seen: ClockSeen): Promise<void>;
  /** Undefined before the first `keepSecretsCounted`. */
  secretsCounted(): Promise<SecretsCounted | undefined>;
  /** Instead of those that are kept. */
  keepSecretsCounted(counted: SecretsCounted): Promise<void>;
  /**
   * Removes the files of attachments that are gone, those whose attachment was never kept, and those that are not whole,
   * last written before that time. Resolves with how many; rejects with `StoreError` `unwritable` when some stay.
   */
  removeFiles(before: number): Promise<number>;
  /** What is set aside, and how many for each reason; the most first, at most ten. */
  setAside(): Promise<(SetAside & { readonly count: number })[]>;
  /**
   * Reports after a place, in the order of arrival; as many as fit in memory together, at least one. Those that cannot be
   * read have a `fault`.
   */
  reportsAfter(seq: number, limit: number): Promise<(Undigested & Placed)[]>;
  /** Attachments after a place, as reports are. */
  attachmentsAfter(seq: number, limit: number): Promise<(ExportedAttachment & Placed)[]>;
  /** Posts that are set aside after a place, as reports are. */
  postsAsideAfter(seq: number, limit: number): Promise<(PostAside & Placed)[]>;
}

export interface PostAside {
  readonly appId: number;
  readonly installId: string;
  readonly receivedAt: number;
  readonly reason: string;
  /** What was found out about its logs when they came. JSON, unless that is what is damaged. */
  readonly heads: string;
  /** Their texts one after another, as a JSON string; empty where they cannot be read. */
  readonly json: string;
  /** Why they cannot be read; absent when they can. */
  readonly fault?: string;
}

export interface ExportedAttachment extends Pick<Attachment, 'id' | 'json'> {
  readonly appId: number;
  /** The report it belongs to. */
  readonly errorId: string;
  readonly receivedAt: number;
  /** Why it cannot be read; absent when it can. Where only its file cannot be read, there is the log without its data. */
  readonly fault?: string;
}
