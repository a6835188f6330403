// A caller's mistakes: one clear message each, nothing thrown into the page, nothing lost.
import { expect, test } from './fixtures.js';

test.describe('bad options', () => {
  for (const [name, options, complaint] of [
    ['no app secret', { logUrl: 'http://127.0.0.1:1' }, /appSecret cannot be undefined; write appSecret/],
    [
      'a malformed app secret',
      { appSecret: 'abc', logUrl: 'http://127.0.0.1:1' },
      /appSecret cannot be "abc"/,
    ],
    [
      'no address',
      { appSecret: '12345678-1234-1234-1234-123456789abc' },
      /logUrl cannot be undefined; write logUrl/,
    ],
    [
      'an address without scheme',
      { appSecret: '12345678-1234-1234-1234-123456789abc', logUrl: 'c.example' },
      /logUrl cannot be "c.example"/,
    ],
  ] as const) {
    test(`${name}: one message, nothing thrown into the page`, async ({ demo, profile }) => {
      const page = await profile.visit(`${demo.url}/shared/style.css`);
      const messages: string[] = [];
      const errors: Error[] = [];
      page.on('console', (message) => messages.push(message.text()));
      page.on('pageerror', (error) => errors.push(error));
      const said = page.waitForEvent('console', (message) => message.text().startsWith('crashpost'));
      await page.addScriptTag({ url: '/crashpost/crashpost.min.js' });
      await page.evaluate((given) => crashpost.start(given as never), options);
      await page.evaluate(() => crashpost.trackError(new Error('x')));
      // The words for it are in a chunk of their own.
      await said;
      expect(messages.filter((text) => text.includes('crashpost'))).toEqual([
        expect.stringMatching(complaint),
      ]);
      expect(errors).toEqual([]);
    });
  }
});

test('a wrong app secret: said once in the console, and the report stays queued', async ({
  collector,
  demo,
  profile,
}) => {
  await collector.start();
  const page = await profile.visit(`${demo.url}/shared/style.css`);
  const said = page.waitForEvent('console', (message) => message.text().startsWith('crashpost'));
  await page.addScriptTag({ url: '/crashpost/crashpost.min.js' });
  await page.evaluate((logUrl) => {
    crashpost.start({ appSecret: '12345678-1234-1234-1234-123456789abc', logUrl });
    crashpost.trackError(new Error('x'));
  }, collector.url);
  expect((await said).text()).toMatch(/401 AppSecretDenied/);
  // The answer may be here before the database has opened for the first time; until then the journal has the report.
  const queued = () =>
    page.evaluate(async () => {
      const name = 'crashpost.queue.12345678-1234-1234-1234-123456789abc';
      if (!(await indexedDB.databases()).some((database) => database.name === name)) return [];
      const db = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
      });
      const rows = await new Promise<unknown[]>((resolve) => {
        const request = db.transaction('logs').objectStore('logs').getAll();
        request.onsuccess = () => resolve(request.result);
      });
      db.close();
      // Logs are texts; what is kept for workers is none.
      return rows.filter((row) => typeof row === 'string' && !row.includes('startSession'));
    });
  await expect.poll(queued).toEqual([expect.stringContaining('handledError')]);
});
