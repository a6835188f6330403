// A page full of secrets throws in each way, in three engines: in the whole of what arrived, none of them is found.
import { fieldsOf, TOLD } from '../src/collected.fixture.js';
import type { CollectorProcess } from './collector.js';
import { ENGINE_NAMES, type EngineName } from './engines/engine.js';
import { openEngine } from './engines/open.js';
import { expect, test } from './fixtures.js';
import { serveOrigins } from './origins.js';

/** No two alike, and none like anything that is told. */
const SECRETS = {
  query: 'zq-in-query',
  fragment: 'zq-in-fragment',
  pushed: 'zq-pushed',
  referrer: 'zq-referrer',
  cookie: 'zq-cookie',
  local: 'zq-local-storage',
  session: 'zq-session-storage',
  input: 'zq-typed',
  password: 'zq-password',
  clicked: 'zq-text-of-button',
  title: 'zq-title',
  email: 'zq.anna@shop.example',
  card: '4111 1111 1111 1111',
  token: 'zqAbCdEf0123456789',
  image: 'zq-of-image',
  user: 'zq-user',
} as const;

const PAGE = `<!doctype html><title>${SECRETS.title}</title>
<script src="/crashpost/crashpost.min.js"></script>
<form><input name="q" value="${SECRETS.input}"><input type="password" id="pw" value="${SECRETS.password}"></form>
<button id="pay" onclick="payNow(event)">${SECRETS.clicked}</button>
<script>
document.cookie = 'sid=${SECRETS.cookie}';
localStorage.own = '${SECRETS.local}';
sessionStorage.own = '${SECRETS.session}';
crashpost.start(OPTIONS);
function payNow() { throw new Error('by click'); }
const { trackError } = crashpost;
const later = (run) => setTimeout(run);
later(function inTimer() { throw new Error('at ' + location.href); });
later(function inElement() { throw document.querySelector('input'); });
later(function inForm() { throw { field: pw, token: '${SECRETS.token}', message: 'of an object' }; });
document.querySelector('button').addEventListener('click', (event) => { Promise.reject(event); });
document.querySelector('button').click();
Promise.reject(new TypeError('no account of ${SECRETS.email}', { cause: new Error('Bearer ${SECRETS.token}') }));
trackError(new Error('declined: ${SECRETS.card}'));
fetch('https://${SECRETS.user}:p@127.0.0.1:1/?token=${SECRETS.token}').catch(trackError);
try { new WebSocket('ftp://${SECRETS.user}:p@127.0.0.1:1/?token=${SECRETS.token}'); } catch (error) { trackError(error); }
const image = new Image();
document.body.append(image);
image.src = '/missing.png?of=${SECRETS.image}';
addEventListener('load', () => later(() => {
  history.pushState(null, '', '/route?of=${SECRETS.pushed}#${SECRETS.pushed}');
  const script = document.createElement('script');
  script.text = 'function inPushed() { trackError(new Error("after a route at " + location.href)); } inPushed();';
  document.body.append(script);
  trackError(new Error('the last'));
}));
</script>`;

/** Of the throw in the timer, from 1. */
const LINE = PAGE.split('\n').findIndex((line) => line.includes('function inTimer')) + 1;

const FILES = {
  '/from.html': `<script>location.replace('/page.html?of=${SECRETS.query}#${SECRETS.fragment}')</script>`,
  '/page.html': PAGE,
};

/** What arrived, and the secrets that are in it. */
async function arrivedFrom(engine: EngineName, collector: CollectorProcess, options: object) {
  await collector.start();
  const origins = await serveOrigins(FILES, collector, { resources: true, ...options });
  const browser = await openEngine(engine);
  try {
    await browser.open(`${origins.here}/from.html?of=${SECRETS.referrer}`);
    const messages = async () => (await collector.arrived()).map(({ exception }) => exception.message);
    await expect.poll(messages, { timeout: 20_000 }).toContain('the last');
    await expect.poll(async () => (await messages()).length).toBeGreaterThanOrEqual(10);
    const arrived = await collector.arrivedInAll(11, 3);
    const text = JSON.stringify(arrived);
    const told = Object.entries(SECRETS).flatMap(([name, secret]) => (text.includes(secret) ? name : []));
    return { arrived, told, here: origins.here };
  } finally {
    await browser.close();
    origins.close();
  }
}

for (const engine of ENGINE_NAMES) {
  test(`${engine}: nothing of a page full of secrets is told`, async ({ collector }) => {
    const { arrived, told, here } = await arrivedFrom(engine, collector, {});
    expect(told).toEqual([]);
    // Each field has its line in docs/collected.md.
    expect(arrived.flatMap((log) => fieldsOf(log)).filter((field) => !TOLD.has(field))).toEqual([]);
    const of = (message: string) => arrived.find(({ exception }) => exception.message === message)?.exception;
    // All but the secrets is: the positions in the page's own script among it.
    expect(of(`at ${here}/page.html`)?.frames?.[0]).toMatchObject({
      methodName: 'inTimer',
      fileName: `${here}/page.html`,
      lineNumber: LINE,
      columnNumber: expect.any(Number),
    });
    expect(of(`at ${here}/page.html`)?.stackTrace).toMatch(new RegExp(`inTimer.*/page\\.html:${LINE}:\\d+`));
    expect(of(`<img> did not load: ${here}/missing.png`)).toBeDefined();
    expect(of('no account of ***')).toMatchObject({ innerExceptions: [{ message: 'Bearer ***' }] });
    expect(of('declined: ***')).toBeDefined();
    expect(of('<INPUT>')).toBeDefined();
  });
}

test('with both options off it is told: the test can fail', async ({ collector }) => {
  const { told } = await arrivedFrom('chromium', collector, { mask: false, urls: 'full' });
  expect(told).toEqual(['query', 'fragment', 'pushed', 'email', 'card', 'token', 'user']);
});
