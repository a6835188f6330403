// The matrix's rows: issue 4's, in its order. What an engine's automation cannot do says why, in place of a play.
import type { Fault } from './fault-server.js';
import * as leave from './leave.js';
import * as outage from './outage.js';
import { type Play, RETRY, type Row, TIMED_OUT } from './row.js';
import * as storage from './storage.js';

const inAll = (play: Play): Row['play'] => ({ chromium: play, firefox: play, webkit: play });
/** Thrown during the fault, page closed, reopened when it is over. */
const closed = (fault: Fault, count?: number) => ({
  play: inAll(outage.closedDuring(fault, count)),
  reopen: true as const,
});
/** Thrown during the fault, which is short; the page stays until it has tried again. */
const stayed = (fault: Fault) => ({
  play: inAll(outage.stayedDuring(fault, SOON)),
  patience: RETRY,
  long: true as const,
});
const reopen = true;
const long = true;
/** Each with a browser of its own, which ends. */
const alone = { abreast: 1 };
/** A host has six connections in WebKitGTK, for all pages together: each trial takes one, for good. */
const few = { abreast: 5 };
/** A fault as long as a post needs to meet it. */
const SOON = { ms: 1_000 };
/** Finding of 10d. */
const BLOCKS = 'a corrupt record at its head blocks the whole queue';

export const ROWS: readonly Row[] = [
  { id: '1a', title: 'same-task navigation', play: inAll(leave.navigate), reopen },
  { id: '1b', title: 'tab closed', play: inAll(leave.closeTab), reopen },
  { id: '1c', title: 'browser closed normally', play: inAll(leave.closeBrowser), reopen, ...alone },
  {
    id: '2a',
    title: 'renderer SIGKILL in the task of the throw',
    play: inAll(leave.killRenderer(0)),
    reopen,
  },
  { id: '2b', title: 'renderer SIGKILL after 50 ms', play: inAll(leave.killRenderer(50)), reopen },
  { id: '2c', title: 'renderer SIGKILL after 500 ms', play: inAll(leave.killRenderer(500)), reopen },
  {
    id: '2d',
    title: 'renderer SIGKILL in the task of the throw, collector down',
    play: inAll(leave.killRenderer(0, 'down')),
    reopen,
  },
  {
    id: '3',
    title: 'browser SIGKILL after 100 ms',
    play: inAll(leave.killBrowser(100)),
    reopen,
    ...alone,
    // What is lost here is lost by chance: two trials would say nothing.
    long,
  },
  { id: '4', title: 'collector down, page closed, collector up', ...closed('down') },
  {
    id: '5',
    title: 'offline, page closed, reopened online',
    play: { ...inAll(outage.closedDuring('down')), chromium: outage.networkOff },
    reopen,
  },
  { id: '6a', title: '503 for 3 s, the page stays', play: inAll(outage.stayedDuring('503', { ms: 3_000 })) },
  { id: '6b', title: '429 for 3 s, the page stays', play: inAll(outage.stayedDuring('429', { ms: 3_000 })) },
  { id: '6c', title: 'connection reset mid-body, page closed', ...closed('reset') },
  {
    id: '6d',
    title: 'answer never comes, page closed',
    ...closed('silent', 1),
    ...few,
  },
  { id: '6e', title: 'answer lost after the commit, page closed', ...closed('answer-lost') },
  { id: '6f', title: 'captive portal: 200 and its page, page closed', ...closed('portal') },
  {
    id: '6g',
    title: '503 of a proxy, page closed',
    ...closed('503-proxy'),
    long,
  },
  { id: '6h', title: 'connection reset mid-body, the page stays', ...stayed('reset') },
  { id: '6i', title: 'answer lost after the commit, the page stays', ...stayed('answer-lost') },
  { id: '6j', title: 'captive portal, the page stays', ...stayed('portal') },
  {
    id: '6k',
    title: 'answer never comes, the page stays',
    play: inAll(outage.stayedDuring('silent', { ...SOON, count: 1 })),
    ...few,
    patience: TIMED_OUT,
    long,
  },
  {
    id: '7a',
    title: '200 distinct errors offline, page closed, reopened online',
    ...closed('down', 200),
    patience: RETRY,
  },
  {
    id: '7b',
    title: '200 distinct errors offline, then online, the page stays',
    play: {
      ...inAll(outage.stayedDuring('down', { ms: 1_000, count: 200 })),
      chromium: outage.networkBack(200),
    },
    patience: RETRY,
    long,
  },
  {
    id: '8',
    title: 'two tabs, 20 errors each, offline, both closed, one reopened',
    play: inAll(outage.twoTabs),
    reopen,
  },
  {
    id: '9',
    title: 'service worker only: page closed offline, Background Sync fires',
    play: {
      chromium: storage.serviceWorkerOnly,
      firefox: 'Firefox has no Background Sync (platform.md §D)',
      webkit: 'WebKit has no Background Sync (platform.md §D)',
    },
    finding: { chromium: 'the service worker reports our own "could not be sent yet" as the app\'s error' },
  },
  {
    id: '10a',
    title: 'quota full, 503 for a moment, the page stays',
    play: inAll(storage.quotaFull),
    patience: RETRY,
  },
  {
    id: '10b',
    title: 'database deleted under us, collector down, page closed',
    play: inAll(storage.deleted),
    reopen,
  },
  {
    id: '10c',
    title: 'IndexedDB absent, collector down, page closed',
    play: inAll(storage.withoutIndexedDb),
    reopen: storage.NO_INDEXEDDB,
  },
  {
    id: '10d',
    title: 'corrupt records before the good ones',
    play: inAll(storage.corrupt),
    reopen,
    finding: { chromium: BLOCKS, firefox: BLOCKS, webkit: BLOCKS },
  },
  {
    id: '10e',
    title: 'private window, collector down, page closed, reopened in it',
    play: inAll(storage.privateMode),
    reopen,
    isPrivate: true,
  },
  {
    id: '11a',
    title: 'error before `start` has opened storage, collector down, left in the same task',
    play: inAll(leave.beforeStorage),
    reopen,
  },
  {
    id: '11b',
    title: 'error inside `pagehide`, collector down',
    play: inAll(leave.whileLeaving('pagehide')),
    reopen,
  },
  {
    id: '11c',
    title: 'error inside `beforeunload`, collector down',
    play: inAll(leave.whileLeaving('beforeunload')),
    reopen,
  },
  {
    id: '12a',
    title: 'thrown and navigated away in one task, back',
    play: inAll(leave.thereAndBack(0)),
    patience: TIMED_OUT,
  },
  {
    id: '12b',
    title: 'thrown, navigated away 300 ms later, back',
    play: inAll(leave.thereAndBack(300)),
    patience: TIMED_OUT,
  },
];
