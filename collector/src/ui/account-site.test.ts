import { beforeEach, describe, expect, it } from 'vitest';
import { createTestSite } from './site.fixture.js';

let here: Awaited<ReturnType<typeof createTestSite>>;
beforeEach(async () => {
  here = await createTestSite();
  await here.signIn();
  here.logged.length = 0;
});

const change = (current: string, password: string) =>
  here.visit('/account/password', { form: { current, password } });
const signIn = (password: string) => here.visit('/sign-in', { form: { name: 'ann', password } });

describe('the account', () => {
  it('has a form that password managers understand', async () => {
    const page = await here.html('/account');
    for (const hint of ['username', 'current-password', 'new-password'])
      expect(page).toContain(`autocomplete="${hint}"`);
  });

  it('takes a new password, signs out everywhere else, and logs neither', async () => {
    const [other] = (await here.signIn()).headers.getSetCookie();
    const elsewhere = other?.split(';')[0] ?? '';
    await here.signIn();
    here.logged.length = 0;
    const response = await change('right', 'a better one');
    expect([response.status, response.headers.get('location')]).toEqual([303, '/account?done']);
    expect(await here.html('/account?done')).toContain('You have a new password');
    expect((await here.visit('/apps', { headers: { cookie: elsewhere } })).status).toBe(303);
    expect(here.logged).toEqual([['ann chose a new password']]);
    expect((await signIn('right')).status).toBe(403);
    expect((await signIn('a better one')).status).toBe(303);
  });

  it.each([
    ['wrong', 'a better one', 'That is not the password you have now.'],
    ['right', 'short', 'A password has at least 8 characters.'],
    ['right', 'x'.repeat(1001), 'A password has at most 1000 characters.'],
  ])('with %j refuses another', async (current, password, fault) => {
    const response = await change(current, password);
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(fault)]);
    expect((await signIn('right')).status).toBe(303);
  });

  it('lets nobody guess the password', async () => {
    for (let i = 0; i < 10; i++) await change('wrong', 'a better one');
    expect(await (await change('right', 'a better one')).text()).toContain('Too many failed attempts');
  });
});
