import { beforeEach, describe, expect, it } from 'vitest';
import { createTestSite, text } from './site.fixture.js';

let here: Awaited<ReturnType<typeof createTestSite>>;
beforeEach(async () => {
  here = await createTestSite();
  await here.signIn();
  here.logged.length = 0;
});

const send = (path: string, form: Record<string, string> = {}) => here.visit(path, { form });
const SETTINGS = '/apps/1/settings';

describe('the apps', () => {
  it('are listed, and one is added', async () => {
    const response = await send('/apps', { name: ' Office ' });
    expect([response.status, response.headers.get('location')]).toEqual([303, '/apps/2/settings']);
    expect(await here.store.apps()).toMatchObject([{ name: 'Shop' }, { name: 'Office' }]);
    expect(text(await here.html('/apps'))).toMatch(/Shop .* enabled .* Office .* enabled/);
    expect(here.logged).toEqual([['ann added the app Office']]);
  });

  it.each([
    ['Shop', 'Another app has this name.'],
    ['', 'An app needs a name'],
    ['x'.repeat(101), 'An app needs a name'],
  ])('are not added as %j', async (name, fault) => {
    const response = await send('/apps', { name });
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(fault)]);
    expect((await here.store.apps()).length).toBe(1);
  });

  it('are renamed, disabled and enabled', async () => {
    expect((await send(`${SETTINGS}/name`, { name: 'The shop' })).headers.get('location')).toBe(SETTINGS);
    await send(`${SETTINGS}/disable`);
    expect(await here.store.apps()).toMatchObject([{ name: 'The shop', disabledAt: here.clock.now }]);
    expect(text(await here.html('/apps'))).toContain('disabled');
    expect(await here.html(SETTINGS)).toContain('Disabled on 23 Nov 2026');
    await send(`${SETTINGS}/enable`);
    expect((await here.store.apps())[0]).not.toHaveProperty('disabledAt');
    expect(here.logged).toEqual([
      ['ann renamed the app Shop: The shop'],
      ['ann disabled the app The shop'],
      ['ann enabled the app The shop'],
    ]);
  });

  it('are told of secrets that none of them has', async () => {
    expect(await here.html('/apps')).not.toContain('Unknown secrets');
    here.secrets.note('0f3c8d1e-5b7a-4c2d-9e6f-1a2b3c4d5e6f');
    here.secrets.note('<script>alert(1)');
    here.secrets.note(undefined);
    here.clock.now += 120_000;
    for (const page of [await here.html('/apps'), await (await send('/apps', { name: '' })).text()]) {
      expect(text(page)).toContain(
        'Counting began 2 min ago . Secret Posts Last none 1 2 min ago &lt;script&gt;… 1 2 min ago 0f3c8d1e… 1 2 min',
      );
      expect(page).not.toContain('5b7a');
    }
  });

  it('say whether their old secret is still in use', async () => {
    await send(`${SETTINGS}/rotate`);
    const told = async () => / \w+ posts? with the old .*?\./.exec(text(await here.html(SETTINGS)))?.[0];
    here.clock.now += 60_000;
    expect(await told()).toBe(' No posts with the old one since counting began 1 min ago .');
    const [app] = await here.store.apps();
    here.secrets.note(here.app.secret, app);
    here.clock.now += 120_000;
    expect(await told()).toBe(
      ' 1 post with the old one since counting began 3 min ago , the last 2 min ago .',
    );
    await send(`${SETTINGS}/end-rotation`);
    expect(await told()).toBeUndefined();
  });

  it('have two secrets while they are rotated', async () => {
    const old = here.app.secret;
    await send(`${SETTINGS}/rotate`);
    const [{ secret = '' } = {}] = await here.store.apps();
    expect(secret).not.toBe(old);
    const page = await here.html(SETTINGS);
    for (const one of [old, secret]) expect(page).toContain(one);
    const again = await send(`${SETTINGS}/rotate`);
    expect([again.status, await again.text()]).toEqual([400, expect.stringContaining('two secrets already')]);
    await send(`${SETTINGS}/end-rotation`);
    expect(await here.html(SETTINGS)).not.toContain(old);
    expect(String(here.logged)).not.toMatch(/[\da-f]{8}-/);
  });

  it('are limited to origins, and to none', async () => {
    await send(`${SETTINGS}/origins`, { origins: 'https://A.example, http://b.example:80' });
    expect((await here.store.apps())[0]?.origins).toEqual(['https://a.example', 'http://b.example']);
    expect(await here.html(SETTINGS)).toContain('value="https://a.example, http://b.example"');
    const wrong = await send(`${SETTINGS}/origins`, { origins: 'a.example' });
    expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining('is no origin')]);
    await send(`${SETTINGS}/origins`, { origins: ' ' });
    expect((await here.store.apps())[0]).not.toHaveProperty('origins');
  });

  it.each(['/apps/2/settings', '/apps/x/settings'])('that are not there have no page: %s', async (path) => {
    expect((await here.visit(path)).status).toBe(404);
    expect((await send(`${path}/disable`)).status).toBe(404);
  });

  it('are not changed by what is no change', async () => {
    for (const path of ['/apps/1/settings/toString', '/apps/1/settings/none'])
      expect((await send(path)).status).toBe(404);
  });
});

describe('a form of a user', () => {
  it.each(['', 'x', 'A'.repeat(43)])('with the token %j changes nothing', async (token) => {
    for (const path of ['/apps', `${SETTINGS}/disable`, '/sign-out'])
      expect((await send(path, { name: 'Office', token })).status).toBe(403);
    expect(await here.store.apps()).toEqual([here.app]);
    expect((await here.visit('/apps')).status).toBe(200);
  });

  it('of another session changes nothing', async () => {
    const tokenOf = (page: string) => /name="token" value="([\w-]{43})"/.exec(page)?.[1] ?? '';
    const first = tokenOf(await here.html('/apps'));
    await here.signIn();
    expect(tokenOf(await here.html('/apps'))).not.toBe(first);
    expect((await send('/apps', { name: 'Office', token: first })).status).toBe(403);
  });

  it('is on every page of a user, with the token', async () => {
    for (const path of ['/apps', SETTINGS, '/account', '/apps/1/groups', '/nothing']) {
      const page = await here.html(path);
      const forms = page.match(/<form[\s\S]*?<\/form>/g) ?? [];
      expect(forms.length).toBeGreaterThan(0);
      for (const form of forms) expect(form).toMatch(/name="token" value="[\w-]{43}"/);
    }
  });

  it('of somebody who is not signed in leads to sign-in', async () => {
    const response = await here.visit('/apps', { form: { name: 'x' }, headers: { cookie: 'none' } });
    expect([response.status, response.headers.get('location')]).toEqual([303, '/sign-in']);
  });
});
