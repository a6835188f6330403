import { beforeEach, describe, expect, it } from 'vitest';
import { crash, createTestSite, NOW } from './site.fixture.js';

let here: Awaited<ReturnType<typeof createTestSite>>;
beforeEach(async () => {
  here = await createTestSite();
  await here.signIn();
});

describe('what is not there', () => {
  it.each([
    '/apps/2/groups',
    '/apps/x/groups',
    '/apps/01/groups',
    '/apps/1/groups/2',
    '/apps/1/groups/x',
    '/apps/1/groups/1e0',
    '/apps/1/groups/-1',
    '/apps/1/reports/00000000-0000-4000-8000-000000000001',
    '/apps/1/reports/x',
    '/apps/1/reports/%00',
    '/nothing',
    '/assets/site-0.css',
  ])('%s is a 404 with a way home', async (path) => {
    await here.report(crash('TypeError'));
    const response = await here.visit(path);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('<h1>Not found</h1>');
  });

  it('a group or report of another app is not there either', async () => {
    await here.store.addApp({ name: 'Office', secret: 's', createdAt: NOW });
    const id = await here.report(crash('TypeError'));
    expect((await here.visit('/apps/2/groups/1')).status).toBe(404);
    expect((await here.visit(`/apps/2/reports/${id}`)).status).toBe(404);
  });
});

it('an error of the store is a page that says nothing internal, and a line in the log', async () => {
  here.store.groups = async () => {
    throw new Error('SQLITE_CORRUPT in /var/lib/secret');
  };
  const response = await here.visit('/apps/1/groups');
  const page = await response.text();
  expect(response.status).toBe(500);
  expect(page).toContain('Something went wrong');
  expect(page).not.toMatch(/SQLITE|secret|at .*\.ts/);
  expect(String(here.logged)).toContain('SQLITE_CORRUPT');
});

it('the stylesheet is kept for ever, and named by the pages', async () => {
  const path = /href="(\/assets\/site-[0-9a-f]{12}\.css)"/.exec(await here.html('/apps/1/groups'))?.[1] ?? '';
  const response = await here.visit(path, { headers: { cookie: 'none' } });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/css; charset=utf-8');
  expect(response.headers.get('cache-control')).toContain('immutable');
  expect(await response.text()).toContain('prefers-color-scheme: dark');
});

it('every response has the headers that leave a hostile text nothing to do', async () => {
  const id = await here.report(crash('TypeError'));
  const style = /href="(\/assets\/[^"]+)"/.exec(await here.html('/sign-in?x'))?.[1] ?? '';
  const paths = ['/', '/apps/1/groups', '/apps/1/groups/1', `/apps/1/reports/${id}`, '/x', '/sign-in', style];
  const responses = await Promise.all(paths.map((path) => here.visit(path)));
  responses.push(await here.visit('/sign-out', { form: {}, headers: { origin: 'http://evil.example' } }));
  responses.push(await here.visit('/sign-in', { form: { name: 'ann', password: 'x'.repeat(20_000) } }));
  responses.push(await here.visit('/apps/1/groups', { headers: { cookie: 'none' } }));
  here.store.apps = async () => Promise.reject(new Error('broken'));
  responses.push(await here.visit('/'));
  expect(new Set(responses.map(({ status }) => status))).toEqual(
    new Set([302, 200, 404, 403, 413, 303, 500]),
  );
  for (const { headers } of responses) {
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('cache-control')).toMatch(/^(no-store|public, max-age=31536000, immutable)$/);
  }
});
