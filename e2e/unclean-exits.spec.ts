// Visits that end badly, and those that only look so, in real browsers: what arrives at the next start.
import type { BrowserContext, Page } from '@playwright/test';
import type { Arrived, CollectorProcess } from './collector.js';
import { ENGINE_NAMES } from './engines/engine.js';
import { openEngine } from './engines/open.js';
import { expect, test } from './fixtures.js';
import { type Origins, serveOrigins } from './origins.js';
import { allOf, browsersOf, renderersOf, signal } from './processes.js';

const FILES = {
  '/page.html': `<!doctype html><title>shop</title><script src="/crashpost/crashpost.min.js"></script>
<script>crashpost.start(OPTIONS)</script><button id="buy">x</button><a href="/other.html">y</a>`,
  '/other.html': '<!doctype html><title>other</title>',
};

/** Whether this page's own record is there: it is the only one, or not. */
const RECORDS = "Object.keys(localStorage).filter((name) => name.startsWith('crashpost.visit.')).length";

let origins: Origins;
test.beforeEach(async ({ collector }) => {
  await collector.start();
  origins = await serveOrigins(FILES, collector);
});
test.afterEach(() => origins.close());

const endsOf = (arrived: readonly Arrived[]) =>
  arrived.map(({ type, fatal, exception }) => [type, fatal, exception.type, exception.message]);

const END = (message: string) => ['managedError', true, 'UncleanExit', message];

for (const name of ENGINE_NAMES) {
  test(`${name}: a renderer that is killed is reported at the next start, once`, async ({ collector }) => {
    const engine = await openEngine(name);
    const url = `${origins.here}/page.html`;
    const opened = async () => {
      const page = await engine.open(url);
      await expect.poll(() => page.evaluate(RECORDS)).toBe(1);
      return page;
    };
    try {
      // Closed, left and loaded again: none of these is bad.
      const page = await opened();
      await page.goto(`${origins.here}/other.html`);
      await page.goto(url);
      await expect.poll(() => page.evaluate(RECORDS)).toBe(1);
      await page.close();
      const doomed = await opened();
      await doomed.evaluate("document.querySelector('#buy').click()");
      expect(await collector.arrived()).toEqual([]);
      signal(renderersOf(name), 'SIGKILL');
      await opened();
      const arrived = await collector.arrivedInAll(1);
      expect(endsOf(arrived)).toEqual([END('The tab or the browser crashed, or was killed')]);
      const [end] = arrived;
      expect(end?.breadcrumbs?.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
        'navigation /page.html',
        'click button#buy',
      ]);
      expect(end?.properties).toMatchObject({
        'crashpost.alive': expect.stringMatching(/^\d+ s$/),
        'crashpost.visibility': 'visible',
      });
    } finally {
      await engine.close();
    }
  });
}

async function visit(context: BrowserContext, path = '/page.html'): Promise<Page> {
  const page = await context.newPage();
  await page.goto(origins.here + path);
  if (path === '/page.html') await written(page);
  return page;
}

/** The reporter has begun on it: its own record is there. */
async function written(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const tab = Object.keys(sessionStorage).find((name) => name.startsWith('crashpost.visit.'));
    return tab && localStorage.getItem(tab + sessionStorage.getItem(tab));
  });
}

async function none(collector: CollectorProcess): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(await collector.arrived()).toEqual([]);
}

test('out of memory: the tab is reported when it is loaded again', async ({ collector, profile }) => {
  const context = await profile.open(['--js-flags=--max-old-space-size=64', '--enable-precise-memory-info']);
  const page = await visit(context);
  const crashed = page.waitForEvent('crash');
  page
    .evaluate(() => {
      const kept: object[] = [];
      setInterval(() => {
        for (let i = 0; i < 2e5; i++) kept.push({ i });
      }, 50);
    })
    .catch(() => 'it has crashed');
  await crashed;
  await visit(context);
  const arrived = await collector.arrivedInAll(1);
  expect(arrived).toHaveLength(1);
  expect(arrived[0]?.exception.type).toBe('UncleanExit');
  expect(arrived[0]?.properties?.['crashpost.memory']).toMatch(/^\d+(, \d+)* of \d+ MiB$/);
});

test('the browser is killed: what was seen is reported at the next start', async ({ collector, profile }) => {
  test.slow();
  const context = await profile.open();
  await visit(context);
  // Chromium brings `localStorage` to the disk when it pleases.
  await new Promise((resolve) => setTimeout(resolve, 20_000));
  const closed = new Promise((resolve) => context.on('close', resolve));
  signal(browsersOf(profile.folder), 'SIGKILL');
  await closed;
  await visit(await profile.open());
  expect(endsOf(await collector.arrivedInAll(1))).toEqual([
    END('The tab or the browser crashed, or was killed'),
  ]);
});

test('no report: back from the back/forward cache, a new tab with the same session, a browser that quits', async ({
  collector,
  profile,
}) => {
  let context = await profile.open([], ['--disable-back-forward-cache']);
  const page = await visit(context);
  await page.evaluate(() =>
    addEventListener('pageshow', ({ persisted }) => Object.assign(globalThis, { persisted })),
  );
  await page.goto(`${origins.here}/other.html`);
  await page.goBack();
  // It was there: the lock has not cost it its place.
  expect(await page.evaluate('persisted')).toBe(true);
  await written(page);
  await visit(context);
  // What is opened by a script has a copy of the session, as a duplicated tab has.
  const [twin] = await Promise.all([
    context.waitForEvent('page'),
    page.evaluate(() => {
      window.open(location.href);
    }),
  ]);
  await written(twin);
  await none(collector);
  await profile.close();
  context = await profile.open(['--restore-last-session']);
  await visit(context);
  await none(collector);
});

test('no report: the machine sleeps, and another tab is opened as soon as it wakes', async ({
  collector,
  profile,
}) => {
  const context = await profile.open();
  await visit(context);
  const pids = allOf(profile.folder);
  signal(pids, 'SIGSTOP');
  await new Promise((resolve) => setTimeout(resolve, 8_000));
  signal(pids, 'SIGCONT');
  await visit(context);
  await none(collector);
});

test('no report: the page’s process hangs while another tab is opened', async ({ collector, profile }) => {
  const context = await profile.open(['--process-per-tab']);
  const first = await visit(context);
  const hung = first.evaluate(() => {
    const end = Date.now() + 8_000;
    while (Date.now() < end);
  });
  await visit(context);
  await none(collector);
  await hung;
});
