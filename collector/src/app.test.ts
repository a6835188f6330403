import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTokens } from './access/tokens.js';
import { type CollectorApp, createApp } from './app.js';
import { digestHere } from './digest/here.fixture.js';
import { APP_CENTER_LIMITS, DEFAULT_LIMITS } from './ingest/limits.js';
import type { SqliteStore } from './store/sqlite/calls.js';
import { openInProcess } from './store/sqlite/in-process.fixture.js';
import { idOf, NOON, newFolder, SECRET, withApp } from './store/sqlite/stores.fixture.js';
import { cheapHash } from './ui/site.fixture.js';
import type { Answer } from './wire.js';

let store: SqliteStore;
let app: CollectorApp;

beforeEach(async () => {
  store = await withApp(openInProcess, newFolder());
  app = createApp(parts());
});

const parts = () => ({
  store,
  digests: digestHere(store),
  settings: { limits: DEFAULT_LIMITS },
  log: expect.unreachable,
  now: () => NOON,
});

afterEach(async () => {
  await app.close();
  await store.close();
});

describe('the line', () => {
  it('takes a post, keeps it, groups it', async () => {
    const log = {
      type: 'managedError',
      id: idOf(1),
      timestamp: new Date(NOON).toISOString(),
      processId: 0,
      processName: 'shop',
      fatal: true,
      device: {
        sdkName: 'crashpost',
        sdkVersion: '0.1.0',
        osName: 'Windows',
        osVersion: '11',
        locale: 'en',
        timeZoneOffset: 0,
        appVersion: '1.2.3',
        appBuild: '1',
      },
      exception: { type: 'TypeError', message: 'x is not a function' },
    };
    const headers = { 'app-secret': SECRET, 'install-id': idOf(7) };
    const body = JSON.stringify({ logs: [log] });
    for (let i = 0; i < 2; i++) {
      const response = await app.fetch(
        new Request('http://c/x/logs?api-version=1.0.0', { method: 'POST', headers, body }),
      );
      expect([response.status, await response.json()]).toMatchObject([
        200,
        { validDiagnosticsIds: [idOf(1)] },
      ]);
      await app.settled();
    }
    expect(await store.groups(1, { limit: 10 })).toMatchObject([
      {
        exceptionType: 'TypeError',
        message: 'x is not a function',
        fatal: true,
        reports: 1,
        installs: 1,
        appVersion: '1.2.3',
      },
    ]);
  });

  it('refuses nothing for its age until a device confirms its clock: it may be five days slow', async () => {
    const held = createApp({
      ...parts(),
      settings: { limits: { ...APP_CENTER_LIMITS, requiredFields: false } },
    });
    const post = async (device: number, ahead: number) => {
      const timestamp = new Date(NOON + ahead).toISOString();
      const id = idOf(1000 * device);
      const body = JSON.stringify({
        logs: [{ type: 'managedError', id, timestamp, exception: { type: 'E' } }],
      });
      const headers = { 'app-secret': SECRET, 'install-id': idOf(device) };
      const response = await held.fetch(new Request('http://c/logs', { method: 'POST', headers, body }));
      return ((await response.json()) as Answer).validDiagnosticsIds.length;
    };
    const days = 24 * 3600 * 1000;
    expect([await post(1, 5 * days), await post(2, -30 * days)]).toEqual([1, 1]);
    // Two that agree with it, and it is the first one that is wrong.
    expect([await post(3, -1000), await post(4, -1000)]).toEqual([1, 1]);
    expect([await post(5, -30 * days), await post(6, 5 * days)]).toEqual([0, 0]);
    await held.settled();
    await held.close();
  });

  it('digests at a wake what was kept before', async () => {
    await store.keep({
      appId: 1,
      installId: idOf(7),
      receivedAt: NOON,
      logs: [{ id: idOf(1), type: 'handledError', timestamp: NOON, json: '{}' }],
    });
    app.wake();
    await app.settled();
    expect([await store.unpack(1), await store.undigested(1)]).toEqual([false, []]);
    expect(await store.groups(1, { limit: 10 })).toMatchObject([{ reports: 1 }]);
  });

  it('counts, for who has a token', async () => {
    const post = (body: string) =>
      app.fetch(new Request('http://c/logs', { method: 'POST', headers: { 'app-secret': SECRET }, body }));
    await post('{"logs":[{"type":"handledError","exception":{"type":"E"}}]}');
    await post('{');
    await app.settled();
    const ask = (authorization: string) =>
      app.fetch(new Request('http://c/metrics', { headers: { authorization } }));
    const token = await createTokens({ store, now: () => NOON }).add('prometheus', 'read');
    const response = await ask(`Bearer ${token}`);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const text = await response.text();
    expect(text).toMatch(/^crashpost_logs_accepted_total 1$/m);
    expect(text).toMatch(/^crashpost_posts_refused_total{reason="InvalidJson"} 1$/m);
    expect(text).toMatch(/^crashpost_commit_seconds_count 1$/m);
    expect(text).toMatch(/^crashpost_undigested_reports 0$/m);
    const stranger = await ask('Bearer x');
    expect([stranger.status, await stranger.text()]).toEqual([401, expect.stringContaining('token add')]);
  });

  it('takes crash reports of browsers within the limits of the app, and counts them', async () => {
    const limits = { ...DEFAULT_LIMITS, crashesPerMinute: 2 };
    const one = createApp({ ...parts(), settings: { limits } });
    const post = async (path: string, body: string) => {
      const init = { method: 'POST', headers: { 'app-secret': SECRET }, body };
      const { validDiagnosticsIds: ids } = await (
        await one.fetch(new Request(`http://c${path}`, init))
      ).json();
      return ids.length;
    };
    // Another each time: what comes again has its place.
    const logs = (type: string) => `{"logs":[{"type":"managedError","exception":{"type":"${type}"}}]}`;
    const reports = (url: string) => `[{"type":"crash","url":"${url}"}]`;
    const taken = [await post('/logs', logs('E')), await post(`/reports/${SECRET}`, reports('a'))];
    const over = [await post(`/reports/${SECRET}`, reports('b')), await post('/logs', logs('F'))];
    expect([taken, over]).toEqual([
      [1, 1],
      [0, 0],
    ]);
    await post(`/reports/${SECRET}`, 'no JSON');
    const token = await createTokens({ store, now: () => NOON }).add('prometheus', 'read');
    const headers = { authorization: `Bearer ${token}` };
    const text = await (await one.fetch(new Request('http://c/metrics', { headers }))).text();
    expect(text).toMatch(/^crashpost_posts_total{status="200"} 4$/m);
    expect(text).toMatch(/^crashpost_posts_refused_total{reason="InvalidJson"} 1$/m);
    expect(text).toMatch(/^crashpost_logs_throttled_total 2$/m);
    await one.close();
  });

  it('shows who signs in what posts came with a secret that no app has, also after a restart', async () => {
    await store.putUser({ name: 'ann', passwordHash: cheapHash('right') });
    const body = 'name=ann&password=right';
    const form = { origin: 'http://c', 'content-type': 'application/x-www-form-urlencoded' };
    const signIn = { method: 'POST', body, headers: form };
    const post = {
      method: 'POST',
      headers: { 'app-secret': 'f00dbabe-0000-4000-8000-000000000000' },
      body: '{}',
    };
    for (const told of [2, 4]) {
      const one = createApp({ ...parts(), log: () => {} });
      for (const path of ['/logs', '/reports/f00dbabe-0000-4000-8000-000000000000'])
        expect((await one.fetch(new Request(`http://c${path}`, post))).status).toBe(401);
      const signed = await one.fetch(new Request('http://c/sign-in', signIn));
      const cookie = signed.headers.get('set-cookie')?.split(';')[0] ?? '';
      const page = await (await one.fetch(new Request('http://c/apps', { headers: { cookie } }))).text();
      expect(page).toMatch(new RegExp(`f00dbabe….*>${told}<`));
      await one.close();
    }
  });

  it.each(['/healthz', '/readyz'])('says at %s that it is well', async (path) => {
    const response = await app.fetch(new Request(`http://c${path}`));
    expect([response.status, await response.text()]).toEqual([200, 'ok']);
  });

  it.each([
    ['fails', () => Promise.reject(new Error('disk I/O error')), 'The store cannot be used; '],
    ['does not answer', () => new Promise<void>(() => {}), 'The store has not answered for 20 ms.'],
  ])('says that it is not when the store %s, which it asks once for all', async (_, answer, sentence) => {
    const ping = vi.fn(answer);
    const ill = createApp({ ...parts(), store: { ...store, ping }, pingMs: 20 });
    const ask = async () => {
      const response = await ill.fetch(new Request('http://c/healthz'));
      return [response.status, await response.text()];
    };
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(answers).toEqual(Array(3).fill([503, expect.stringContaining(sentence)]));
    expect(ping).toHaveBeenCalledTimes(1);
    await ill.close();
  });

  it('is well but not ready when posts must be put off', async () => {
    const full = createApp({ ...parts(), pressure: () => 'the disk is nearly full' });
    const ask = async (path: string) => {
      const response = await full.fetch(new Request(`http://c${path}`));
      return [response.status, await response.text()];
    };
    expect([await ask('/healthz'), await ask('/readyz')]).toEqual([
      [200, 'ok'],
      [503, 'the disk is nearly full'],
    ]);
    await full.close();
  });

  it('gives everything else to the site', async () => {
    const response = await app.fetch(new Request('http://c/'));
    expect([response.status, response.headers.get('location')]).toEqual([303, '/sign-in']);
  });
});
