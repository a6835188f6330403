// The service-worker entry: drains the queues that pages of this origin left behind, with no page open.
// Importing it (or `importScripts` of the built file) is all there is to do: where to post, and as whom, is kept
// with each queue.
import { createPlatform, SYNC_TAG } from './platform/browser.js';
import { createGuard } from './platform/guard.js';
import type { Platform } from './platform/platform.js';
import { openDatabase, readTarget } from './queue/idb.js';
import { QUEUE_PREFIX } from './queue/log-store.js';
import { createPost, type Target } from './send/post.js';
import { createSender } from './send/sender.js';

/** https://w3c.github.io/ServiceWorker/#extendableevent-interface ; not in TypeScript's DOM library. */
interface ExtendableEvent extends Event {
  readonly tag?: string;
  waitUntil(promise: Promise<unknown>): void;
}

/** Sends what one queue holds. True when nothing is left. */
async function drainQueue(platform: Platform, factory: IDBFactory, name: string): Promise<boolean> {
  const database = await openDatabase(factory, name);
  try {
    const target = (await readTarget(database)) as Target | undefined;
    if (!target) return true;
    const queue = { ...database, put: () => undefined };
    const guard = createGuard(platform, false);
    const lock = `crashpost.${target.appSecret}`;
    await createSender({ platform, guard, queue, post: createPost(platform, target), lock }).drain();
    return (await database.peek(1)).length === 0;
  } finally {
    database.close();
  }
}

/** Sends what every queue of this origin holds. Rejects when something is left: Background Sync then tries again later. */
async function drainQueues(): Promise<void> {
  const platform = createPlatform();
  const factory = platform?.indexedDB;
  if (!platform || !factory?.databases) return;
  const names = (await factory.databases()).map(({ name = '' }) => name);
  const queues = names.filter((name) => name.startsWith(QUEUE_PREFIX));
  // All of them are tried, whatever becomes of one: the browser may end the worker as soon as this settles.
  const drained = await Promise.allSettled(queues.map((name) => drainQueue(platform, factory, name)));
  if (!drained.every((result) => result.status === 'fulfilled' && result.value))
    throw new Error('crashpost: some reports could not be sent yet');
}

addEventListener('sync', (event) => {
  const sync = event as ExtendableEvent;
  if (sync.tag === SYNC_TAG) sync.waitUntil(drainQueues());
});
addEventListener('activate', (event) => {
  // What is left is sent at the next occasion; activation must not fail for it.
  (event as ExtendableEvent).waitUntil(drainQueues().catch(() => undefined));
});
