import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createTokens } from '../access/tokens.js';
import type { SqliteStore } from '../store/sqlite/calls.js';
import { openInProcess } from '../store/sqlite/in-process.fixture.js';
import {
  deliveryOf,
  digestOf,
  idOf,
  keepNow,
  logOf,
  NOON,
  newFolder,
  SECRET,
  withApp,
} from '../store/sqlite/stores.fixture.js';
import { createApi } from './api.js';

let store: SqliteStore;
let here: Record<'none' | 'read' | 'admin', string>;
const log = vi.fn();

beforeEach(async () => {
  store = await withApp(openInProcess, newFolder());
  const tokens = createTokens({ store, now: () => NOON });
  here = { none: 'cpt_x', read: await tokens.add('r', 'read'), admin: await tokens.add('a', 'admin') };
  log.mockReset();
  return () => store.close();
});

async function ask(
  path: string,
  as: keyof typeof here = 'read',
  init: RequestInit & { json?: unknown } = {},
) {
  const { json, ...rest } = init;
  const headers = { authorization: `Bearer ${here[as]}` };
  const body = json === undefined ? {} : { body: JSON.stringify(json) };
  const request = new Request(`http://c/api/v1${path}`, { headers, ...body, ...rest });
  const response = await createApi({ store, now: () => NOON, log }).fetch(request);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

async function get(path: string) {
  const { status, text } = await ask(path);
  return { status, json: JSON.parse(text) };
}

describe('the API', () => {
  it.each([
    ['GET /apps', 'none', 401],
    ['GET /nothing', 'none', 401],
    ['POST /apps', 'none', 401],
    ['POST /apps', 'read', 403],
    ['PATCH /apps/1', 'read', 403],
    ['DELETE /apps/1/rotation', 'read', 403],
    ['GET /apps', 'admin', 200],
    ['GET /nothing', 'read', 404],
    ['GET /apps/2/groups', 'read', 404],
    ['GET /apps/1/groups/1', 'read', 404],
    ['GET /apps/1/reports/x', 'read', 404],
    ['PATCH /apps/9', 'admin', 404],
  ] as const)('%s with the scope %s is %i', async (what, scope, status) => {
    const [method = '', path = ''] = what.split(' ');
    const answer = await ask(path, scope, method === 'GET' ? {} : { method, json: {} });
    expect(answer.status).toBe(status);
    expect([answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      'application/json',
      'no-store',
    ]);
    if (status >= 400) expect(JSON.parse(answer.text)).toEqual({ error: { message: expect.any(String) } });
    if (status === 401) expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect((await store.apps()).length).toBe(1);
  });

  it('reads apps, groups and reports, page by page, and no secret', async () => {
    const logs = Array.from({ length: 51 }, (_, n) => logOf(n + 1, { json: `{"n": 9007199254740993}` }));
    await keepNow(store, deliveryOf(logs));
    await store.keepDigests(logs.map((_, n) => digestOf(n + 1)));
    const apps = await ask('/apps');
    expect(JSON.parse(apps.text)).toEqual({
      apps: [
        {
          id: 1,
          name: 'demo',
          createdAt: '2026-11-23T12:00:00.000Z',
          disabledAt: null,
          isRotating: false,
          origins: null,
        },
      ],
    });
    expect(apps.text).not.toContain(SECRET);
    const groups = await get('/apps/1/groups');
    expect(groups.json).toMatchObject({
      groups: [{ id: 1, exceptionType: 'TypeError', reports: 51 }],
      next: null,
    });
    const group = (await get('/apps/1/groups/1')).json;
    expect(group).toMatchObject({ group: { id: 1 }, days: [{ day: '2026-11-23', reports: 51 }] });
    expect([group.reports.length, group.next]).toEqual([50, '/api/v1/apps/1/groups/1?page=2']);
    expect((await get('/apps/1/groups/1?page=2')).json).toMatchObject({ reports: [{}], next: null });
  });

  it('tells what was not taken, and how many visits crashed', async () => {
    const sample = {
      reason: 'TooOld',
      at: NOON,
      installId: '',
      logId: 'x',
      type: 'managedError',
      fault: 'f',
    };
    const counts = [{ reason: 'TooOld', logs: 3, lastAt: NOON }];
    await store.keepRefused([{ appId: 1, counts, samples: [sample] }]);
    const receivedAt = '2026-11-23T12:00:01.000Z';
    const waiting = { id: idOf(2), errorId: idOf(1), receivedAt };
    await keepNow(store, deliveryOf([logOf(2, { type: 'errorAttachment', errorId: idOf(1) })]));
    const at = '2026-11-23T12:00:00.000Z';
    expect((await get('/apps/1/refused')).json).toEqual({
      counts: [{ reason: 'TooOld', logs: 3, lastAt: at }],
      samples: [{ ...sample, at }],
      waitingAttachments: { count: 1, more: false, newest: [waiting] },
    });
    expect((await get('/apps/1/crash-free')).json).toMatchObject({ visits: 0, crashedVisits: 0 });
  });

  it('gives a report whose text cannot be read without it', async () => {
    await keepNow(store, deliveryOf([logOf(1)]));
    const report = await store.report(1, idOf(1));
    store.report = async () => report && { ...report, json: '' };
    expect((await get(`/apps/1/reports/${idOf(1)}`)).json).toMatchObject({ id: idOf(1), log: null });
  });

  it('gives a report as it came, with what is attached', async () => {
    const attachment = logOf(2, { type: 'errorAttachment', errorId: idOf(1), json: '{"file": 1}' });
    await store.keep(deliveryOf([logOf(1, { json: '{"n": 9007199254740993,\n"m": 1.0}' }), attachment]));
    const { text } = await ask(`/apps/1/reports/${idOf(1).toUpperCase()}`);
    expect(text).toContain('9007199254740993');
    expect(JSON.parse(text)).toMatchObject({
      ...{ id: idOf(1), type: 'managedError', timestamp: '2026-11-23T12:00:00.000Z' },
      ...{ log: { m: 1 }, attachments: [{ file: 1 }] },
    });
  });

  it('adds, changes and rotates apps, and logs that without secrets', async () => {
    const added = await ask('/apps', 'admin', { method: 'POST', json: { name: 'Office' } });
    const { id, secret } = JSON.parse(added.text);
    expect([added.status, secret]).toEqual([201, expect.stringMatching(/^[\da-f-]{36}$/)]);
    await ask(`/apps/${id}`, 'admin', {
      method: 'PATCH',
      json: { name: 'The office', disabled: true, origins: 'https://a.example' },
    });
    const origins = ['https://a.example'];
    expect((await store.apps())[1]).toMatchObject({ name: 'The office', disabledAt: NOON, origins });
    await ask(`/apps/${id}/rotation`, 'admin', { method: 'POST' });
    expect((await store.apps())[1]?.previousSecret).toBe(secret);
    expect((await ask(`/apps/${id}/rotation`, 'admin', { method: 'POST' })).status).toBe(409);
    await ask(`/apps/${id}/rotation`, 'admin', { method: 'DELETE' });
    await ask(`/apps/${id}`, 'admin', { method: 'PATCH', json: { disabled: false } });
    expect((await store.apps())[1]).toEqual(
      expect.not.objectContaining({ previousSecret: secret, disabledAt: NOON }),
    );
    expect(log).toHaveBeenCalledTimes(5);
    expect(JSON.stringify(log.mock.calls)).not.toMatch(/[\da-f]{8}-/);
  });

  it('takes the origins it gives, and gives those it took', async () => {
    const patch = async (json: object) => {
      const { status, text } = await ask('/apps/1', 'admin', { method: 'PATCH', json });
      return [status, JSON.parse(text).origins];
    };
    const origins = ['https://shop.example', 'https://admin.example'];
    expect(await patch({ origins })).toEqual([200, origins]);
    expect((await get('/apps')).json.apps[0].origins).toEqual(origins);
    expect(await patch({ name: 'shop' })).toEqual([200, origins]);
    expect(await patch({ origins: null })).toEqual([200, null]);
    expect(await patch({ origins: 'https://shop.example' })).toEqual([200, ['https://shop.example']]);
  });

  it.each([
    { name: 'x', origins: 'nonsense' },
    { name: 'x', origins: [] },
    { name: 'x', origins: ['https://a.example', 7] },
    { name: 'x', origins: true },
    { name: 'x', disabled: 'true' },
    { disabled: true, name: null },
    { disable: true },
    {},
  ])('changes nothing when it cannot do all of %j', async (json) => {
    const before = await store.apps();
    expect((await ask('/apps/1', 'admin', { method: 'PATCH', json })).status).toBe(400);
    expect(await store.apps()).toEqual(before);
    expect(log).not.toHaveBeenCalled();
  });

  it.each([
    [{ json: { name: 'demo' } }, 409],
    [{ json: { name: '' } }, 400],
    [{ json: 7 }, 400],
    [{ body: '{' }, 400],
    [{ body: 'x'.repeat(20_000) }, 413],
  ])('refuses %j with %i', async (init, status) => {
    expect((await ask('/apps', 'admin', { method: 'POST', ...init })).status).toBe(status);
  });

  it('says nothing internal of what went wrong', async () => {
    store.apps = () => Promise.reject(new Error('SQLITE_CORRUPT'));
    const { status, text } = await ask('/apps');
    expect([status, text.includes('SQLITE')]).toEqual([500, false]);
    expect(log).toHaveBeenCalledWith('GET /api/v1/apps failed', expect.any(Error));
  });
});
