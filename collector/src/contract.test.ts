// The contract: the reporter itself, whose `fetch` is the collector's handler. No port, no browser.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from '../../src/client.js';
import { toSettings } from '../../src/options.js';
import { fakePlatform, settled } from '../../src/platform/platform.fixture.js';
import { type CollectorApp, createApp } from './app.js';
import { digestHere } from './digest/here.fixture.js';
import { DEFAULT_LIMITS } from './ingest/limits.js';
import type { SqliteStore } from './store/sqlite/calls.js';
import { openInProcess } from './store/sqlite/in-process.fixture.js';

const noChunk = () => Promise.reject(new Error('no chunk'));
const noChunks = { device: noChunk, extra: noChunk };

const secret = '12345678-1234-1234-1234-123456789abc';
const logUrl = 'https://crashes.example';

describe('reporter and collector', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crashpost-contract-'));
  let store: SqliteStore;
  let app: CollectorApp;
  const log: string[] = [];
  /** Begun by any page, answered or not: a busy machine takes its time. */
  const posts: Promise<unknown>[] = [];
  const answered = () => Promise.allSettled(posts).then(settled);

  beforeEach(async () => {
    store = await openInProcess(mkdtempSync(join(folder, 'data-')));
    await store.addApp({ name: 'Shop', secret, createdAt: 0 });
    const settings = { limits: DEFAULT_LIMITS };
    app = createApp({ store, digests: digestHere(store), settings, log: (message) => log.push(message) });
  });
  afterEach(async () => {
    await app.close();
    await store.close();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** A page whose network is `fetch`; by default it leads straight into the collector. */
  const visit = (appSecret: string, fetch = (request: Request) => app.fetch(request)) => {
    const answers: number[] = [];
    const platform = fakePlatform({
      uuid: () => crypto.randomUUID(),
      fetch: ((url: string, init: RequestInit) => {
        const response = fetch(new Request(url, init));
        const noAnswer = () => undefined;
        posts.push(response.then(({ status }) => answers.push(status), noAnswer));
        return response;
      }) as typeof globalThis.fetch,
    });
    const client = createClient(toSettings({ appSecret, logUrl }), platform, noChunks);
    const queued = () => Object.keys(platform.local ?? {}).filter((name) => name.includes('.queue.')).length;
    return { client, platform, answers, queued };
  };
  const reports = async () => {
    await answered();
    await app.settled();
    const groups = await store.groups(1, { limit: 100 });
    const lists = await Promise.all(groups.map(({ id }) => store.reportsOfGroup(id, { limit: 100 })));
    return { groups, ids: lists.flat().map(({ id }) => id) };
  };

  it('agree: every way to report is kept, grouped, and leaves the queue', async () => {
    const { client, platform, queued } = visit(secret);
    const id = client.trackError(new RangeError('too far'), { step: 'import' });
    platform.dispatch('error', { message: 'Uncaught TypeError: x', filename: '', error: new TypeError('x') });
    platform.dispatch('unhandledrejection', { reason: 'no' });
    const { groups, ids } = await reports();
    expect(groups.map(({ exceptionType, message, fatal }) => ({ exceptionType, message, fatal }))).toEqual(
      expect.arrayContaining([
        { exceptionType: 'RangeError', message: 'too far', fatal: false },
        { exceptionType: 'TypeError', message: 'x', fatal: true },
        { exceptionType: 'String', message: 'no', fatal: true },
      ]),
    );
    expect(ids).toHaveLength(3);
    expect(ids).toContain(id);
    expect(queued()).toBe(0);
    const [report] = await Promise.all([store.report(1, id)]);
    expect(JSON.parse(report?.json ?? '')).toMatchObject({
      type: 'handledError',
      properties: { step: 'import' },
    });
  });

  it('agree that a log posted again is one report: the first answers were lost', async () => {
    // The first one, and that to the same post without keepalive, which follows at once.
    let lost = 2;
    const { client, platform, queued, answers } = visit(secret, async (request) => {
      const response = await app.fetch(request);
      if (lost-- <= 0) return response;
      throw new TypeError('Failed to fetch');
    });
    client.trackError(new Error('x'));
    expect((await reports()).ids).toHaveLength(1);
    expect(queued()).toBe(1);
    await platform.tick(10_000);
    await answered();
    expect(answers).toEqual([200]);
    expect((await reports()).ids).toHaveLength(1);
    expect(queued()).toBe(0);
  });

  it('agree on a wrong secret: 401, and nothing is lost', async () => {
    const { client, answers, queued, platform } = visit('00000000-1234-1234-1234-123456789abc');
    client.trackError(new Error('x'));
    await answered();
    expect(answers).toEqual([401]);
    expect(queued()).toBe(1);
    expect(platform.said.flat().join()).toContain('AppSecretDenied');
  });

  it('agree on a collector that cannot store: 503, and the report stays queued until it can', async () => {
    const keep = store.keep;
    Object.assign(store, { keep: () => Promise.reject(new Error('disk')) });
    const { client, answers, queued, platform } = visit(secret);
    client.trackError(new Error('x'));
    await answered();
    expect(answers).toEqual([503]);
    expect(queued()).toBe(1);
    Object.assign(store, { keep });
    await platform.tick(60_000);
    await answered();
    expect(answers).toEqual([503, 200]);
    expect(queued()).toBe(0);
    expect((await reports()).ids).toHaveLength(1);
  });

  it('agree on the beacon form', async () => {
    const sent: Promise<Response>[] = [];
    const platform = fakePlatform({
      beacon: (url, text) => {
        sent.push(app.fetch(new Request(url, { method: 'POST', body: text })));
        return true;
      },
    });
    const client = createClient(toSettings({ appSecret: secret, logUrl }), platform, noChunks);
    const id = client.trackError(new Error('x'));
    expect((await Promise.all(sent)).map(({ status }) => status)).toEqual([200]);
    expect((await reports()).ids).toEqual([id]);
  });
});
