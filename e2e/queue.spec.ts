// What waits in the browser: more than can be posted at once, and what only the service worker is left to send.
import { expect, test } from './fixtures.js';

test('a burst of 300 errors arrives whole, each once', async ({ collector, demo, profile }) => {
  await collector.start();
  const page = await profile.visit(`${demo.url}/`);
  await page.evaluate(() => {
    for (let i = 0; i < 300; i++) crashpost.trackError(new Error(`number ${i}`));
  });
  // The site lists 50 a page; its counter says how many there are.
  const counted = async () => {
    const groups = await collector.page('/apps/1/groups');
    return [...groups.matchAll(/<td class="number">([\d,]+)<\/td>/g)].reduce(
      (sum, [, text = '0']) => sum + Number(text.replace(',', '')),
      0,
    );
  };
  await expect.poll(counted, { timeout: 20_000 }).toBe(300);
  await page.waitForTimeout(1_000);
  expect(await counted()).toBe(300);
});

test('PWA: thrown offline, every page closed, the service worker sends it', async ({
  collector,
  demo,
  profile,
}) => {
  const context = await profile.open();
  const page = await context.newPage();
  await page.goto(`${demo.url}/pwa/`);
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  await context.setOffline(true);
  await page.reload();
  await page.getByRole('button', { name: 'Throw an error' }).click();
  await page.waitForTimeout(300);
  await page.close();
  await collector.start();
  await context.setOffline(false);
  const [worker] = context.serviceWorkers();
  if (!worker) throw new Error('no service worker');
  // What Background Sync does when the network is back; its own waiting is not under a test's control.
  await worker.evaluate(async () => {
    const sync = Object.assign(new Event('sync'), { tag: 'crashpost', waitUntil: () => undefined });
    dispatchEvent(sync);
  });
  const arrived = await collector.arrivedInAll(1);
  expect(arrived.map(({ exception }) => exception.type)).toEqual(['TypeError']);
});
