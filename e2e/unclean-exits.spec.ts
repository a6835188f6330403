// Visits that end badly, and those that only look so, in real browsers: what arrives at the next start.
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BrowserContext, Page } from '@playwright/test';
import type { Arrived, CollectorProcess } from './collector.js';
import { ENGINE_NAMES } from './engines/engine.js';
import { openEngine } from './engines/open.js';
import { openPlain } from './engines/plain.js';
import { expect, test } from './fixtures.js';
import { type Origins, serveOrigins } from './origins.js';
import { allOf, browsersOf, renderersOf, signal } from './processes.js';

const FILES = {
  '/page.html': `<!doctype html><title>shop</title><script src="/crashpost/crashpost.min.js"></script>
<script>crashpost.start(OPTIONS)</script><button id="buy">x</button><script>
const written = () => Object.keys(localStorage).some((name) => name.startsWith('crashpost.visit.'));
const look = setInterval(() => {
  if (location.search !== '?tell' || !written()) return;
  clearInterval(look);
  document.querySelector('button').click();
  crashpost.trackError(new Error('has begun'), { discarded: \`\${document.wasDiscarded}\` });
}, 50);
addEventListener('pageshow', ({ persisted }) => { if (persisted) crashpost.trackError(new Error('is back')); });
</script>`,
  '/last.html': '<!doctype html><title>last</title>',
  '/other.html': '<!doctype html><title>other</title><script>setTimeout(() => history.back(), 500)</script>',
};

let origins: Origins;
test.beforeEach(async ({ collector }) => {
  await collector.start();
  origins = await serveOrigins(FILES, collector);
});
test.afterEach(() => origins.close());

const endsOf = (arrived: readonly Arrived[]) =>
  arrived.map(({ type, fatal, exception }) => [type, fatal, exception.type, exception.message]);

const END = (message: string) => ['managedError', true, 'UncleanExit', message];

/** The bad ends that arrived, once `pages` have said that they have begun. */
async function endsAfter(collector: CollectorProcess, pages: number): Promise<Arrived[]> {
  const all = async () => {
    const arrived = await collector.arrived();
    return {
      begun: arrived.filter(({ exception }) => exception.message === 'has begun').length,
      ends: arrived.filter(({ exception }) => exception.type === 'UncleanExit'),
    };
  };
  await expect.poll(async () => (await all()).begun, { timeout: 30_000 }).toBeGreaterThanOrEqual(pages);
  // The next start leaves Chromium five seconds to tell it itself; one too many would come as late as the last.
  await new Promise((resolve) => setTimeout(resolve, 7_000));
  return (await all()).ends;
}

for (const name of ENGINE_NAMES) {
  test(`${name}: a renderer that is killed is reported at the next start, once`, async ({ collector }) => {
    test.slow();
    const browser = await openPlain(name);
    const url = `${origins.here}/page.html?tell`;
    try {
      await browser.start(url);
      expect(await endsAfter(collector, 1)).toEqual([]);
      signal(renderersOf(name), 'SIGKILL');
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      await browser.quit();
      await browser.start(url);
      const ends = await endsAfter(collector, 2);
      expect(endsOf(ends)).toEqual([
        END('The tab or the browser crashed or was killed, or the system shut down'),
      ]);
      expect(ends[0]?.breadcrumbs?.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
        'navigation /page.html',
        'click button#buy',
      ]);
      expect(ends[0]?.properties).toMatchObject({
        'crashpost.alive': expect.stringMatching(/^\d+ s$/),
        'crashpost.visibility': 'visible',
      });
    } finally {
      await browser.remove();
    }
  });
}

for (const name of ENGINE_NAMES) {
  test(`${name}: no report: a page that is left, comes again, and is closed`, async ({ collector }) => {
    const engine = await openEngine(name);
    const url = `${origins.here}/page.html`;
    // WebKit's driver ends with its last window.
    await engine.open(`${origins.here}/last.html`);
    try {
      for (let i = 0; i < 2; i++) {
        const page = await engine.open(`${url}?tell`);
        await page.goto(`${origins.here}/last.html`);
        await page.goto(`${url}?tell`);
        await page.close();
      }
      await engine.open(`${url}?tell`);
      expect(await endsAfter(collector, 3)).toEqual([]);
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
    END('The tab or the browser crashed or was killed, or the system shut down'),
  ]);
});

test('no report: a new tab with the same session, a browser that quits, and is restored', async ({
  collector,
  profile,
}) => {
  const context = await profile.open();
  const page = await visit(context);
  // What is opened by a script has a copy of the session, as a duplicated tab has.
  const [twin] = await Promise.all([
    context.waitForEvent('page'),
    page.evaluate(() => {
      window.open(location.href);
    }),
  ]);
  await written(twin);
  await page.reload();
  await written(page);
  await none(collector);
  await profile.close();
  await visit(await profile.open(['--restore-last-session']));
  await none(collector);
});

test('no report: back from the back/forward cache; but one when it is killed then', async ({
  collector,
  profile,
}) => {
  const context = await profile.open([], ['--disable-back-forward-cache']);
  const page = await visit(context);
  // It goes back by itself: Playwright waits for a load that does not come.
  await page.evaluate(() => {
    location.href = '/other.html';
  });
  // That it is: the lock has not cost it its place in the cache.
  const arrived = await collector.arrivedInAll(1);
  expect(arrived.map(({ exception }) => exception.message)).toEqual(['is back']);
  await visit(context);
  expect(await collector.arrivedInAll(2, 2)).toHaveLength(1);
  signal(renderersOf('chromium'), 'SIGKILL');
  // The browser keeps one in reserve, and has to see that it is gone.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  await visit(context);
  // Both were seen, as everything is without a screen.
  const ends = (await collector.arrivedInAll(3)).filter(({ exception }) => exception.type === 'UncleanExit');
  expect(ends).toHaveLength(2);
});

test('no report: the browser discards a tab, and the visitor comes back to it', async ({ collector }) => {
  test.slow();
  const browser = await openPlain('chromium', ['--remote-debugging-port=0']);
  try {
    // Its page for it is behind a switch.
    writeFileSync(join(browser.folder, 'Local State'), '{"internal_only_uis_enabled":true}');
    await browser.start(`${origins.here}/page.html?tell`);
    expect(await endsAfter(collector, 1)).toEqual([]);
    const [port = ''] = readFileSync(join(browser.folder, 'DevToolsActivePort'), 'utf8').split('\n');
    const program = fileURLToPath(new URL('discard.mjs', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--experimental-websocket',
      ...[program, port, origins.here],
    ]);
    expect(stdout).toMatch(/^pressed/);
    expect(await endsAfter(collector, 2)).toEqual([]);
    const words = (await collector.arrived()).map(({ properties }) => properties?.discarded);
    expect(words.sort()).toEqual(['false', 'true']);
  } finally {
    await browser.remove();
  }
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
