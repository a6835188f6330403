import type { Guard } from '../platform/guard.js';
import type { Platform } from '../platform/platform.js';
import { createTidy } from './bounds.js';
import { type Bounded, EVICTED, type LoadCare } from './care.js';
import { type Connection, createConnection, isFull } from './connection.js';
import type { QueueDatabase } from './idb.js';
import { createJournal, type Journal, MAX_ENTRY_CHARACTERS } from './journal.js';
import { type Entry, HELD, type LogStore, QUEUE_PREFIX, sizeOf } from './log-store.js';

/** Keys; what is forgotten of more, the collector knows by its id. Where no database ever opens, a page may live for days. */
const MAX_ANSWERED = 1_000;
/** Logs and small attachments, of some thousand characters each. */
const MAX_COPIES = 100;

export interface QueueOptions {
  readonly platform: Platform;
  readonly guard: Guard;
  readonly appSecret: string;
  /** Kept with the queue, for the reporters in workers; in these it is undefined. */
  readonly kept: unknown;
  /** Bytes of all logs together. */
  readonly maxSize: number;
  readonly care: LoadCare;
  /**
   * Called when the database has opened, and what earlier visits left can be read; again only when the browser had
   * deleted or closed it, and it has what this page has put.
   */
  readonly onOpen: () => unknown;
}

export interface Queue extends LogStore, Pick<Connection, 'use'> {
  /** What IndexedDB does not have, or not yet. */
  unstored(): Entry[];
  /** Another size may be set. */
  readonly bounds: { maxSize: number; readonly losses: string };
}

interface WriteOptions {
  /** Its size may be set anew. */
  readonly bounds: Bounded;
  readonly settle: (key: string) => void;
  readonly tidy: (noRoom?: boolean) => Promise<void>;
}

/** What is held waits. */
const toSend = (entries: readonly Entry[]): Entry[] => entries.filter(({ key }) => key < HELD);

/** Brings an entry into IndexedDB; where there is no room for it, the oldest are given up first. */
function createWrite({ bounds, settle, tidy }: WriteOptions) {
  const { use, pending } = bounds;
  let making: Promise<void> | undefined;
  /** Bytes written since the bound was looked after. */
  let grown = 0;
  return async (entry: Entry): Promise<void> => {
    const put = () =>
      use(async (database) => {
        await database.put(entry);
        settle(entry.key);
      });
    try {
      await put();
    } catch (error) {
      if (!isFull(error)) throw error;
      // Once a visit: the disk may be full of what is not ours.
      making ??= tidy(true);
      await making;
      // It may have been answered meanwhile, or given up.
      if (pending.has(entry.key)) await put();
    }
    // Not only when a post has failed: until the next is tried, a page may throw for twenty minutes.
    grown += sizeOf(entry.key);
    if (grown <= bounds.maxSize / 10) return;
    grown = 0;
    await tidy();
  };
}

/** What this page has itself of its entries. */
function createMemory(journal: Journal, guard: Guard) {
  /** What IndexedDB does not have: what comes before it opens, and what it refused. */
  const pending = new Map<string, Entry>();
  /** What it has, until it is answered: the database may be deleted under us. */
  const copies = new Map<string, Entry>();
  return {
    pending,
    copies,
    settle: guard((key: string) => {
      const entry = pending.get(key);
      // Of what is held none: in another tab the person may say that it is not to be sent.
      const mayCopy = key < HELD && copies.size < MAX_COPIES;
      if (entry && mayCopy && entry.json.length <= MAX_ENTRY_CHARACTERS) copies.set(key, entry);
      pending.delete(key);
      journal.remove(key);
    }),
    /** All there is: what is not among it was answered for elsewhere, and is not to come back. */
    seenAll: (stored: readonly Entry[]) => {
      const keys = new Set(stored.map(({ key }) => key));
      for (const key of copies.keys()) if (!keys.has(key)) copies.delete(key);
    },
    /** Each once: journal and database may hold the same, until a write has come back. */
    withUnstored: (stored: readonly Entry[]): Entry[] => {
      const all = [...stored, ...journal.entries(), ...pending.values()];
      return [...new Map(all.map((entry) => [entry.key, entry])).values()];
    },
  };
}

/**
 * Gives nothing where the database does not answer: what the page has itself is still to be sent. In WebKitGTK no read
 * of an origin comes back once a worker was terminated while it wrote (measured: e2e/workers.spec.ts).
 */
function createPeek(use: Connection['use'], guard: Guard) {
  return async (limit: number): Promise<readonly Entry[] | undefined> => {
    let stored: Entry[] | undefined;
    await guard(async () => {
      stored = await use((database) => database.peek(limit));
    })();
    return stored;
  };
}

/**
 * The write-ahead queue of one app: journal and IndexedDB, either one where the other is missing, memory where
 * neither can be had. Returns at once; the database opens behind it, or never does, and nothing here waits for it.
 */
export function openQueue({ platform, guard, appSecret, kept, maxSize, care, onOpen }: QueueOptions): Queue {
  const { local } = platform;
  const name = QUEUE_PREFIX + appSecret;
  const journal = createJournal(local, `${name}.`);
  const { pending, copies, settle, seenAll, withUnstored } = createMemory(journal, guard);
  const { use, close } = createConnection({
    platform,
    guard,
    name,
    onOpen: (anew) => {
      if (anew) for (const [key, entry] of copies) pending.set(key, entry);
      // What earlier visits could not bring into IndexedDB before they ended, and this one before it opened.
      withUnstored([]).forEach(write);
      if (answered[0]) guard(use)(sweep);
      if (kept) guard(use)((database) => database.putKept(kept));
      // Not each time: a drain that fails tidies up, that opens again what was lost, and the next would be due at once.
      if (anew) guard(onOpen)();
    },
  });
  /** What there was no database to remove from. Tried once: what cannot be removed must not cost each connection. */
  const answered: string[] = [];
  const sweep = (database: QueueDatabase) => database.remove(answered.splice(0));
  const remove = async (keys: readonly string[]) => {
    for (const key of keys) {
      settle(key);
      copies.delete(key);
      answered.push(key);
    }
    await use(sweep);
    // The oldest, and not before: what is given up at once may be more.
    answered.splice(0, answered.length - MAX_ANSWERED);
  };
  const losses = EVICTED + appSecret;
  const bounds = { use, pending, remove, maxSize, losses };
  const tidy = createTidy(platform, bounds, care);
  const write = guard(createWrite({ bounds, settle, tidy }));
  const peekStored = createPeek(use, guard);

  return {
    put: (entry) => {
      pending.set(entry.key, entry);
      guard(journal.put)(entry);
      write(entry);
    },
    hold: guard(journal.put),
    // Reads see every write begun before them.
    peek: async (limit) => {
      const stored = await peekStored(limit);
      if (stored && stored.length < limit) seenAll(stored);
      return toSend(withUnstored(stored ?? [])).slice(0, limit);
    },
    unstored: () => withUnstored([]),
    ...{ remove, tidy, use, close, bounds },
  };
}
