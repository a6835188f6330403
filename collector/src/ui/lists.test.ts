import { beforeEach, describe, expect, it } from 'vitest';
import { crash, createTestSite, NOW, ORIGIN, text } from './site.fixture.js';

let here: Awaited<ReturnType<typeof createTestSite>>;
beforeEach(async () => {
  here = await createTestSite();
  await here.signIn();
});

describe('the start', () => {
  it('is the first app', async () => {
    expect((await here.visit('/')).headers.get('location')).toBe('/apps/1/groups');
    expect((await here.visit('/apps/1')).headers.get('location')).toBe('/apps/1/groups');
  });

  it('says how to add an app when there is none', async () => {
    here.store.apps = async () => [];
    expect((await here.visit('/')).headers.get('location')).toBe('/apps');
    const page = await here.html('/apps');
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
    const proxied = await here.visit('/apps/1/groups', { isSecure: true });
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
