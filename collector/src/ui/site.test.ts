import { beforeEach, describe, expect, it } from 'vitest';
import { createTestSite, NOW, ORIGIN } from './site.fixture.js';

let here: Awaited<ReturnType<typeof createTestSite>>;
beforeEach(async () => {
  here = await createTestSite();
  await here.signIn();
});

const crash = (type: string, more: object = {}) => ({
  type: 'managedError',
  fatal: true,
  device: {
    ...{ sdkName: 'crashpost', sdkVersion: '0.1.0', osName: 'Windows', osVersion: '11', locale: 'de-AT' },
    ...{ timeZoneOffset: 120, screenSize: '2560x1440', appVersion: '2.4.1', appBuild: '241' },
    ...{ browserName: 'Chrome', browserVersion: '156.0.7204.51', appNamespace: 'https://shop.example' },
  },
  exception: {
    type,
    message: `${type} happened`,
    stackTrace: `${type}: happened\n    at total`,
    frames: [
      { methodName: 'Array.map', fileName: '<anonymous>' },
      {
        methodName: 'Cart.total',
        fileName: 'https://shop.example/cart.js',
        lineNumber: 118,
        columnNumber: 31,
      },
    ],
    innerExceptions: [{ type: 'RangeError', message: 'the cause', innerExceptions: [{ type: 'DeepError' }] }],
  },
  ...more,
});
const text = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('the start', () => {
  it('is the first app', async () => {
    expect((await here.visit('/')).headers.get('location')).toBe('/apps/1/groups');
    expect((await here.visit('/apps/1')).headers.get('location')).toBe('/apps/1/groups');
  });

  it('says how to add an app when there is none', async () => {
    here.store.apps = async () => [];
    const page = await here.html('/');
    expect(page).toContain('crashpost-collector app add NAME');
    expect(page).toContain('<title>No app yet · Crashpost</title>');
  });
});

