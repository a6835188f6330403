import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { type App, StoreError } from '../store/store.js';
import { fromFetch } from './from-fetch.js';
import { APP, bodyOf, createFixture, handled, NOW, post, SECRET } from './ingest.fixture.js';
import { DEFAULT_LIMITS } from './limits.js';

describe('a refusal', () => {
  it('is 401 for a secret that is missing, malformed or nobody’s, the body unread', async () => {
    const { ingest } = createFixture();
    let pulled = 0;
    const nobodys = '99999999-5b7a-4c2d-9e6f-1a2b3c4d5e6f';
    for (const headers of [{}, { 'app-secret': 'abc' }, { 'app-secret': nobodys }]) {
      const body = new ReadableStream({ pull: () => void pulled++ }, { highWaterMark: 0 });
      const { status, answer } = await post(ingest, body, { headers: headers as HeadersInit });
      expect([status, answer.status, answer.validDiagnosticsIds]).toEqual([401, 'AppSecretDenied', []]);
    }
    expect(pulled).toBe(0);
  });

  it('is 401 no longer than a second after the app was added, also when the clock is put back', async () => {
    const clock = { now: NOW, ticks: 0 };
    const apps: App[] = [];
    const store = { apps: async () => [...apps], keep: async () => {} };
    const { ingest } = createFixture({ store, now: () => clock.now, ticks: () => clock.ticks });
    expect((await post(ingest, bodyOf(handled()))).status).toBe(401);
    apps.push(APP);
    clock.now -= 3600_000;
    clock.ticks += 1000;
    expect((await post(ingest, bodyOf(handled()))).status).toBe(200);
  });

  it('is 403 for an app that was disabled, and no longer than ten seconds after it was', async () => {
    const clock = { ticks: 0 };
    const apps: App[] = [APP];
    const store = { apps: async () => [...apps], keep: async () => {} };
    const { ingest } = createFixture({ store, ticks: () => clock.ticks });
    expect((await post(ingest, bodyOf(handled()))).status).toBe(200);
    apps[0] = { ...APP, disabledAt: NOW };
    clock.ticks += 10_000;
    const { status, answer } = await post(ingest, bodyOf(handled()));
    expect([status, answer.status, answer.validDiagnosticsIds]).toEqual([403, 'AppDisabled', []]);
  });

  it('is logged again ten seconds later, also when the clock is put back', async () => {
    const clock = { now: NOW, ticks: 0 };
    const keep = () => Promise.reject(new StoreError('full', 'disk full'));
    const store = { apps: async () => [APP], keep };
    const { ingest, lines } = createFixture({ store, now: () => clock.now, ticks: () => clock.ticks });
    await post(ingest, bodyOf(handled()));
    clock.now -= 3600_000;
    clock.ticks += 10_000;
    await post(ingest, bodyOf(handled()));
    expect(lines.length).toBe(2);
  });

  it('is 405 for another method', async () => {
    const { status, headers, answer } = await post(createFixture().ingest, null, { method: 'GET' });
    expect([status, headers.get('allow'), answer.status]).toEqual([405, 'POST, OPTIONS', 'MethodNotAllowed']);
  });

  it('is 400 with the position for what is not JSON', async () => {
    const { status, answer } = await post(createFixture().ingest, '{"logs": [\n{"a": }]}');
    expect([status, answer.status]).toEqual([400, 'InvalidJson']);
    expect(answer.faults).toEqual(['offset 17 (line 2, column 7): value expected']);
  });

  it('is 413 for 64 kB that inflate to millions of values, none of them parsed', async () => {
    const { ingest, kept } = createFixture();
    const log = JSON.stringify(handled()).slice(0, -1);
    const bomb = gzipSync(`{"logs":[${log},"z":[${'{},'.repeat(20 * 1024 * 1024)}1]}]}`);
    expect(bomb.length).toBeLessThan(100_000);
    const parse = vi.spyOn(JSON, 'parse');
    const headers = { 'app-secret': SECRET, 'content-encoding': 'gzip' };
    const request = new Request('http://collector/logs', { method: 'POST', body: bomb, headers });
    const { status } = await fromFetch(ingest)(request);
    expect([status, kept.length, parse.mock.calls.length]).toEqual([413, 0, 0]);
    parse.mockRestore();
  });

  it('is 503 with both retry headers and one line in the log when the store fails', async () => {
    const keep = () => Promise.reject(new StoreError('full', 'disk full'));
    const { ingest, lines, wakes } = createFixture({ store: { apps: async () => [APP], keep } });
    const { status, headers, answer } = await post(ingest, bodyOf(handled()));
    expect([status, answer.status, answer.validDiagnosticsIds]).toEqual([503, 'ServiceUnavailable', []]);
    expect(headers.get('x-ms-retry-after-ms')).toMatch(/^[1-9]\d{3,}$/);
    expect(Number(headers.get('retry-after')) * 1000).toBe(Number(headers.get('x-ms-retry-after-ms')));
    await post(ingest, bodyOf(handled()));
    expect([lines.length, wakes()]).toEqual([1, 0]);
  });

  it('is 503, not 401, when the store cannot say whose the secret is', async () => {
    const store = { apps: () => Promise.reject(new StoreError('failed', 'no')), keep: async () => {} };
    expect((await post(createFixture({ store }).ingest, bodyOf(handled()))).status).toBe(503);
  });

  it('is 503 at once when too many wait for the store', async () => {
    let commit = () => {};
    const committed = new Promise<void>((resolve) => (commit = resolve));
    const limits = { ...DEFAULT_LIMITS, waitingPosts: 2 };
    const { ingest } = createFixture({ limits, store: { apps: async () => [APP], keep: () => committed } });
    const waiting = [1, 2].map(() => post(ingest, bodyOf(handled())));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await post(ingest, bodyOf(handled()))).status).toBe(503);
    commit();
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await post(ingest, bodyOf(handled()))).status).toBe(200);
  });

  it('is 503 before a byte of the body is read when too many wait for the store', async () => {
    const limits = { ...DEFAULT_LIMITS, waitingPosts: 0 };
    let pulled = 0;
    const body = new ReadableStream({ pull: () => void pulled++ }, { highWaterMark: 0 });
    const { status } = await post(createFixture({ limits }).ingest, body);
    expect([status, pulled]).toEqual([503, 0]);
  });
});
