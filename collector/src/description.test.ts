// What the collector says of itself, held against what it does.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CollectorApp, createApp } from './app.js';
import { digestHere } from './digest/here.fixture.js';
import { DEFAULT_LIMITS } from './ingest/limits.js';
import type { SqliteStore } from './store/sqlite/calls.js';
import { openInProcess } from './store/sqlite/in-process.fixture.js';
import { idOf, NOON, newFolder, SECRET, withApp } from './store/sqlite/stores.fixture.js';

let store: SqliteStore;
let app: CollectorApp;
const create = () => {
  const parts = { store, digests: digestHere(store), settings: { limits: DEFAULT_LIMITS } };
  return createApp({ ...parts, log: expect.unreachable, now: () => NOON });
};

beforeEach(async () => {
  store = await withApp(openInProcess, newFolder());
  app = create();
});

afterEach(async () => {
  await app.close();
  await store.close();
});

describe('the description of the API', () => {
  it('is where App Center had it, for any page', async () => {
    const response = await app.fetch(new Request('http://collector/preview/swagger.json'));
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await response.json()).toMatchObject({ openapi: '3.0.3', paths: { '/logs': { post: {} } } });
  });

  it('says what is answered, and how many logs are taken', async () => {
    const { paths } = await (await app.fetch(new Request('http://c/preview/swagger.json'))).json();
    const { summary, responses } = paths['/logs'].post;
    const post = async (init: RequestInit, secret = SECRET) => {
      const headers = { ...init.headers, 'app-secret': secret };
      return (await app.fetch(new Request('http://c/logs', { method: 'POST', ...init, headers }))).status;
    };
    const most = Number(/up to ([\d,]+) logs/.exec(summary)?.[1]?.replace(',', ''));
    const ofLogs = (count: number) => ({ body: `[${'1,'.repeat(count - 1)}1]` });
    expect([await post(ofLogs(most)), await post(ofLogs(most + 1))]).toEqual([200, 413]);
    const statuses = [
      await post({ method: 'GET' }),
      await post({ body: '[]', headers: { 'content-encoding': 'br2' } }),
      await post({ body: '{' }),
      await post({ body: '[]' }, idOf(9)),
    ];
    await store.changeApp(1, { origins: ['https://a.example'] });
    const later = create();
    const headers = { 'app-secret': SECRET, origin: 'https://b.example' };
    const init = { method: 'POST', body: '[]', headers };
    statuses.push((await later.fetch(new Request('http://c/logs', init))).status);
    await later.close();
    expect(statuses).toEqual([405, 415, 400, 401, 403]);
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(statuses.map(String)));
  });
});
