import { gzip } from '../care/gzip.js';
import { fromKept, type Kept } from '../log/kept.js';
import { createGuard, settle } from '../platform/guard.js';
import type { Platform } from '../platform/platform.js';
import { within } from '../platform/within.js';
import type { LoadCare } from '../queue/care.js';
import { PATIENCE } from '../queue/connection.js';
import { openDatabase, type QueueDatabase, readKept } from '../queue/idb.js';
import { QUEUE_PREFIX, toLock } from '../queue/log-store.js';
import { createPost } from '../send/post.js';
import { createSender, GRACE } from '../send/sender.js';
import { onErase } from './on-erase.js';

/** Workers have no `localStorage`, for a lease. */
const care: LoadCare = async () => ({
  gzip,
  tidy: async () => undefined,
  lease: async (_platform, _name, turn) => turn(true),
});

/**
 * The reason where something is left. What is given to `waitUntil` counts as unhandled in Chromium, but this is no error
 * of the worker's: nobody hears it.
 */
export const LEFT = new Error('crashpost: some reports could not be sent yet');

/** What `use` makes of each queue of this origin and of what its page kept; the databases are closed again. */
async function overQueues<T>(
  platform: Platform,
  use: (database: QueueDatabase, kept: Kept | undefined) => T | Promise<T>,
): Promise<PromiseSettledResult<T>[]> {
  const { indexedDB: factory } = platform;
  // Firefox before 126 cannot list them.
  const list = async () => (await factory?.databases?.()) ?? [];
  const names = (await within(platform, PATIENCE, list)).map(({ name = '' }) => name);
  const ofOne = async (name: string): Promise<T> => {
    const opening = openDatabase(factory as IDBFactory, name);
    // One that opens when nobody waits any more is closed too.
    const close = async () => (await settle(opening))?.close();
    try {
      const database = await within(platform, PATIENCE, () => opening);
      const kept = await within(platform, PATIENCE, () => readKept(database));
      return await use(database, kept as Kept | undefined);
    } finally {
      close();
    }
  };
  // All of them are tried, whatever becomes of one: the browser may end the worker as soon as this settles.
  return Promise.allSettled(names.filter((name) => name.startsWith(QUEUE_PREFIX)).map(ofOne));
}

/**
 * Sends what every queue of this origin holds. What a page has just put, and most likely is posting, is waited for.
 * Rejects when something is left: Background Sync then tries again later.
 */
export async function drainQueues(platform: Platform): Promise<void> {
  const drained = await overQueues(platform, async (database, kept) => {
    if (!kept || (fromKept(kept).options as { readonly quiet?: boolean }).quiet) return true;
    // A call that does not come back would keep the pages' lock, and the worker, for as long as it may live.
    const timed = <T>(work: () => Promise<T>) => within(platform, PATIENCE, work);
    const peek = (limit: number) => timed(() => database.peek(limit));
    const queue = {
      peek,
      remove: (keys: readonly string[]) => timed(() => database.remove(keys)),
      // What is too much is given up by pages: they can say so in their next report.
      ...{ tidy: async () => {}, put: () => {}, hold: () => {}, close: () => {} },
    };
    const post = createPost(platform, kept);
    // The one moment a worker has at which no post may be begun any more. A page that is only stopped leaves its queue to
    // us, and one that may not send keeps that with it: it is read above.
    const hush = onErase(platform, post.stop);
    const sender = createSender({
      platform,
      guard: createGuard(platform, false),
      ...{ queue, post, care },
      lock: toLock(kept.appSecret),
    });
    const left = async () => {
      await sender.drain();
      return (await peek(1)).length > 0;
    };
    try {
      if (!(await left())) return true;
      await new Promise<void>((resolve) => platform.later(resolve, GRACE));
      return !(await left());
    } finally {
      hush();
    }
  });
  if (!drained.every((result) => result.status === 'fulfilled' && result.value)) throw LEFT;
}

/** What the page kept that started last on this origin. Rejects where IndexedDB is forbidden. */
export async function findKept(platform: Platform): Promise<Kept | undefined> {
  const found = await overQueues(platform, (_, kept) => kept);
  return found
    .flatMap((result) => (result.status === 'fulfilled' && result.value ? [result.value] : []))
    .sort((a, b) => (b.started ?? 0) - (a.started ?? 0))[0];
}
