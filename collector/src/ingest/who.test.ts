import { describe, expect, it } from 'vitest';
import type { App } from '../store/store.js';
import { APP, bodyOf, createFixture, handled, INSTALL, post, SECRET } from './ingest.fixture.js';

const OTHER = '99999999-5b7a-4c2d-9e6f-1a2b3c4d5e6f';

describe('who sends', () => {
  const twice = (id: string) => `${id}, ${id}`;
  const bare = (id: string) => id.replaceAll('-', '');
  it.each([
    ['in headers that were sent twice', [twice(SECRET), twice(INSTALL)]],
    ['in the query, beside empty headers', ['', '', `?app-secret=${SECRET}&install-id=${INSTALL}`]],
    ['without dashes', [bare(SECRET), bare(INSTALL)]],
    ['in braces', [`{${SECRET.toUpperCase()}}`, `{${INSTALL}}`]],
  ])('is known %s', async (_, [secret = '', install = '', query = '']) => {
    const { ingest, kept } = createFixture();
    const headers = { 'app-secret': secret, 'install-id': install };
    const { status } = await post(ingest, bodyOf(handled()), {
      headers,
      url: `http://collector/logs${query}`,
    });
    expect([status, kept[0]?.installId]).toEqual([200, INSTALL]);
  });

  it.each([`${OTHER}, ${SECRET}`, OTHER])('is who the header says first: %s', async (secret) => {
    const { ingest } = createFixture();
    const url = `http://collector/logs?app-secret=${SECRET}`;
    const { status } = await post(ingest, bodyOf(handled()), { headers: { 'app-secret': secret }, url });
    expect(status).toBe(401);
  });

  it('is told of where its secret is an old one, or nobody’s, and only there', async () => {
    const told: unknown[] = [];
    const app = { ...APP, previousSecret: OTHER };
    const onSecret = (secret?: string, of?: App) => void told.push([secret, of?.id]);
    const { ingest } = createFixture({ store: { apps: async () => [app], keep: async () => {} }, onSecret });
    const nobodys = OTHER.replace('9', '8');
    for (const secret of [SECRET, OTHER.toUpperCase(), nobodys, 'typo'])
      await post(ingest, bodyOf(handled()), { headers: { 'app-secret': secret } });
    await post(ingest, bodyOf(handled()), { headers: {} });
    expect(told).toEqual([
      [OTHER.toUpperCase(), APP.id],
      [nobodys, undefined],
      ['typo', undefined],
      [undefined, undefined],
    ]);
  });
});
