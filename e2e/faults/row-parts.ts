// What rows have in common.
import type { Fault } from './fault-server.js';
import * as outage from './outage.js';
import { type Play, RETRY, type Row } from './row.js';

export const inAll = (play: Play): Row['play'] => ({ chromium: play, firefox: play, webkit: play });
/** Thrown during the fault, page closed, reopened when it is over. */
export const closed = (fault: Fault, count?: number) => ({
  play: inAll(outage.closedDuring(fault, count)),
  reopen: true as const,
});
/** Thrown during the fault, which is short; the page stays until it has tried again. */
export const stayed = (fault: Fault) => ({
  play: inAll(outage.stayedDuring(fault, SOON)),
  patience: RETRY,
  long: true as const,
});
export const reopen = true;
export const long = true;
/** Each with a browser of its own, which ends. */
export const alone = { abreast: 1 };
/** A host has six connections in WebKitGTK, for all pages together: each trial takes two (error, session). */
export const few = { abreast: 2 };
/** A fault as long as a post needs to meet it. */
export const SOON = { ms: 1_000 };
export const PORT =
  'The collector’s port is closed: only Chromium’s network can be switched off from a test.';
export const QUOTA =
  'localStorage is full to its last character; that IndexedDB refuses too is made by the test: each `put` fails as on a full disk, its request with an error (QuotaExceededError), then its transaction by an abort.';
/** As its own log says: MOZ_LOG=SHIPBFCache:5. */
export const ANEW =
  'Firefox takes no page into its bfcache that has a request under way, and the first posts were: it was loaded anew.';
