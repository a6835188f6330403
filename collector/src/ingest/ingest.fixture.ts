// For tests: ingestion over a store that only remembers, spoken to through fetch.
import type { App, Delivery } from '../store/store.js';
import type { Answer } from '../wire.js';
import { fromFetch } from './from-fetch.js';
import { createIngest, type IngestParts } from './ingest.js';
import { DEFAULT_LIMITS, type Limits } from './limits.js';
import type { Ingest } from './post.js';

export const SECRET = '0f3c8d1e-5b7a-4c2d-9e6f-1a2b3c4d5e6f';
export const INSTALL = '11111111-2222-4333-8444-555555555555';
export const NOW = Date.UTC(2026, 10, 23, 12);
export const APP: App = { id: 7, name: 'demo', secret: SECRET, createdAt: 0 };

export const DEVICE = {
  sdkName: 'appcenter.custom',
  sdkVersion: '1.0.0',
  osName: 'Windows',
  osVersion: '11',
  locale: 'en-US',
  timeZoneOffset: 60,
  appVersion: '1.0',
  appBuild: '1',
};

/** A log without a fault. */
export function handled(fields: Record<string, unknown> = {}): Record<string, unknown> {
  const id = 'ABCDEF01-0000-4000-8000-00000000000A';
  const timestamp = '2026-11-23T11:59:59.123Z';
  return { type: 'handledError', id, timestamp, device: DEVICE, exception: { type: 'Error' }, ...fields };
}

export function bodyOf(...logs: unknown[]): string {
  return JSON.stringify({ logs });
}

export interface Fixture {
  readonly ingest: Ingest;
  readonly kept: Delivery[];
  readonly lines: string[];
  readonly wakes: () => number;
}

export function createFixture(parts: Partial<IngestParts> & { limits?: Limits } = {}): Fixture {
  const kept: Delivery[] = [];
  const lines: string[] = [];
  let wakes = 0;
  const store = {
    apps: async () => [APP],
    keep: async (delivery: Delivery) => void kept.push(delivery),
  };
  const ingest = createIngest({
    store,
    limits: DEFAULT_LIMITS,
    now: () => NOW,
    onKept: () => void wakes++,
    log: (message) => void lines.push(message),
    ...parts,
  });
  return { ingest, kept, lines, wakes: () => wakes };
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly answer: Answer;
}

/** Posts `body`; `init` overrides method and headers, a `url` the address. */
export async function post(
  ingest: Ingest,
  body: BodyInit | null,
  init: RequestInit & { url?: string } = {},
): Promise<Answered> {
  const headers = init.headers ?? { 'App-Secret': SECRET, 'Install-ID': INSTALL };
  const { url = 'http://collector/logs?api-version=1.0.0' } = init;
  const request = new Request(url, { method: 'POST', body, duplex: 'half', ...init, headers } as RequestInit);
  const response = await fromFetch(ingest)(request);
  return { status: response.status, headers: response.headers, answer: (await response.json()) as Answer };
}
