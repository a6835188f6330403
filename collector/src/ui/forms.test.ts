import { beforeEach, describe, expect, it } from 'vitest';
import { createTestSite, ORIGIN } from './site.fixture.js';

let here: Awaited<ReturnType<typeof createTestSite>>;
beforeEach(async () => {
  here = await createTestSite();
});

describe('a form', () => {
  const form = { name: 'ann', password: 'right' };

  it.each([
    ['of another origin', { origin: 'https://evil.example' }],
    ['of an opaque origin', { origin: 'null' }],
    ['of the same host over another protocol', { origin: 'https://127.0.0.1:8080' }],
    ['of another site, as the browser says', { origin: 'http://x', 'sec-fetch-site': 'cross-site' }],
    ['of another app of the same site', { origin: 'http://127.0.0.1:9', 'sec-fetch-site': 'same-site' }],
  ])('%s is refused', async (_, headers) => {
    await here.signIn();
    for (const path of ['/sign-in', '/sign-out']) {
      const response = await here.visit(path, { form, headers });
      expect(response.status).toBe(403);
      expect(await response.text()).toContain('not sent from this site');
      expect(response.headers.getSetCookie()).toEqual([]);
    }
    expect((await here.visit('/apps/1/groups')).status).toBe(200);
  });

  it('without any origin is refused', async () => {
    const body = new URLSearchParams(form);
    expect((await here.visit('/sign-in', { method: 'POST', body })).status).toBe(403);
  });

  it('larger than a name and a password is refused', async () => {
    const response = await here.visit('/sign-in', { form: { ...form, password: 'x'.repeat(20_000) } });
    expect(response.status).toBe(413);
    expect(await response.text()).toContain('more than any form of this site can hold');
  });

  it('that does not say its size is refused at the same, and read no further', async () => {
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        sent += 4096;
        controller.enqueue(new Uint8Array(4096));
      },
    });
    const headers = { origin: ORIGIN, 'content-type': 'application/x-www-form-urlencoded' };
    const init = { method: 'POST', body, headers, duplex: 'half' };
    expect((await here.visit('/sign-in', init as RequestInit)).status).toBe(413);
    expect(sent).toBeLessThan(64 * 1024);
  });

  it('that does not arrive is given up', async () => {
    here = await createTestSite({ formMs: 30 });
    const headers = {
      origin: ORIGIN,
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': '9',
    };
    const init = { method: 'POST', body: new ReadableStream(), headers, duplex: 'half' };
    const response = await here.visit('/sign-in', init as RequestInit);
    expect([response.status, await response.text()]).toEqual([408, expect.stringContaining('in time')]);
  });

  it('may hold anything, or not be a form at all', async () => {
    const headers = { origin: ORIGIN, 'content-type': 'application/json' };
    const response = await here.visit('/sign-in', { method: 'POST', body: '{"name":"ann"}', headers });
    expect(response.status).toBe(403);
    const broken = { origin: ORIGIN, 'content-type': 'multipart/form-data' };
    expect((await here.visit('/sign-in', { method: 'POST', body: 'x', headers: broken })).status).toBe(400);
  });
});