describe('the groups page', () => {
  it('of an app without reports has its secret and what to paste, with the address of the collector', async () => {
    const page = await here.html('/apps/1/groups');
    expect(page).toContain('No report has come yet.');
    expect(page).toContain(here.app.secret);
    expect(page).toContain('&lt;script src=&quot;crashpost.min.js&quot;&gt;');
    expect(page).toContain(`logUrl: &#39;${ORIGIN}&#39;`);
    const proxied = await here.visit('/apps/1/groups', { headers: { 'x-forwarded-proto': 'https' } });
    expect(await proxied.text()).toContain(`logUrl: &#39;${ORIGIN.replace('http', 'https')}&#39;`);
  });

  it('shows each group with what it is, where, how often, and when', async () => {
    const installId = 'f0b1c2d3-0000-4000-8000-000000000000';
    await here.report(crash('TypeError'), { timestamp: NOW - 3 * 3600_000, installId });
    await here.report(crash('TypeError'), { timestamp: NOW - 300_000, installId });
    await here.report(crash('TypeError'), { timestamp: NOW - 2 * 86_400_000 });
    await here.report({ ...crash('NetworkError'), type: 'handledError', fatal: false });
    const page = await here.html('/apps/1/groups');
    const [, first = '', second = ''] = page.split('<tr>\n').map(text);
    expect(first).toContain('Handled NetworkError NetworkError happened');
    expect(second).toContain('Crash TypeError TypeError happened');
    expect(second).toContain('Cart.total (cart.js:118:31)');
    expect(second).toMatch(/ 3 2 5 min ago 2\.4\.1 /);
    expect(page).toContain(
      '<time datetime="2026-11-23T09:25:00.000Z" title="2026-11-23 09:25:00 UTC">5 min ago</time>',
    );
    expect(page).toContain('aria-label="3 reports in the last 14 days, most on 23 Nov 2026: 2"');
    expect(page).toContain('<title>Shop: groups · Crashpost</title>');
    expect(page).not.toContain('No report has come yet');
  });

  it('names the other apps', async () => {
    expect(await here.html('/apps/1/groups')).not.toContain('<details><summary>Shop');
    await here.store.addApp({ name: 'Office', secret: 's', createdAt: NOW });
    const page = await here.html('/apps/1/groups');
    expect(page).toContain('<summary>Shop</summary>');
    expect(page).toContain('<a href="/apps/2/groups">Office</a>');
    expect(page).toContain('<a href="/apps/1/groups" aria-current="true">Shop</a>');
  });

  it('has 50 groups, and the others on the next pages', async () => {
    for (let i = 0; i < 101; i++) await here.report(crash(`Error${String.fromCodePoint(0x4e00 + i)}`));
    const pages = await Promise.all(['', '?page=2', '?page=3'].map((q) => here.html(`/apps/1/groups${q}`)));
    const types = pages.map((page) => [...page.matchAll(/groups\/\d+">(Error.)</g)].map(([, type]) => type));
    expect(types.map((t) => t.length)).toEqual([50, 50, 1]);
    expect(new Set(types.flat()).size).toBe(101);
    expect(pages.map((page) => page.includes('rel="next"'))).toEqual([true, true, false]);
    expect(pages.map((page) => page.includes('rel="prev"'))).toEqual([false, true, true]);
    expect(pages[1]).toContain('rel="prev" href="/apps/1/groups"');
    expect(pages[1]).toContain('rel="next" href="/apps/1/groups?page=3"');
    for (const bad of ['0', '-1', '1.5', 'x', '', '99999999999999999999']) {
      expect(await here.html(`/apps/1/groups?page=${bad}`)).toBe(pages[0]);
    }
    expect(await here.html('/apps/1/groups?page=9')).toContain('There is nothing on page 9');
  });
});

describe('the group page', () => {
  it('shows the counts, the newest report and the list', async () => {
    const old = await here.report(crash('TypeError'), { timestamp: NOW - 86_400_000 });
    const device = { ...crash('').device, appVersion: '2.5.0' };
    const newest = await here.report(crash('TypeError', { device }), { timestamp: NOW - 60_000 });
    const page = await here.html('/apps/1/groups/1');
    const words = text(page);
    expect(words).toContain(
      'Reports 2 Installs 2 First seen 24 h ago Last seen 1 min ago Newest version 2.5.0',
    );
    expect(page).toContain('aria-label="2 reports in the last 30 days, most on 22 Nov 2026: 1"');
    expect(page.match(/<rect class="(some|none)"/g)).toHaveLength(30);
    expect(words).toContain('Cart.total blamed https://shop.example /cart.js :118:31 118 31');
    expect(words).toContain('Caused by RangeError the cause');
    expect(page.indexOf(newest)).toBeLessThan(page.indexOf(old));
    expect(page).toContain(`<a href="/apps/1/reports/${old}">`);
    expect(words).toContain('2.5.0 Windows 11 Chrome 156');
    expect(page).toContain('<title>TypeError: group in Shop · Crashpost</title>');
  });

  it('pages through its reports, and keeps the newest one on top', async () => {
    for (let i = 0; i < 60; i++) await here.report(crash('TypeError'), { timestamp: NOW - i * 60_000 });
    const newest = /reports\/([\w-]+)">Everything/.exec(await here.html('/apps/1/groups/1'))?.[1] ?? '';
    const second = await here.html('/apps/1/groups/1?page=2');
    expect(second).toContain(`/apps/1/reports/${newest}">Everything`);
    expect(second.match(/<th scope="row">/g)).toHaveLength(10);
  });
});

describe('the report page', () => {
  it('shows everything that is known', async () => {
    const log = crash('TypeError', {
      ...{ sid: '5300fef7-46f0-48eb-8fee-432fe6486abd', userId: 'customer-4711' },
      ...{ timestamp: '2026-11-23T09:00:00Z', appLaunchTimestamp: '2026-11-23T08:59:00.000Z' },
      properties: { route: '/checkout', odd: { a: 1 } },
      threads: [
        { id: 1, name: 'idle', frames: [{ className: 'a.B', methodName: 'wait' }] },
        { id: 7, frames: [] },
      ],
      errorThreadId: 7,
    });
    const id = await here.report(log);
    const errorId = id;
    const attachment = {
      type: 'errorAttachment',
      errorId,
      contentType: 'text/plain',
      fileName: 'a.log',
      data: 'aGk8',
    };
    const picture = { ...attachment, contentType: 'image/png', fileName: 'b.png' };
    const logs = [attachment, picture, 'no object'].map((one, i) => {
      return { id: `a${i}`, type: 'errorAttachment', errorId, timestamp: NOW, json: JSON.stringify(one) };
    });
    await here.store.keep({ appId: 1, installId: 'i', receivedAt: NOW, logs });
    const page = await here.html(`/apps/1/reports/${id}`);
    const words = text(page);
    for (const part of [
      'Crash TypeError TypeError happened',
      'Array.map &lt;anonymous&gt;',
      'Cart.total blamed https://shop.example /cart.js :118:31 118 31',
      'Caused by RangeError the cause',
      'Caused by DeepError',
      'TypeError: happened at total',
      'Thread 7 crashed',
      'Thread 1 · idle',
      'Client Chrome 156.0.7204.51',
      'System Windows 11',
      'Locale de-AT',
      'Time zone UTC+02:00',
      'Screen 2560 × 1440',
      'App version 2.4.1 (build 241)',
      'App https://shop.example',
      'SDK crashpost 0.1.0',
      'Device clock 2026-11-23 09:00:00 UTC',
      'Received 2026-11-23 09:30:00 UTC',
      'App launched 2026-11-23 08:59:00 UTC',
      'User customer-4711',
      'Session 5300fef7-46f0-48eb-8fee-432fe6486abd',
      'route /checkout',
      'odd {&quot;a&quot;:1}',
      'a.log text/plain · 3 B Show the text hi&lt;',
      'b.png image/png · 3 B',
      'without a name unknown type · 0 B',
      '{ &quot;type&quot;: &quot;managedError&quot;',
    ]) {
      expect(words).toContain(part);
    }
    expect(words.indexOf('Thread 7')).toBeLessThan(words.indexOf('Thread 1 '));
    expect(page).toMatch(/<tr class="foreign"><td>Array\.map/);
    expect(page).toMatch(/<tr class="blamed"><td>Cart\.total/);
    expect(page.match(/Show the text/g)).toHaveLength(1);
    expect(page).toContain('<a href="/apps/1/groups/1">Group</a>');
    expect(page).toContain('<title>TypeError: report in Shop · Crashpost</title>');
  });

  it('shows a report that is no JSON as it came, and one that is not grouped yet', async () => {
    const id = '00000000-0000-4000-8000-000000000000';
    const logs = [{ id, type: 'managedError', timestamp: NOW, json: '{"cut <off' }];
    await here.store.keep({ appId: 1, installId: 'i', receivedAt: NOW, logs });
    const page = await here.html(`/apps/1/reports/${id}`);
    expect(page).toContain('Unreadable report');
    expect(page).toContain('{&quot;cut &lt;off');
    expect(page).not.toContain('>Group<');
    await here.store.digestAll();
    expect(await here.html('/apps/1/groups/1')).toContain('It is no JSON object');
  });

  it('is found by an id in any case', async () => {
    const id = await here.report(crash('TypeError'));
    expect((await here.visit(`/apps/1/reports/${id.toUpperCase()}`)).status).toBe(200);
  });

  it('opens 100 frames and as many more as there are on a click', async () => {
    const frames = Array.from({ length: 100 }, (_, i) => ({ methodName: `walk${i}`, fileName: 'a.js' }));
    const page = await here.html(
      `/apps/1/reports/${await here.report(crash('E', { exception: { type: 'E', frames } }))}`,
    );
    expect(page).toContain('60 more frames');
    expect(page).toContain('walk99');
  });
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
