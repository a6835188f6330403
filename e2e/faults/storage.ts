// Rows 9 and 10: the storage is not what it should be, or the page is not there to use it.
import { chromium } from '@playwright/test';
import { pause, type Round } from './round.js';
import type { Visit } from './visit.js';

const MOMENT = 500;

/**
 * Nothing more fits into localStorage, to the last character; and IndexedDB refuses every `put` in the way of a full
 * disk: the request has an error while the transaction has none yet, then the transaction is aborted and has it. What
 * refuses is the engine, as it does a second record of one key; only the name of that error is made.
 */
const FULL = `
  let size = 1 << 20;
  for (let i = 0; size >= 1; i++)
    try { localStorage.setItem('full' + i, 'x'.repeat(size)); } catch { size = size >> 1; }
  const { put, add } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (...record) {
    put.apply(this, record);
    return add.apply(this, record);
  };
  for (const { prototype } of [IDBRequest, IDBTransaction]) {
    const { get } = Object.getOwnPropertyDescriptor(prototype, 'error');
    Object.defineProperty(prototype, 'error', {
      get() {
        const error = get.call(this);
        const isMade = error?.name === 'ConstraintError';
        return isMade ? new DOMException('The quota is full', 'QuotaExceededError') : error;
      },
    });
  }`;

/** No room at all: what is thrown while the collector cannot take it is in memory only, and the page stays. */
export async function quotaFull(round: Round): Promise<void> {
  const visits = await round.all((host) => round.visit(host));
  await Promise.all(visits.map((visit) => visit.ask(FULL)));
  await round.fault('503');
  await Promise.all(visits.map((visit) => visit.ask(round.boom(visit))));
  await pause(MOMENT);
  await round.fault('none');
}

const DELETE = `
  for (const { name } of await indexedDB.databases())
    await new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase(name);
      request.onsuccess = resolve;
      request.onerror = request.onblocked = () => reject(new Error('not deleted'));
    });`;

/** The page's own "clear site data" while the reporter has it open; what is thrown then is to be there on the next visit. */
export async function deleted(round: Round): Promise<void> {
  await round.fault('down');
  await round.all(async (host) => {
    const visit = await round.visit(host);
    await visit.ask(DELETE);
    await pause(MOMENT);
    await visit.ask(round.boom(visit));
    await pause(MOMENT);
    await round.close(visit);
  });
  await round.fault('none');
}

/** The same after the throw: what the page still has in memory is all there is. It stays until the collector is back. */
export async function deletedAfter(round: Round): Promise<void> {
  await round.fault('down');
  await round.all(async (host) => {
    const visit = await round.visit(host);
    await visit.ask(round.boom(visit));
    await pause(MOMENT);
    await visit.ask(DELETE);
  });
  await round.fault('none');
}

/** Browsers have it, but policies and embedders take it away. */
export const NO_INDEXEDDB = {
  before: "Object.defineProperty(globalThis, 'indexedDB', { value: undefined });",
  ready: 'await wait(300)',
};

export async function withoutIndexedDb(round: Round): Promise<void> {
  await round.fault('down');
  await round.all(async (host) => {
    const visit = await round.visit(host, NO_INDEXEDDB);
    await visit.ask(round.boom(visit));
    await pause(MOMENT);
    await round.close(visit);
  });
  await round.fault('none');
}

/** What a torn write, another version, or a hand in DevTools may leave: older than the good ones, so it is met first. */
const CORRUPT = `
  const { name } = (await indexedDB.databases()).find((one) => one.name.startsWith('crashpost.queue.'));
  const db = await new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const [store] = db.objectStoreNames;
  const transaction = db.transaction(store, 'readwrite');
  // Older than the good ones, and not so old that age alone would remove them.
  const key = (n) => Date.now() - 60_000 + '-100000' + n + '-fatal-10-10000000-1000-4000-8000-00000000000' + n;
  const records = [
    'a text', 5, null, [], { key: key(4) }, { key: key(5), json: 5 }, { key: key(6), json: '' },
    { key: key(7), json: '{"type":"managedError","id":' }, { key: key(8), json: '[]' }, { json: '{}' },
  ];
  records.forEach((record, n) => transaction.objectStore(store).put(record, key(n)));
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  db.close();
  localStorage.setItem(name + '.' + key(1), '{"type":"managedErr');
  localStorage.setItem(name + '.' + 'no key at all', '');`;

/** Good records behind corrupt ones: they arrive, and nothing is sent for ever. */
export async function corrupt(round: Round): Promise<void> {
  await round.fault('down');
  await round.all(async (host) => {
    const visit = await round.visit(host);
    await visit.ask(round.boom(visit));
    await pause(MOMENT);
    await visit.ask(CORRUPT);
    await round.close(visit);
  });
  await round.fault('none');
}

/** In a private window there is a disk as long as the window lives: the next page in it finds what the last one left. */
export async function privateMode(round: Round): Promise<void> {
  await round.fault('down');
  await round.all(async (host) => {
    const visit = await round.visit(host);
    await visit.ask(round.boom(visit));
    await pause(MOMENT);
    await round.close(visit);
  });
  await round.fault('none');
}

const REGISTER = `
  await navigator.serviceWorker.register('/sw.js');
  await navigator.serviceWorker.ready;`;

/** What DevTools have under "Application, Service workers, Sync": the browser's own event, sent when it is told to. */
async function sync(round: Round, visits: readonly Visit[]): Promise<void> {
  const browser = await chromium.connectOverCDP(round.stage.browser.devTools);
  const [page] = browser.contexts()[0]?.pages() ?? [];
  if (!page) throw new Error('no page to ask by');
  const session = await page.context().newCDPSession(page);
  const ids = new Map<string, string>();
  session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    for (const { registrationId, scopeURL } of registrations)
      ids.set(new URL(scopeURL).origin, registrationId);
  });
  await session.send('ServiceWorker.enable');
  await pause(MOMENT);
  for (const { url } of visits) {
    const { origin } = new URL(url);
    const registrationId = ids.get(origin);
    if (!registrationId) throw new Error(`${origin} has no service worker`);
    const tag = 'crashpost';
    await session.send('ServiceWorker.dispatchSyncEvent', { origin, registrationId, tag, lastChance: false });
  }
  await browser.close();
}

/** Page closed while the collector was down; no page is opened again. */
export async function serviceWorkerOnly(round: Round): Promise<void> {
  const visits = await round.all(async (host) => {
    const visit = await round.visit(host);
    await visit.ask(REGISTER);
    await round.fault('down');
    await visit.ask(round.boom(visit));
    await pause(MOMENT);
    await round.close(visit);
    return visit;
  });
  await round.fault('none');
  await sync(round, visits);
}
