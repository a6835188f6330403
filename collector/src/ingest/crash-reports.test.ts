import { describe, expect, it } from 'vitest';
import { framesOfText } from '../digest/text-stack.js';
import type { Delivery } from '../store/store.js';
import { createCrashReports, isReportsPath, queryOfReports } from './crash-reports.js';
import { fromFetch } from './from-fetch.js';
import { APP, DEVICE, INSTALL, NOW, SECRET } from './ingest.fixture.js';
import { DEFAULT_LIMITS } from './limits.js';

const VISIT = 'abcdef01-0000-4000-8000-00000000000a';

/** As Chromium 156 posts it (platform.md §E). */
const report = (body: object = {}, more: object = {}) => ({
  age: 250,
  type: 'crash',
  url: 'https://shop.example/cart?user=anna#top',
  user_agent:
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
  body: { is_top_level: true, visibility_state: 'visible', crash_report_api: {}, ...body },
  ...more,
});

const left = (log: object) => ({
  crash_report_api: { crashpost: JSON.stringify({ install: INSTALL, log }) },
});

function setUp() {
  const kept: Delivery[] = [];
  const receive = fromFetch(
    createCrashReports({
      store: { apps: async () => [APP], keep: async (delivery) => void kept.push(delivery) },
      limits: DEFAULT_LIMITS,
      now: () => NOW,
      onKept: () => {},
      log: () => {},
    }),
    queryOfReports,
  );
  const post = (body: unknown, path = `/reports/${SECRET}`) =>
    receive(
      new Request(`http://collector${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/reports+json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    );
  const logs = () => kept.flatMap((delivery) => delivery.logs.map(({ json }) => JSON.parse(json)));
  return { receive, post, kept, logs };
}

describe('a crash report of the browser', () => {
  it('joins what the page had left with it: the same id, its trail, the reason and the stack', async () => {
    const { post, kept, logs } = setUp();
    const log = {
      ...{
        type: 'managedError',
        id: VISIT,
        sid: VISIT,
        device: DEVICE,
        processId: 0,
        processName: 'x',
        fatal: true,
      },
      timestamp: '2026-11-23T11:00:00.000Z',
      exception: { type: 'UncleanExit', message: '' },
      properties: { 'crashpost.alive': '93 s' },
      breadcrumbs: [{ at: NOW, kind: 'click', text: 'button' }],
    };
    const stack =
      '\n    at hotLoop (https://shop.example/a.js:1:74)\n    at clicked (https://shop.example/a.js:2:25)';
    const response = await post([report({ reason: 'unresponsive', stack, ...left(log) })]);
    expect([response.status, (await response.json()).validDiagnosticsIds]).toEqual([200, [VISIT]]);
    expect(kept[0]).toMatchObject({
      appId: APP.id,
      installId: INSTALL,
      logs: [{ id: VISIT, timestamp: NOW - 250 }],
    });
    const [found] = logs();
    expect(found).toMatchObject({
      ...log,
      timestamp: new Date(NOW - 250).toISOString(),
      exception: { type: 'Unresponsive', message: 'The page did not respond, and was ended' },
      properties: {
        'crashpost.alive': '93 s',
        'crashpost.reason': 'unresponsive',
        'crashpost.visibility': 'visible',
        'crashpost.address': 'https://shop.example/cart',
      },
    });
    expect(framesOfText(found.exception.stackTrace)).toMatchObject([
      { methodName: 'hotLoop', line: 1, column: 74 },
      { methodName: 'clicked' },
    ]);
  });

  it.each([
    ['oom', 'OutOfMemory'],
    [undefined, 'PageCrash'],
    ['something new', 'PageCrash'],
  ])('without anything of the page is a report all the same (reason %s)', async (reason, type) => {
    const { post, logs } = setUp();
    for (const more of [
      {},
      { crash_report_api: undefined },
      { crash_report_api: { crashpost: '{"log":' } },
      { crash_report_api: { crashpost: '{"log' } },
      left({ id: 'no uuid' }),
    ])
      expect((await post([report({ reason, ...more })])).status).toBe(200);
    expect(logs()).toHaveLength(5);
    for (const log of logs()) {
      expect(log).toMatchObject({ type: 'managedError', fatal: true, exception: { type } });
      expect(log.processName).toBe('https://shop.example/cart');
      expect(log.device).toMatchObject({
        osName: 'Linux',
        browserName: 'Chrome',
        browserVersion: '156.0.0.0',
      });
    }
    expect(JSON.stringify(logs())).not.toContain('anna');
  });

  it('is a report also when what the page left is too deep to be written again', async () => {
    const { post, logs } = setUp();
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const crashpost = `{"install":"${INSTALL}","log":{"id":"${VISIT}","properties":${deep}}}`;
    expect((await post([report({ reason: 'oom', crash_report_api: { crashpost } })])).status).toBe(200);
    expect(logs()).toMatchObject([{ exception: { type: 'OutOfMemory' } }]);
  });

  it('is told from others of the same endpoint, and from what is no report', async () => {
    const { post, logs } = setUp();
    const others = [report({}, { type: 'csp-violation' }), 'text', null, 7, [], {}];
    expect((await post([...others, report()])).status).toBe(200);
    expect(logs()).toHaveLength(1);
    for (const body of [[], {}, others]) expect((await post(body)).status).toBe(200);
    expect((await post('no JSON')).status).toBe(400);
    // A hostile age does no harm.
    for (const age of [-1, 1e300, 'x', null]) await post([report({}, { age })]);
    expect(
      logs()
        .slice(1)
        .map(({ timestamp }) => timestamp),
    ).toEqual(Array(4).fill(new Date(NOW).toISOString()));
  });

  it('is asked for its secret, in the path or the query, and for no more', async () => {
    const { post, receive } = setUp();
    expect((await post([report()], `/reports?app-secret=${SECRET}`)).status).toBe(200);
    for (const path of ['/reports', '/reports/', `/reports/${VISIT}`, '/reports/%'])
      expect((await post([report()], path)).status).toBe(401);
    const preflight = await receive(new Request('http://collector/reports/x', { method: 'OPTIONS' }));
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('content-type');
    expect((await receive(new Request(`http://collector/reports/${SECRET}`))).status).toBe(405);
    expect(['/apps/1/reports/x', '/reports/a/b', '/report'].map(isReportsPath)).toEqual([
      false,
      false,
      false,
    ]);
  });
});
