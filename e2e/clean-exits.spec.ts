// Visits that only look as if they had ended badly, in real browsers: no report comes of them.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ENGINE_NAMES } from './engines/engine.js';
import { InstalledBrowser } from './engines/installed.js';
import { openEngine } from './engines/open.js';
import { signal } from './engines/processes.js';
import { expect, test } from './fixtures.js';
import { type Origins, serveOrigins } from './origins.js';
import { endsAfter, FILES, none, pagesIn, visit, written } from './visits.js';

let origins: Origins;
test.beforeEach(async ({ collector }) => {
  await collector.start();
  origins = await serveOrigins(FILES, collector);
});
test.afterEach(() => origins.close());

for (const name of ENGINE_NAMES) {
  test(`${name}: no report: a page that is left, comes again, and is closed`, async ({ collector }) => {
    const engine = await openEngine(name);
    const url = `${origins.here}/page.html`;
    const begun = (pages: number) =>
      expect.poll(async () => (await pagesIn(collector)).begun, { timeout: 30_000 }).toBe(pages);
    try {
      const page = await engine.open(`${url}?tell`);
      await begun(1);
      await page.goto(`${origins.here}/last.html`);
      await page.goto(`${url}?tell`);
      await begun(2);
      // WebKit's driver can do nothing more once a window is closed.
      if (name === 'webkit') await page.goto(`${origins.here}/last.html`);
      else await page.close();
      await engine.open(`${url}?tell`);
      expect(await endsAfter(collector, 3, name)).toEqual([]);
    } finally {
      await engine.close();
    }
  });
}

test('no report: a tab that is duplicated, and loaded again', async ({ collector, profile }) => {
  const context = await profile.open();
  const page = await visit(context, origins);
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
});

test('no report: a browser that quits, and what is restored', async ({ collector }) => {
  test.slow();
  const browser = new InstalledBrowser('chromium', ['--restore-last-session']);
  try {
    await browser.start(`${origins.here}/page.html?tell`);
    // Long enough for its record to be on the disk: what is not there cannot be left there.
    expect(await endsAfter(collector, 1)).toEqual([]);
    // As a visitor quits. At SIGTERM, as when the system shuts down, Chromium does not tell its pages.
    await browser.quit('SIGINT');
    await browser.start(`${origins.here}/page.html?tell`);
    // The one that is restored, and the new one.
    expect(await endsAfter(collector, 3)).toEqual([]);
  } finally {
    await browser.remove();
  }
});

test('no report: back from the back/forward cache; but one when it is killed then', async ({
  collector,
  profile,
}) => {
  const context = await profile.open([], ['--disable-back-forward-cache']);
  const page = await visit(context, origins);
  // It goes back by itself: Playwright waits for a load that does not come.
  await page.evaluate(() => {
    location.href = '/other.html';
  });
  // That it is: the lock has not cost it its place in the cache.
  const arrived = await collector.arrivedInAll(1);
  expect(arrived.map(({ exception }) => exception.message)).toEqual(['is back']);
  await visit(context, origins);
  expect(await collector.arrivedInAll(2, 7)).toHaveLength(1);
  signal(profile.renderers(), 'SIGKILL');
  // The browser keeps one in reserve, and has to see that it is gone.
  await pause(1_000);
  await visit(context, origins);
  // Both were seen, as everything is without a screen.
  const ends = (await collector.arrivedInAll(3)).filter(({ exception }) => exception.type === 'UncleanExit');
  expect(ends).toHaveLength(2);
});

test('no report: the browser discards a tab, and the visitor comes back to it', async ({ collector }) => {
  test.slow();
  const browser = new InstalledBrowser('chromium');
  try {
    // Its page for it is behind a switch.
    writeFileSync(join(browser.folder, 'Local State'), '{"internal_only_uis_enabled":true}');
    await browser.start(`${origins.here}/page.html?tell`);
    expect(await endsAfter(collector, 1)).toEqual([]);
    const program = fileURLToPath(new URL('discard.mjs', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--experimental-websocket',
      ...[program, new URL(browser.devTools).port, origins.here],
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
  await visit(context, origins);
  const pids = profile.pids();
  signal(pids, 'SIGSTOP');
  await pause(8_000);
  signal(pids, 'SIGCONT');
  await visit(context, origins);
  await none(collector);
});

test('no report: the page’s process hangs while another tab is opened', async ({ collector, profile }) => {
  const context = await profile.open(['--process-per-tab']);
  const first = await visit(context, origins);
  const hung = first.evaluate(() => {
    const end = Date.now() + 8_000;
    while (Date.now() < end);
  });
  await visit(context, origins);
  await none(collector);
  await hung;
});
