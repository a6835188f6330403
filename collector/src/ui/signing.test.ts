import { beforeEach, describe, expect, it } from 'vitest';
import { createTestSite, ORIGIN, type Visit } from './site.fixture.js';

let here: Awaited<ReturnType<typeof createTestSite>>;
beforeEach(async () => {
  here = await createTestSite();
});
const locationOf = (response: Response) => response.headers.get('location');

describe('a site', () => {
  it.each([
    ['/', '/sign-in'],
    ['/apps/1/groups?page=2', '/sign-in?next=%2Fapps%2F1%2Fgroups%3Fpage%3D2'],
    ['/apps/1/groups/1', '/sign-in?next=%2Fapps%2F1%2Fgroups%2F1'],
    ['/nothing', '/sign-in?next=%2Fnothing'],
  ])('sends a stranger from %s to %s', async (path, to) => {
    const response = await here.visit(path);
    expect(response.status).toBe(303);
    expect(locationOf(response)).toBe(to);
  });

  it('lets somebody in with the right password, and back to where they wanted to go', async () => {
    const page = await here.html('/sign-in?next=%2Fapps%2F1%2Fgroups%3Fpage%3D2');
    expect(page).toContain('name="next" value="/apps/1/groups?page=2"');
    const form = { name: ' ann ', password: 'right', next: '/apps/1/groups?page=2' };
    const response = await here.visit('/sign-in', { form });
    expect(response.status).toBe(303);
    expect(locationOf(response)).toBe('/apps/1/groups?page=2');
    expect((await here.visit('/apps/1/groups')).status).toBe(200);
    expect(locationOf(await here.visit('/sign-in?next=/apps/1/groups'))).toBe('/apps/1/groups');
  });

  it('says that a password is wrong, keeps the name, and signs nobody in', async () => {
    for (const name of ['ann', 'nobody']) {
      const response = await here.visit('/sign-in', { form: { name, password: 'wrong', next: '/apps/1' } });
      const page = await response.text();
      expect(response.status).toBe(403);
      expect(page).toContain('Name or password is wrong.');
      expect(page).toContain(`value="${name}"`);
      expect(page).toContain('value="/apps/1"');
      expect(page).not.toContain('wrong"');
      expect(response.headers.getSetCookie()).toEqual([]);
    }
    expect((await here.visit('/apps/1/groups')).status).toBe(303);
  });

  it('tells the log who came from where, and no password', async () => {
    const from = { address: '192.0.2.1' };
    await here.visit('/sign-in', { form: { name: 'x\ny', password: 'secret word' }, ...from });
    await here.visit('/sign-in', { form: { name: 'ann', password: 'right' }, ...from });
    expect(here.logged).toEqual([
      ['sign-in refused (wrong) to "x\\ny" from 192.0.2.1'],
      ['sign-in of "ann" from 192.0.2.1'],
    ]);
  });

  it('makes a name wait after ten failures, and says how long', async () => {
    const attempt = (password: string) => here.visit('/sign-in', { form: { name: 'ann', password } });
    for (let i = 0; i < 10; i++) expect((await attempt('wrong')).status).toBe(403);
    const response = await attempt('right');
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('60');
    expect(await response.text()).toContain('Try again in 60 seconds');
    here.clock.now -= 365 * 24 * 3600 * 1000; // A clock that is put back keeps nobody waiting.
    here.clock.ticks += 60_000;
    expect((await attempt('right')).status).toBe(303);
  });

  it('keeps nobody out for the failures of another address', async () => {
    const attempt = (password: string, address: string) =>
      here.visit('/sign-in', { form: { name: 'ann', password }, address });
    for (let i = 0; i < 10; i++) await attempt('wrong', '192.0.2.1');
    expect((await attempt('right', '192.0.2.1')).status).toBe(429);
    expect((await attempt('right', '192.0.2.2')).status).toBe(303);
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https://evil.example/',
    '/\t/evil.example',
    '/\n/evil.example',
    '/.//evil.example',
    '/x/..//evil.example',
    'javascript:alert(1)',
    'evil.example',
    '/%0d%0aSet-Cookie:x=1\r\nX: y',
    '',
  ])('never goes on to another site: %j', async (next) => {
    const response = await here.visit('/sign-in', { form: { name: 'ann', password: 'right', next } });
    expect(response.status).toBe(303);
    expect(new URL(locationOf(response) ?? '', ORIGIN).origin).toBe(ORIGIN);
    expect(locationOf(response)).toBe('/');
    const again = await here.visit(`/sign-in?next=${encodeURIComponent(next)}`);
    expect(locationOf(again)).toBe('/');
  });

  it('signs out: the cookie goes, and the session with it', async () => {
    const cookie = (await here.signIn()).headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const response = await here.visit('/sign-out', { form: {} });
    expect(locationOf(response)).toBe('/sign-in');
    expect(response.headers.getSetCookie()[0]).toMatch(
      /^crashpost-session=; Max-Age=0; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect((await here.visit('/apps/1/groups', { headers: { cookie } })).status).toBe(303);
  });

  it('gives every sign-in a session of its own, and ends the one that was', async () => {
    const cookieOf = async () => (await here.signIn()).headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const [first, second] = [await cookieOf(), await cookieOf()];
    expect(second).not.toBe(first);
    expect((await here.visit('/apps/1/groups', { headers: { cookie: first } })).status).toBe(303);
    expect((await here.visit('/apps/1/groups', { headers: { cookie: second } })).status).toBe(200);
  });

  it('ends a session after 30 days', async () => {
    await here.signIn();
    here.clock.now += 30 * 24 * 3600 * 1000;
    expect((await here.visit('/apps/1/groups')).status).toBe(303);
  });

  it.each(['crashpost-session=x', `crashpost-session=${'A'.repeat(43)}`, 'crashpost-session='])(
    'lets nobody in with %s',
    async (cookie) => expect((await here.visit('/apps/1/groups', { headers: { cookie } })).status).toBe(303),
  );
});

describe('the cookie', () => {
  const flags = async (more: Visit = {}) => {
    const form = { name: 'ann', password: 'right' };
    const response = await here.visit('/sign-in', { form, ...more });
    return response.headers.getSetCookie()[0]?.split('; ').slice(1);
  };
  it('is for this site only, and for no script', async () =>
    expect(await flags()).toEqual(['Max-Age=2592000', 'Path=/', 'HttpOnly', 'SameSite=Lax']));

  it('is Secure when the request came over TLS, also to a proxy', async () => {
    const headers = { origin: ORIGIN.replace('http', 'https') };
    expect(await flags({ headers, isSecure: true })).toEqual([
      'Max-Age=2592000',
      'Path=/',
      'HttpOnly',
      'Secure',
      'SameSite=Lax',
    ]);
  });
});
