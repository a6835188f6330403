import type { Guard } from '../platform/guard.js';
import type { Platform, Stop } from '../platform/platform.js';
import { within } from '../platform/within.js';
import { openDatabase, type QueueDatabase } from './idb.js';

/** A call that does not come back within this time is taken for lost, and its connection with it. Milliseconds. */
export const PATIENCE = 10_000;
/** Openings in a row of which not one call came back: then the journal has to do until the next start. */
const MAX_VAIN = 2;

export interface Connection {
  /**
   * What `work` makes of the database; undefined where there is none now: then it is being opened. `work` runs in the
   * caller's task. Rejects when it fails or does not come back; the connection is given up then, unless all that it
   * lacked was room.
   */
  use<T>(work: (database: QueueDatabase) => Promise<T>): Promise<T | undefined>;
  readonly close: Stop;
}

export interface ConnectionOptions {
  readonly platform: Platform;
  readonly guard: Guard;
  readonly name: string;
  /** Called each time it has opened; `anew`: for the first time, or what was in it may have been deleted meanwhile. */
  readonly onOpen: (anew: boolean) => unknown;
}

/** A transaction that ends with its connection has no error of its own. */
export const isFull = (error: unknown): boolean => (error as Error | null)?.name === 'QuotaExceededError';

/**
 * A connection that is had again, at its next use, when it was lost. Browsers lose them without a word: iOS when the
 * page was in the background (https://bugs.webkit.org/show_bug.cgi?id=197050), all when site data is cleared. Where it
 * cannot be opened, a later use tries once more, as iOS may say no in the background
 * (https://bugs.webkit.org/show_bug.cgi?id=201483), and then nothing before the next start, as storage that is forbidden
 * stays so; an `open` that does not come back (https://bugs.webkit.org/show_bug.cgi?id=226547) is welcome when it does.
 * Nor is it had again where it opens, and then nothing can be done with it.
 */
export function createConnection({ platform, guard, name, onOpen }: ConnectionOptions): Connection {
  const { indexedDB: factory, now } = platform;
  let database: QueueDatabase | undefined;
  let closed = false;
  let anew = true;
  /** Openings since a call came back. */
  let vain = 0;
  /** Milliseconds since the epoch. */
  let notBefore = 0;

  const lose = (lost: QueueDatabase): void => {
    lost.close();
    if (lost === database) database = undefined;
  };
  const open = guard(async () => {
    if (closed || vain === MAX_VAIN || now() < notBefore) return;
    vain = factory ? vain + 1 : MAX_VAIN;
    notBefore = now() + PATIENCE;
    // Once: what is thrown lives as long as the page, but for the journal.
    if (!factory) throw 'no IndexedDB';
    const opened = await openDatabase(factory, name, (gone) => {
      anew = true;
      lose(gone);
    });
    if (closed) return opened.close();
    notBefore = 0;
    // One that took too long, and the next was asked for meanwhile.
    database?.close();
    database = opened;
    onOpen(anew);
    anew = false;
  });
  open();
  return {
    use: async (work) => {
      const used = database;
      if (!used) return void open();
      try {
        const result = await within(platform, PATIENCE, () => work(used));
        vain = 0;
        return result;
      } catch (error) {
        if (!isFull(error)) lose(used);
        throw error;
      }
    },
    close: () => {
      closed = true;
      database?.close();
    },
  };
}
