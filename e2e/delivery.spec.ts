// What only a browser can tell of delivery: the back/forward cache, and two tabs with one queue.
import { setTimeout as pause } from 'node:timers/promises';
import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from './fixtures.js';
import { serveOrigins } from './origins.js';

/** The ids in every body that is posted, each as often as it is. */
function postedIn(context: BrowserContext): string[] {
  const posted: string[] = [];
  context.on('request', (request) => {
    if (request.method() !== 'POST' || !request.url().includes('/logs')) return;
    // Compressed ones are no text: these tests post small ones.
    const { logs } = JSON.parse(request.postData() ?? '{"logs":[]}') as { logs: { id?: string }[] };
    // That a visit has begun is told without one.
    posted.push(...logs.flatMap(({ id }) => id ?? []));
  });
  return posted;
}

const throwIn = (page: Page, message: string) =>
  page.evaluate((text) => {
    setTimeout(() => {
      throw new Error(text);
    });
  }, message);

test('a page with the reporter is restored from the back/forward cache, and goes on reporting', async ({
  collector,
  profile,
}) => {
  await collector.start();
  const html = `<!doctype html><script src="/crashpost/crashpost.min.js"></script><script>
    crashpost.start(OPTIONS);
    addEventListener('pageshow', ({ persisted }) => { globalThis.restored = persisted; });
  </script>`;
  const origins = await serveOrigins({ '/page.html': html, '/away.html': '<!doctype html>' }, collector);
  try {
    const context = await profile.open([], ['--disable-back-forward-cache']);
    const page = await context.newPage();
    await page.goto(`${origins.here}/page.html`);
    // Everything is loaded, and everything opened.
    await page.waitForFunction(() => localStorage.getItem('crashpost.device'));
    await throwIn(page, 'before it was left');
    await collector.arrivedInAll(1);
    await page.goto(`${origins.here}/away.html`);
    // Playwright waits for a load, and a restored page has none.
    await page.goBack({ waitUntil: 'commit' });
    // True, or why not: Chromium says it.
    const restored = () =>
      page.evaluate(() => {
        const [entry] = performance.getEntriesByType('navigation');
        const { notRestoredReasons } = entry as { notRestoredReasons?: unknown };
        return (globalThis as { restored?: boolean }).restored || JSON.stringify(notRestoredReasons);
      });
    await expect.poll(restored).toBe(true);
    await throwIn(page, 'after it came back');
    const arrived = await collector.arrivedInAll(2);
    expect(arrived.map(({ exception }) => exception.message).sort()).toEqual([
      'after it came back',
      'before it was left',
    ]);
  } finally {
    origins.close();
  }
});

test('what one tab posts, another that starts meanwhile does not post again', async ({
  collector,
  demo,
  profile,
}) => {
  const context = await profile.open();
  const posted = postedIn(context);
  await collector.start();
  // Slow enough for the other tab to find it queued.
  await context.route('**/logs?*', async (route) => {
    await pause(2_000);
    await route.continue();
  });
  const first = await context.newPage();
  await first.goto(`${demo.url}/`);
  await first.waitForTimeout(500);
  await throwIn(first, 'in the first tab');
  const second = await context.newPage();
  await second.goto(`${demo.url}/`);
  expect(await collector.arrivedInAll(1)).toHaveLength(1);
  // Longer than the second tab leaves it to the first.
  await second.waitForTimeout(6_000);
  expect(posted).toHaveLength(1);
});

test('what a tab that was closed had put, another sends, soon after', async ({
  collector,
  demo,
  profile,
}) => {
  const context = await profile.open();
  const posted = postedIn(context);
  const first = await context.newPage();
  await first.goto(`${demo.url}/`);
  await first.waitForTimeout(500);
  await throwIn(first, 'while the collector was down');
  // Tried by the first tab, in vain: nobody listens. So what arrives is what another sent.
  await expect.poll(() => posted.length).toBeGreaterThan(0);
  await first.waitForTimeout(500);
  await first.close();
  await collector.start();
  const second = await context.newPage();
  await second.goto(`${demo.url}/`);
  const arrived = await collector.arrivedInAll(1);
  expect(arrived.map(({ exception }) => exception.message)).toEqual(['while the collector was down']);
});
