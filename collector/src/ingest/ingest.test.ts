import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromFetch } from './from-fetch.js';
import { APP, bodyOf, createFixture, handled, INSTALL, NOW, post, SECRET } from './ingest.fixture.js';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe('a post', () => {
  it('is kept, then answered with the ids as the client wrote them', async () => {
    const { ingest, kept, wakes } = createFixture();
    const { status, headers, answer } = await post(ingest, bodyOf(handled()));
    expect(status).toBe(200);
    expect(answer).toEqual({
      status: 'Success',
      validDiagnosticsIds: ['ABCDEF01-0000-4000-8000-00000000000A'],
      throttledDiagnosticsIds: [],
      correlationId: expect.stringMatching(GUID),
    });
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-expose-headers')).toBe('x-ms-retry-after-ms, retry-after');
    expect(kept).toEqual([
      {
        appId: 7,
        installId: INSTALL,
        receivedAt: NOW,
        logs: [
          {
            id: 'abcdef01-0000-4000-8000-00000000000a',
            type: 'handledError',
            timestamp: Date.UTC(2026, 10, 23, 11, 59, 59, 123),
            json: JSON.stringify(handled()),
          },
        ],
      },
    ]);
    expect(wakes()).toBe(1);
  });

  it('is not answered before the store has kept it', async () => {
    let commit = () => {};
    const keep = () => new Promise<void>((resolve) => (commit = resolve));
    const { ingest, wakes } = createFixture({ store: { apps: async () => [APP], keep } });
    let answered = false;
    const answer = post(ingest, bodyOf(handled())).then(() => (answered = true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([answered, wakes()]).toEqual([false, 0]);
    commit();
    await answer;
    expect(wakes()).toBe(1);
  });

  it('may be a beacon: text/plain, secret and install id in the query, in any case', async () => {
    const { ingest, kept } = createFixture();
    const query = `App-Secret=${SECRET.toUpperCase()}&install-ID=${INSTALL.toUpperCase()}&Api-Version=9`;
    const url = `http://collector/some/prefix//logs?${query}`;
    const { answer } = await post(ingest, bodyOf(handled()), {
      url,
      headers: { 'content-type': 'text/plain;charset=UTF-8' },
    });
    expect(answer.faults).toBeUndefined();
    expect(kept[0]).toMatchObject({ appId: 7, installId: INSTALL });
  });

  it('may be gzipped', async () => {
    const { ingest, kept } = createFixture();
    const headers = { 'app-secret': SECRET, 'install-id': INSTALL, 'content-encoding': 'GZIP' };
    const { status } = await post(ingest, gzipSync(bodyOf(handled())), { headers });
    expect([status, kept.length]).toEqual([200, 1]);
  });

  it('without an Install-ID is kept as nobody’s, and told', async () => {
    const { ingest, kept } = createFixture();
    for (const headers of [{ 'app-secret': SECRET }, { 'app-secret': SECRET, 'install-id': 'me' }]) {
      const { status, answer } = await post(ingest, bodyOf(handled()), { headers: headers as HeadersInit });
      expect([status, answer.faults]).toEqual([200, ['Install-ID: must be uuid']]);
    }
    expect(kept.map(({ installId }) => installId)).toEqual(
      Array(2).fill('00000000-0000-0000-0000-000000000000'),
    );
  });

  it('with nothing to keep asks nothing of the store', async () => {
    const { ingest, kept, wakes } = createFixture();
    const { status, answer } = await post(ingest, bodyOf({ type: 'startService' }, { type: 'toString' }));
    expect([status, answer.validDiagnosticsIds, kept.length, wakes()]).toEqual([200, [], 0, 0]);
  });
});

describe('any body', () => {
  it('is answered 200 or 400, and what is kept is JSON with an id, a type and a time', async () => {
    const { ingest, kept } = createFixture();
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(...Object.keys(handled()), 'errorAttachment', 'managedError'),
    );
    const log = fc.dictionary(
      fc.constantFrom('type', 'Id', 'id', 'errorId', 'timestamp', 'exception', '__proto__'),
      value,
    );
    const body = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.array(log).map((logs) => bodyOf(...logs)),
    );
    await fc.assert(
      fc.asyncProperty(body, async (text) => {
        const { status, answer } = await post(ingest, text);
        expect([200, 400]).toContain(status);
        if (status === 400) expect(answer.faults?.[0]).toMatch(/^offset \d+ \(line \d+, column \d+\): /);
      }),
      { numRuns: 500 },
    );
    expect(kept.length).toBeGreaterThan(0);
    for (const item of kept.flatMap(({ logs }) => logs)) {
      expect(JSON.parse(item.json)).toMatchObject({ type: item.type });
      expect(item.id).toMatch(GUID);
      expect(Number.isInteger(item.timestamp)).toBe(true);
    }
  });
});

describe('a preflight', () => {
  it('is 204 and lets any page post what the reporter sends', async () => {
    const request = new Request('http://collector/logs', { method: 'OPTIONS' });
    const response = await fromFetch(createFixture().ingest)(request);
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'POST',
      'access-control-max-age': '86400',
    });
    const allowed = response.headers.get('access-control-allow-headers')?.split(', ');
    expect(allowed).toEqual(
      expect.arrayContaining(['app-secret', 'install-id', 'content-type', 'content-encoding']),
    );
  });
});
