// Pages that say when their visit has begun, and what arrived of how they ended.
import { setTimeout as pause } from 'node:timers/promises';
import { type BrowserContext, expect, type Page } from '@playwright/test';
import type { Arrived, CollectorProcess } from './collector.js';
import type { EngineName } from './engines/engine.js';
import type { Origins } from './origins.js';

export const FILES = {
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

/**
 * Whatever the next start has to report has arrived. It leaves Chromium five seconds to tell it itself (TOLD_WAIT of
 * src/visit); the others tell nothing, and are not waited for.
 */
export const settled = (engine: EngineName = 'chromium'): Promise<void> =>
  pause(engine === 'chromium' ? 7_000 : 3_000);

/** How many pages have said that they have begun, and the bad ends that arrived. */
export async function pagesIn(collector: CollectorProcess) {
  const arrived = await collector.arrived();
  return {
    begun: arrived.filter(({ exception }) => exception.message === 'has begun').length,
    ends: arrived.filter(({ exception }) => exception.type === 'UncleanExit'),
  };
}

/** So many pages have said that they have begun. */
export const begun = (collector: CollectorProcess, pages: number): Promise<void> =>
  expect
    .poll(async () => (await pagesIn(collector)).begun, { timeout: 30_000 })
    .toBeGreaterThanOrEqual(pages);

/** The bad ends that arrived, once `pages` have begun. */
export async function endsAfter(
  collector: CollectorProcess,
  pages: number,
  engine?: EngineName,
): Promise<Arrived[]> {
  await begun(collector, pages);
  await settled(engine);
  return (await pagesIn(collector)).ends;
}

/** A new page on which the reporter has begun. */
export async function visit(context: BrowserContext, { here }: Origins): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${here}/page.html`);
  await written(page);
  return page;
}

/** The reporter has begun on it: its own record is there. */
export async function written(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const tab = Object.keys(sessionStorage).find((name) => name.startsWith('crashpost.visit.'));
    return tab && localStorage.getItem(tab + sessionStorage.getItem(tab));
  });
}

/** Its script takes memory until there is no more; resolves when it has crashed. */
export async function exhaust(page: Page): Promise<void> {
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
}

/** Nothing has arrived, nor does it. */
export async function none(collector: CollectorProcess): Promise<void> {
  await settled();
  expect(await collector.arrived()).toEqual([]);
}
