// What a browser's disk holds of reports that nobody can take: the bound, while a page throws without end.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.js';

const MIB = 1024 * 1024;
/** The bound, where a page sets none; see src/options.ts. */
const BOUND = 10 * MIB;

/** Bytes of all logs in the queue on disk. */
const queued = (page: Page) =>
  page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name = '' }) => name);
    const name = names.find((one) => one.startsWith('crashpost.queue.')) ?? '';
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const logs = await new Promise<unknown[]>((resolve, reject) => {
      const request = db.transaction('logs').objectStore('logs').getAll();
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    db.close();
    const texts = logs.filter((log) => typeof log === 'string');
    return texts.join('').length;
  });

/** Throws `count` reports of about 17 kB, in turns of the event loop as errors have. */
const flood = (page: Page, count: number) =>
  page.evaluate(async (many) => {
    for (let i = 0; i < many; i++) {
      // As many of one error as are reported one by one.
      crashpost.trackError(new Error(`number ${i % 300} ${'x'.repeat(9_000)}`));
      if (i % 10 === 9) await new Promise((resolve) => setTimeout(resolve));
    }
  }, count);

for (const [name, chunk] of [
  ['whose chunk is loaded', true],
  ['whose chunk cannot be had', false],
] as const)
  test(`20 MB thrown offline by a page ${name}: the queue stays near its bound`, async ({
    demo,
    profile,
  }) => {
    const context = await profile.open();
    if (!chunk) await context.route('**/crashpost.extra.min.js', (route) => route.abort());
    const page = await context.newPage();
    await page.goto(`${demo.url}/`);
    await page.waitForTimeout(1_000);
    await context.setOffline(true);
    await flood(page, 1_200);
    await page.waitForTimeout(1_500);
    const bytes = await queued(page);
    expect(bytes).toBeGreaterThan(BOUND / 2);
    expect(bytes).toBeLessThan(BOUND + 2 * MIB);
  });
