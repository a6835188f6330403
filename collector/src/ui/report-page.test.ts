import { beforeEach, describe, expect, it, vi } from 'vitest';
import { crash, createTestSite, NOW, text } from './site.fixture.js';

let here: Awaited<ReturnType<typeof createTestSite>>;
beforeEach(async () => {
  here = await createTestSite();
  await here.signIn();
});

describe('the report page', () => {
  it('is there, and so is that of its group, where the text of a report cannot be read', async () => {
    const id = await here.report(crash('TypeError'));
    const read = here.store.report.bind(here.store);
    here.store.report = async (...of) => {
      const report = await read(...of);
      return report && { ...report, json: '' };
    };
    expect(text(await here.html(`/apps/1/reports/${id}`))).toContain('no JSON object');
    expect(text(await here.html('/apps/1/groups/1'))).toContain('TypeError happened');
  });

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

  it('shows a large log as it came, its beginning, and parses it once', async () => {
    const long = crash('TypeError', { userId: 'x'.repeat(1024 * 1024) });
    const wide = crash('TypeError', { extra: Array.from({ length: 60_000 }, () => 0) });
    for (const log of [long, wide]) {
      const id = await here.report(log);
      const parse = vi.spyOn(JSON, 'parse');
      const page = await here.html(`/apps/1/reports/${id}`);
      expect(parse).toHaveBeenCalledTimes(1);
      parse.mockRestore();
      expect(page).toContain('{&quot;type&quot;:&quot;managedError&quot;,&quot;fatal&quot;');
    }
  });

  it('shows what happened before, how long before, the oldest folded away', async () => {
    const at = Date.parse('2026-11-23T09:00:00Z');
    const click = { at: at - 125_000, kind: 'click', text: 'button#save.primary' };
    const request = { at: at - 400, kind: 'request', text: 'POST /api/cart', status: 500, ms: 312 };
    const breadcrumbs = [
      ...Array.from({ length: 20 }, (_, i) => ({ at: at - 7_300_000, kind: 'app', text: `step ${i}` })),
      { ...click, data: { coupon: 'SPRING' } },
      request,
      { ...request, status: 0, ms: 'odd' },
      { at: 'odd', kind: 'console', text: 'error: x' },
      'no object',
    ];
    const log = crash('TypeError', { timestamp: '2026-11-23T09:00:00Z', breadcrumbs });
    const page = await here.html(`/apps/1/reports/${await here.report(log, { timestamp: at })}`);
    const [, before = ''] = page.split('<h2>Breadcrumbs</h2>');
    const words = text(before.split('</section>')[0] ?? '');
    for (const part of [
      '4 earlier',
      '−2:01:40 app step 3',
      '−2:05 click button#save.primary coupon: SPRING',
      '−0.4 s request POST /api/cart → 500 312 ms',
      'POST /api/cart → no answer',
      'console error: x',
    ])
      expect(words).toContain(part);
    expect(await here.html(`/apps/1/reports/${await here.report(crash('E'))}`)).not.toContain('Breadcrumbs');
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
