// What a page did before an error, as the report tells it, in three engines; and that the page notices nothing of it.
import type { Arrived } from './collector.js';
import { ENGINE_NAMES, type EngineName } from './engines/engine.js';
import { openEngine } from './engines/open.js';
import { expect, test } from './fixtures.js';
import { serveOrigins } from './origins.js';

const SECRETS = 'token-in-the-query';

const PAGE = `<!doctype html><title>shop</title><script>globalThis.nativeFetch = fetch;</script>
<script src="/crashpost/crashpost.min.js"></script><script>crashpost.start(OPTIONS)</script>
<form id="pay" class="panel wide"><input name="id" value="clobbers"><input name="getAttribute">
<button type="button" id="save" class=" primary  big " name="go"><svg><path d="M0 0"/></svg>Anna's secret</button>
<input type="checkbox" name="agree"></form><div></div>
<script src="/main.js"></script>`;

const MAIN = `
const { promise: begun, resolve } = Promise.withResolvers();
const look = setInterval(() => { if (fetch !== nativeFetch) { clearInterval(look); resolve(); } }, 20);
const ask = (method, url) => new Promise((done) => {
  const xhr = new XMLHttpRequest();
  // Before onload: what it throws has the request in its report.
  xhr.onload = xhr.onerror = () => { done(xhr.status); };
  xhr.open(method, url);
  xhr.send();
});
begun.then(async () => {
  globalThis.seen = [fetch.name, fetch.length, String(fetch).includes('[native code]'), await fetch('/data.txt?${SECRETS}').then((r) => r.text())];
  history.pushState({}, '', '/checkout?${SECRETS}#${SECRETS}');
  document.querySelector('path').dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }));
  document.querySelector('[name=agree]').click();
  document.querySelector('form').dispatchEvent(new MouseEvent('click', { bubbles: true }));
  const shadow = document.querySelector('div').attachShadow({ mode: 'open' });
  shadow.innerHTML = '<a class="in">x</a>';
  shadow.firstChild.click();
  await fetch(new Request('/missing?${SECRETS}', { method: 'POST' }));
  await fetch('http://127.0.0.1:9/refused?${SECRETS}').catch(() => 'handled');
  await ask('put', '/data.txt?${SECRETS}');
  await ask('GET', 'http://127.0.0.1:9/refused?${SECRETS}');
  console.warn('cart is', 3, { user: '${SECRETS}' });
  console.error(new RangeError('of the console'));
  const end = Date.now() + 1700;
  while (Date.now() < end);
  // The browser tells of a long task when it is over.
  await new Promise((done) => setTimeout(done, 1500));
  location.hash = '#other-${SECRETS}';
  await new Promise((done) => setTimeout(done, 100));
  setTimeout(() => { throw new Error('after all that'); });
  setTimeout(() => { (async function lost() { await fetch('http://127.0.0.1:9/lost'); })(); }, 50);
});
`;

const FILES = { '/page.html': PAGE, '/main.js': MAIN, '/data.txt': 'data' };

const lines = ({ breadcrumbs = [] }: Arrived) =>
  breadcrumbs.map(({ kind, text, status }) =>
    [kind, text, status].filter((part) => part !== undefined).join(' '),
  );

for (const name of ENGINE_NAMES) {
  test(`${name}: a report tells what happened before it`, async ({ collector }) => {
    await collector.start();
    const origins = await serveOrigins(FILES, collector);
    const engine = await openEngine(name as EngineName);
    try {
      const page = await engine.open(`${origins.here}/page.html?${SECRETS}`);
      const arrived = await collector.arrivedInAll(2, 30);
      expect(arrived).toHaveLength(2);
      const [error, lost] = ['after all that', ''].map((message) =>
        arrived.find((one) => (one.exception.message === 'after all that') === (message !== '')),
      );
      expect(lines(error as Arrived)).toEqual([
        'navigation /page.html',
        'request GET /data.txt 200',
        'navigation /checkout',
        'click button#save.primary.big[name=go] > path',
        'click input[name=agree]',
        'click form#pay.panel.wide',
        'click a.in',
        'request POST /missing 404',
        'request GET http://127.0.0.1:9/refused 0',
        'request PUT /data.txt 404',
        'request GET http://127.0.0.1:9/refused 0',
        'console warn: cart is 3 [Object]',
        'console error: RangeError: of the console',
        'freeze did not respond',
        'navigation /checkout#',
      ]);
      // Nobody handled it, and nobody but the page would have: it is reported, once.
      expect(lost?.exception.type).toBe('TypeError');
      expect(JSON.stringify(error)).not.toMatch(/token-in|Anna/);
      expect(await page.evaluate('seen')).toEqual(['fetch', 1, true, 'data']);
    } finally {
      await engine.close();
      origins.close();
    }
  });
}
