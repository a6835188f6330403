// What crosses to the threads: the Store's methods as plain data, and their answers.
import { type Digest, type Store, StoreError } from '../store.js';
import type { SetAside, Upkeep } from '../upkeep.js';
import type { Packed } from './posted.js';

export const READS = [
  'apps',
  'undigested',
  'groups',
  'group',
  'daysOfGroup',
  'reportsOfGroup',
  'report',
  'attachmentsOf',
  'waitingAttachments',
  'crashFree',
  'eventsOf',
  'refusedCounts',
  'refusedSamples',
  'user',
  'users',
  'session',
  'tokens',
  'token',
  'backlog',
  'inboxLogs',
  'lastReceived',
  'clockSeen',
  'secretsCounted',
  'faults',
  'copyTo',
  'reportsAfter',
  'attachmentsAfter',
  'setAside',
  'postsAsideAfter',
] as const;

export const WRITES = [
  'addApp',
  'changeApp',
  'keepPost',
  'unpack',
  'keepRefused',
  'keepDigests',
  'putUser',
  'removeUser',
  'putSession',
  'removeSession',
  'addToken',
  'removeToken',
  'removeOld',
  'mendTimes',
  'keepClock',
  'keepSecretsCounted',
  'removeFiles',
] as const;

type Read = (typeof READS)[number];
type Write = (typeof WRITES)[number];
/** All that this store does. */
export type SqliteStore = Store & Upkeep;

/** What became of some posts of the inbox. */
export interface Unpacked {
  readonly logs: number;
  /** Whether there may be others behind them. */
  readonly more: boolean;
  readonly aside: readonly SetAside[];
}

/** What its two sides do for each other. */
interface Inbox {
  /** Resolves when the post is committed to disk. Called with a `Delivery`, which is packed on its way: pack.ts. */
  keepPost(post: Packed): Promise<void>;
  /**
   * Puts the logs of posts that were kept where they belong, the oldest first: as many as `limit`, but one post at
   * least.
   */
  unpack(limit: number): Promise<Unpacked>;
  /** As the Store's; resolves with those that stood in the way. */
  keepDigests(digests: readonly Digest[]): Promise<SetAside[]>;
  /** How many wait for that. */
  inboxLogs(): Promise<number>;
}

type Called = Omit<SqliteStore, 'keep' | 'settle' | keyof Inbox> & Inbox;
type Result<M extends Read | Write> = Awaited<ReturnType<Called[M]>>;

/** The Store's reads, synchronous. */
export type Reads = { [M in Read]: (...args: Parameters<Called[M]>) => Result<M> } & { ping(): void };

/**
 * The Store's writes, in two steps: the call does what needs no database, what it returns runs inside the transaction,
 * and is run again when another call of its group has failed.
 */
export type Writes = { [M in Write]: (...args: Parameters<Called[M]>) => () => Result<M> } & {
  ping(): () => void;
};

export interface Call {
  /** `ping` is answered by either thread. */
  readonly method: Read | Write | 'ping';
  readonly args: readonly unknown[];
}

export type Reply =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: StoreError['code']; readonly message: string };

/** Answers a group of calls, one reply each, in their order. Never throws. */
export type Dispatch = (calls: readonly Call[]) => Reply[];

/** The value of a reply. Throws `StoreError` when it is a refusal. */
export function unwrap(reply: Reply): unknown {
  if (reply.ok) return reply.value;
  throw new StoreError(reply.code, reply.message);
}

/** What a store thread is started with. */
export interface ThreadData {
  readonly folder: string;
  readonly role: 'reader' | 'writer';
  /** Whether the folder is taken for this process alone. */
  readonly held: boolean;
}

/** A group of calls as they cross, and the memory that is handed over with them. */
export interface Group {
  readonly calls: readonly Call[];
  readonly memory: readonly ArrayBuffer[];
}

/** To a store thread: a group of calls, or the word to end. */
export type ToThread = Group | 'close';
