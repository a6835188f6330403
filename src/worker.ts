// The worker entry: importing it (or `importScripts` of the built file) is all there is to do. Where to post, and as
// whom, is kept with each queue by the page's `start`. In a dedicated, shared or service worker it reports what is not
// caught there; in a service worker it also drains the queues that pages of this origin left behind, with no page open.
import { withName } from './capture/claim.js';
import { createPlatform, SYNC_TAG } from './platform/browser.js';
import { settle } from './platform/guard.js';
import type { Platform } from './platform/platform.js';
import { within } from './platform/within.js';
import { drainQueues } from './worker/queues.js';
import { createWorkerReporter } from './worker/reporting.js';

/** https://w3c.github.io/ServiceWorker/#extendableevent-interface ; not in TypeScript's DOM library. */
interface ExtendableEvent extends Event {
  readonly tag?: string;
  waitUntil(promise: Promise<unknown>): void;
}

interface ServiceWorkerRealm {
  readonly registration?: { readonly sync?: { register(tag: string): Promise<void> } };
}

/**
 * How long after a service worker was started, by a page, a push or whatever woke it, it looks for what is queued: not
 * while it is needed. It listens to no `fetch` for that: each request of every page would pay for it. Milliseconds.
 */
const AFTER_START = 5_000;
/** Milliseconds. */
const INSTALL_WAIT = 1_000;

function begin(platform: Platform): void {
  const requestSync = () => (platform.realm as ServiceWorkerRealm).registration?.sync?.register(SYNC_TAG);
  const { seek } = createWorkerReporter({ ...withName(platform), requestSync });
  platform.on<ExtendableEvent>('sync', (event) => {
    if (event.tag === SYNC_TAG) event.waitUntil(drainQueues(platform));
  });
  // An error of the worker's first turn keeps it alive until it is known where to post, but the page's own worker is
  // not to wait for us: WebKitGTK may never answer there (measured: 1 install in 6 did not end).
  platform.on<ExtendableEvent>('install', (event) =>
    event.waitUntil(settle(within(platform, INSTALL_WAIT, seek))),
  );
  // Nor its pages, whose requests are held until it is activated.
  const drain = () => settle(drainQueues(platform));
  platform.on('activate', drain);
  if (platform.facts.scope === 'ServiceWorkerGlobalScope') platform.later(drain, AFTER_START);
}

const platform = createPlatform();
// A window that imports it by mistake has a reporter of its own.
if (platform && platform.facts.scope !== 'Window') begin(platform);
