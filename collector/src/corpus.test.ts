// Everything App Center took, through the whole line: posted over HTTP to a port, stored, grouped, read back.
import { rmSync } from 'node:fs';
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CollectorApp, createApp } from './app.js';
import { BODIES, HAS_CORPUS } from './corpus.fixture.js';
import { digestHere } from './digest/here.fixture.js';
import { toStrict } from './ingest/lenient.js';
import { DEFAULT_LIMITS } from './ingest/limits.js';
import { type Listening, listen } from './server.js';
import { openInProcess } from './store/sqlite/in-process.fixture.js';
import { newFolder } from './store/sqlite/stores.fixture.js';
import type { Report, Store } from './store/store.js';
import type { Answer } from './wire.js';

const REPORTS = ['managedError', 'handledError', 'appleError'];

interface Log {
  readonly [name: string]: unknown;
  readonly type?: string | undefined;
  readonly id?: string;
}

const pascal = (value: unknown, isMap = false): unknown => {
  if (Array.isArray(value)) return value.map((item) => pascal(item));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [
    isMap ? key : `${key.charAt(0).toUpperCase()}${key.slice(1)}`,
    pascal(item, /^(properties|registers)$/i.test(key)),
  ]);
  return Object.fromEntries(entries);
};
const parsed = (text: string) => JSON.parse(toStrict(text)) as { logs?: Log[]; 'logs:'?: Log[] };
const logsOf = (text: string) => parsed(text).logs ?? parsed(text)['logs:'] ?? [];
const withLogs = (change: (log: Log) => Log) => (text: string) =>
  JSON.stringify({ logs: logsOf(text).map(change) });

interface Sent {
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body: string | Uint8Array;
}

/** How clients write the same body differently. */
const WAYS: [string, (text: string) => Sent][] = [
  ['as printed', (body) => ({ body })],
  ['in gzip', (text) => ({ body: gzipSync(text), headers: { 'Content-Encoding': 'gzip' } })],
  ['after a BOM', (text) => ({ body: `\ufeff${text}` })],
  ['with PascalCase keys', (text) => ({ body: JSON.stringify(pascal({ logs: logsOf(text) })) })],
  ['with the type last', (text) => ({ body: withLogs(({ type, ...log }) => ({ ...log, type }))(text) })],
  [
    'with seven fraction digits',
    (text) => ({ body: withLogs((log) => ({ ...log, timestamp: '2026-11-20T01:02:03.1234567Z' }))(text) }),
  ],
  [
    'with an RFC 1123 date',
    (text) => ({ body: withLogs((log) => ({ ...log, timestamp: 'Fri, 20 Nov 2026 01:02:03 GMT' }))(text) }),
  ],
  ['to //logs below a prefix', (body) => ({ body, path: '/a/b//logs?Api-Version=1.0.0' })],
  ['to /logs/ without a version', (body) => ({ body, path: '/logs/' })],
];

describe.skipIf(!HAS_CORPUS)('what App Center took (../shared/corpus)', () => {
  const folder = newFolder();
  const app: { store?: Store; line?: CollectorApp; server?: Listening } = {};
  let secrets = 0;
  const newSecret = () => `00000000-0000-4000-8000-${String(++secrets).padStart(12, '0')}`;

  beforeAll(async () => {
    const store = await openInProcess(folder);
    const settings = { limits: DEFAULT_LIMITS };
    const line = createApp({ store, digests: digestHere(store), settings, log: expect.unreachable });
    Object.assign(app, { store, line, server: await listen(line, { host: '127.0.0.1', port: 0 }) });
  });
  afterAll(async () => {
    await app.server?.close();
    await app.line?.close();
    await app.store?.close();
    rmSync(folder, { recursive: true });
  });

  /** node:http and not fetch: it writes header names as they are given. */
  const send = (secret: string, { path = '/logs?api-version=1.0.0', headers = {}, body }: Sent) =>
    new Promise<{ status: number | undefined; answer: Answer }>((resolve, reject) => {
      const ids = { 'ApP-SeCrEt': secret.toUpperCase(), 'INSTALL-ID': secret.toUpperCase() };
      const options = { method: 'POST', headers: { ...ids, ...headers } };
      const sent = request(`${app.server?.url}${path}`, options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const answer = JSON.parse(Buffer.concat(chunks).toString()) as Answer;
          resolve({ status: response.statusCode, answer });
        });
      });
      sent.on('error', reject).end(body);
    });

  it('is all here', () => expect(BODIES.length).toBe(60));

  describe.each(WAYS)('%s', (_, toSent) => {
    it('is taken, stored and grouped, body by body', async () => {
      const { store, line } = app as Required<typeof app>;
      for (const [name, text] of BODIES) {
        const secret = newSecret();
        const { id: appId } = await store.addApp({ name: secret, secret, createdAt: 0 });
        const sent = logsOf(text);
        const { status, answer } = await send(secret, toSent(text));
        expect([status, answer.status, answer.throttledDiagnosticsIds], name).toEqual([200, 'Success', []]);
        const diagnostics = sent.filter(({ type = '' }) => [...REPORTS, 'errorAttachment'].includes(type));
        // In their order; one that brought none has been given one.
        expect(answer.validDiagnosticsIds, name).toEqual(
          diagnostics.map(({ id }) => id ?? expect.any(String)),
        );

        await line.settled();
        const kept: Report[] = [];
        for (const group of await store.groups(appId, { limit: 100 })) {
          expect([group.exceptionType, name]).not.toEqual(['Unreadable report', name]);
          const rows = await store.reportsOfGroup(group.id, { limit: 100 });
          for (const { id } of rows) kept.push(...[await store.report(appId, id)].filter((one) => !!one));
        }
        const reports = sent.filter(({ type = '' }) => REPORTS.includes(type));
        expect(kept.map(({ type }) => type).sort(), name).toEqual(reports.map(({ type }) => type).sort());
        for (const { id } of reports) {
          if (id)
            expect(await store.report(appId, id.toLowerCase()), name).toMatchObject({ installId: secret });
        }
      }
    });
  });
});
