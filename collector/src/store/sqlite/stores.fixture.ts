// For tests: the Store opened every way there is, and rows to put into it.
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Delivery, Digest, IncomingLog } from '../store.js';
import type { SqliteStore } from './calls.js';
import { openInProcess } from './in-process.fixture.js';

export type Open = (folder: string, held?: boolean) => Promise<SqliteStore>;

// A thread cannot load TypeScript: the threads are tsc's output.
const built = new URL('../../../../build/collector/src/store/sqlite/threads.js', import.meta.url);

const openInThreads: Open = async (folder, held = true) => {
  const { openSqliteStore } = (await import(/* @vite-ignore */ built.href)) as typeof import('./threads.js');
  return openSqliteStore(folder, { held });
};

/** Each way to open a store; `skip` tells why one cannot be tried here. */
export const WAYS: { name: string; open: Open; skip: boolean }[] = [
  { name: 'in process', open: openInProcess, skip: false },
  { name: 'in threads (needs build/: run "tsc -b" first)', open: openInThreads, skip: !existsSync(built) },
];

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'crashpost-store-'));
}

export const SECRET = '0f3c8d1e-5b7a-4c2d-9e6f-1a2b3c4d5e6f';
export const INSTALL = '11111111-2222-4333-8444-555555555555';
export const NOON = Date.UTC(2026, 10, 23, 12);

export function idOf(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

export function logOf(n: number, fields: Partial<IncomingLog> = {}): IncomingLog {
  return { id: idOf(n), type: 'managedError', timestamp: NOON, json: `{"n":${n}}`, ...fields };
}

export function deliveryOf(logs: IncomingLog[], fields: Partial<Delivery> = {}): Delivery {
  return { appId: 1, installId: INSTALL, receivedAt: NOON + 1000, logs, ...fields };
}

export function digestOf(n: number, fields: Partial<Digest> = {}): Digest {
  return {
    appId: 1,
    reportId: idOf(n),
    fingerprint: 'v1:a',
    exceptionType: 'TypeError',
    message: `message ${n}`,
    location: 'checkout (app.js:12:7)',
    fatal: false,
    appVersion: '1.0.0',
    os: 'Windows 11',
    client: 'Chrome 156',
    ...fields,
  };
}

/** Keeps a delivery and waits until it can be read. */
export async function keepNow(store: SqliteStore, delivery: Delivery): Promise<void> {
  await store.keep(delivery);
  await store.settle();
}

/** The ids of all reports that are on the disk, be they in their place or in the inbox: what "acknowledged" promises. */
export const REPORTS_ON_DISK = `SELECT id FROM reports UNION ALL
  SELECT value ->> 'id' AS id FROM inbox, json_each(heads) WHERE value ->> 'errorId' IS NULL`;

/** A store with the app 1. */
export async function withApp(open: Open, folder = newFolder()): Promise<SqliteStore> {
  const store = await open(folder);
  await store.addApp({ name: 'demo', secret: SECRET, createdAt: NOON });
  return store;
}
