// The matrix's rows: issue 4's, in its order. What an engine's automation cannot do says why, in place of a play.
import * as leave from './leave.js';
import * as outage from './outage.js';
import { RETRY, RETRY_TWICE, type Row, TIMED_OUT } from './row.js';
import { ANEW, alone, closed, few, inAll, long, PORT, QUOTA, reopen, SOON, stayed } from './row-parts.js';
import * as storage from './storage.js';

export const ROWS: readonly Row[] = [
  { id: '1a', title: 'same-task navigation', play: inAll(leave.navigate), reopen },
  {
    id: '1b',
    title: 'tab closed',
    play: inAll(leave.closeTab),
    why: {
      chromium:
        'The tab is closed through DevTools, milliseconds after the throw; in the others by `close()` in its task.',
    },
    reopen,
  },
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
    id: '2e',
    title: 'the same, thrown a hundred calls deep',
    play: inAll(leave.killRenderer(0, 'down', leave.fromDeep)),
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
    why: { firefox: PORT, webkit: PORT },
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
    why: { firefox: PORT, webkit: PORT },
    patience: RETRY_TWICE,
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
    why: {
      chromium: 'The `sync` event is the browser’s own, at the moment when DevTools are told to send it.',
    },
  },
  {
    id: '10a',
    title: 'quota full, 503 for a moment, the page stays',
    play: inAll(storage.quotaFull),
    why: { chromium: QUOTA, firefox: QUOTA, webkit: QUOTA },
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
  },
  {
    id: '10e',
    title: 'private window, collector down, page closed, reopened in it',
    play: inAll(storage.privateMode),
    reopen,
    isPrivate: true,
  },
  {
    id: '10f',
    title: 'database deleted after the throw, collector down, the page stays',
    play: inAll(storage.deletedAfter),
    patience: RETRY_TWICE,
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
    why: { firefox: ANEW },
    patience: RETRY_TWICE,
  },
  {
    id: '12b',
    title: 'thrown, navigated away 300 ms later, back',
    play: inAll(leave.thereAndBack(300)),
    why: { firefox: ANEW },
    patience: RETRY_TWICE,
  },
];
