import { withClaims } from '../capture/claim.js';
import type { Word } from '../capture/relayed.js';
import { raiseStackLimit } from '../capture/stack-limit.js';
import { type Client, createClient } from '../client.js';
import { toException } from '../exception/to-exception.js';
import { DEVICE_NAME } from '../log/device.js';
import { installName } from '../log/install-id.js';
import { fromKept, type Kept } from '../log/kept.js';
import type { Occurrence } from '../log/to-log.js';
import { toSettings } from '../options.js';
import { attempt, settle } from '../platform/guard.js';
import type { Early, Platform, Stop } from '../platform/platform.js';
import { createEars } from './ears.js';
import { onErase } from './on-erase.js';
import { findKept } from './queues.js';

/** How soon to look again for where to post, where something waits for it; each time is twice the time before. Milliseconds. */
const FIRST_WAIT = 100;
/** After this one, not before the next error: about two minutes after the first. Milliseconds. */
const LAST_WAIT = 60_000;

/** What is loaded apart, and so not here. */
const NO_EXTRAS = { resources: false, iframes: false } as const;
/** What is kept is kept with consent. */
const CONSENTED = { consent: undefined } as const;

/** Chunks are for pages: a service worker may not `import()`, and bundlers make a worker of one file. */
const noChunk = () => Promise.reject(new Error('no chunk in a worker'));

/** A client for this worker, as the page that kept `kept` would have it. */
function createFrom(kept: Kept, platform: Platform): Client {
  const { options, facts } = fromKept(kept);
  const names = new Map([
    [DEVICE_NAME, kept.device],
    [installName(kept.appSecret), kept.installId],
  ]);
  const local = {
    getItem: (name: string) => names.get(name) ?? null,
    setItem: () => undefined,
    removeItem: () => undefined,
  } as unknown as Storage;
  const { screenSize, maxTouchPoints = 0 } = facts;
  const own = { ...platform, local, facts: { ...platform.facts, screenSize, maxTouchPoints } };
  return createClient(toSettings({ ...options, ...NO_EXTRAS, ...CONSENTED }), withClaims(own), {
    device: noChunk,
    extra: noChunk,
  });
}

/**
 * A service worker whose script throws is ended, often before it can read where to post (measured in Firefox and
 * WebKitGTK): the pages that hear it report it too. The collector knows the two by their id.
 */
function handOver({ facts, openChannel }: Platform, event: Event & Early): void {
  if (facts.scope !== 'ServiceWorkerGlobalScope') return;
  const {
    at: time = 0,
    id = '',
    message,
    error,
    reason,
  } = event as Partial<ErrorEvent & PromiseRejectionEvent & Early>;
  const thrown = message === undefined ? { value: reason } : { value: error, event: event as ErrorEvent };
  const exception = toException({ ...thrown, handled: false });
  const take: Occurrence = { id, time, handled: false, exception, processName: facts.processName };
  const channel = openChannel();
  channel.postMessage({ take } satisfies Word);
  channel.close();
}

export interface WorkerReporter {
  /** Looks for where to post, if it is not known yet. Never rejects. */
  seek(): Promise<void>;
}

/** Reports what this worker does not catch, as soon as it is known where to: listening begins at once. */
export function createWorkerReporter(platform: Platform): WorkerReporter {
  let started = false;
  let seeking: Promise<void> | undefined;
  let cancel: Stop | undefined;
  let wait = FIRST_WAIT;
  const begin = (kept: Kept): void => {
    const client = createFrom(kept, { ...platform, on: ears.on });
    started = true;
    ears.forget();
    // Consent was withdrawn in a page. What is thrown from now on finds nothing kept.
    const hush = onErase(platform, () => {
      client.stop();
      hush();
      started = false;
    });
  };
  const find = async (): Promise<void> => {
    // Rejected: IndexedDB is forbidden, holds nothing that can be read, or does not answer.
    const kept = await settle(findKept(platform));
    if (kept) begin(kept);
    else if (ears.early() > 0 && wait <= LAST_WAIT) {
      cancel?.();
      cancel = platform.later(seek, wait);
      wait *= 2;
    }
  };
  const seek = async (): Promise<void> => {
    if (started) return;
    seeking ??= find();
    await seeking;
    seeking = undefined;
  };
  const ears = createEars(platform, (event) => {
    attempt(() => handOver(platform, event));
    seek();
  });
  // Before the client does: an error of the worker's first turn is to have all its frames.
  raiseStackLimit(platform.realm);
  seek();
  return { seek };
}
