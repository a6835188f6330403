// Visits that end badly, in real browsers: what arrives at the next start.
import { setTimeout as pause } from 'node:timers/promises';
import type { Arrived } from './collector.js';
import { ENGINE_NAMES } from './engines/engine.js';
import { InstalledBrowser } from './engines/installed.js';
import { signal } from './engines/processes.js';
import { expect, test } from './fixtures.js';
import { type Origins, serveOrigins } from './origins.js';
import { endsAfter, exhaust, FILES, visit } from './visits.js';

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
    test.slow();
    const browser = new InstalledBrowser(name);
    const url = `${origins.here}/page.html?tell`;
    try {
      await browser.start(url);
      expect(await endsAfter(collector, 1)).toEqual([]);
      signal(browser.renderers(), 'SIGKILL');
      await pause(3_000);
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
  // Chromium brings `localStorage` to the disk when it pleases.
  await pause(20_000);
  const closed = new Promise((resolve) => context.on('close', resolve));
  process.kill(profile.pid, 'SIGKILL');
  await closed;
  await visit(await profile.open(), origins);
  expect(endsOf(await collector.arrivedInAll(1))).toEqual([
    END('The tab or the browser crashed or was killed, or the system shut down'),
  ]);
});
