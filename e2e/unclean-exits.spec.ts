// Visits that end badly, in real browsers: what arrives at the next start.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Arrived } from './collector.js';
import { ENGINE_NAMES, type EngineName } from './engines/engine.js';
import { InstalledBrowser } from './engines/installed.js';
import { signal } from './engines/processes.js';
import { expect, test } from './fixtures.js';
import { type Origins, serveOrigins } from './origins.js';
import { begun, endsAfter, exhaust, FILES, visit } from './visits.js';

let origins: Origins;
test.beforeEach(async ({ collector }) => {
  await collector.start();
  origins = await serveOrigins(FILES, collector);
});
test.afterEach(() => origins.close());

const endsOf = (arrived: readonly Arrived[]) =>
  arrived.map(({ type, fatal, exception }) => [type, fatal, exception.type, exception.message]);

/**
 * From the begin of a visit on, until what it has written outlives its process. Killed at once, Firefox lost it in 2
 * trials of 2, the others in none of 2. Milliseconds.
 */
const WRITTEN: Readonly<Record<EngineName, number>> = { chromium: 1_000, firefox: 7_000, webkit: 1_000 };

const END = (message: string) => ['managedError', true, 'UncleanExit', message];

/** Whether Chromium has written the record of a visit: what is new stands at the end of a log, as it is. */
function isOnDisk(profile: string): boolean {
  const folder = join(profile, 'Default/Local Storage/leveldb');
  const logs = readdirSync(folder).filter((name) => name.endsWith('.log'));
  return logs.some((name) => readFileSync(join(folder, name)).includes('crashpost.visit.'));
}

for (const name of ENGINE_NAMES) {
  test(`${name}: a renderer that is killed is reported at the next start, once`, async ({ collector }) => {
    test.slow();
    const browser = new InstalledBrowser(name);
    const url = `${origins.here}/page.html?tell`;
    try {
      await browser.start(url);
      // What it reports of nothing would be seen at the end, beside what it has to.
      await begun(collector, 1);
      await pause(WRITTEN[name]);
      signal(browser.renderers(), 'SIGKILL');
      // The browser has seen it.
      await pause(1_000);
      await browser.quit();
      await browser.start(url);
      const ends = await endsAfter(collector, 2, name);
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

test('out of memory: the tab is reported when it is loaded again', async ({ collector, profile }) => {
  const context = await profile.open(['--js-flags=--max-old-space-size=64', '--enable-precise-memory-info']);
  const page = await visit(context, origins);
  await exhaust(page);
  await visit(context, origins);
  const arrived = await collector.arrivedInAll(1);
  expect(arrived).toHaveLength(1);
  expect(arrived[0]?.exception.type).toBe('UncleanExit');
  expect(arrived[0]?.properties?.['crashpost.memory']).toMatch(/^\d+(, \d+)* of \d+ MiB$/);
});

test('the browser is killed: what was seen is reported at the next start', async ({ collector, profile }) => {
  test.slow();
  const context = await profile.open();
  await visit(context, origins);
  // Chromium brings `localStorage` there when it pleases.
  await expect.poll(() => isOnDisk(profile.folder), { timeout: 40_000 }).toBe(true);
  const closed = new Promise((resolve) => context.on('close', resolve));
  process.kill(profile.pid, 'SIGKILL');
  await closed;
  await visit(await profile.open(), origins);
  expect(endsOf(await collector.arrivedInAll(1))).toEqual([
    END('The tab or the browser crashed or was killed, or the system shut down'),
  ]);
});
