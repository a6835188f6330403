// Places in which a reporter is easily lost: each was found by an attack on it.
import { expect, test } from './fixtures.js';

/** A page of the demo's origin without a reporter, to be given one. */
const BARE = '/shared/style.css';

test('started by the attributes of its tag; a second tag reports nothing twice', async ({
  collector,
  demo,
  profile,
}) => {
  await collector.start();
  const page = await profile.visit(demo.url + BARE);
  const tag = `<script src="/crashpost/crashpost.min.js" data-app-secret="${collector.secret}"
    data-log-url="${collector.url}" data-app-version="9.9"></script>`;
  await page.setContent(`${tag}${tag}<script>setTimeout(() => { throw new Error('once'); }, 50)</script>`);
  const arrived = await collector.arrivedInAll(1);
  expect(arrived.map(({ exception, device }) => [exception.message, device.appVersion])).toEqual([
    ['once', '9.9'],
  ]);
});

test('in a sandboxed frame, without storage and with locks that refuse: a burst arrives whole', async ({
  collector,
  demo,
  profile,
}) => {
  await collector.start();
  const page = await profile.visit(demo.url + BARE);
  const inside = `<script src="${demo.url}/crashpost/crashpost.min.js"></script><script>
    crashpost.start({ appSecret: '${collector.secret}', logUrl: '${collector.url}' });
    for (let i = 0; i < 40; i++) crashpost.trackError(new Error('frame'));</script>`;
  await page.evaluate((html) => {
    const frame = document.createElement('iframe');
    frame.sandbox.add('allow-scripts');
    frame.srcdoc = html;
    document.body.append(frame);
  }, inside);
  await expect.poll(async () => (await collector.arrived()).length, { timeout: 20_000 }).toBe(40);
});

test('its database deleted under it while the collector is down: everything arrives', async ({
  collector,
  demo,
  profile,
}) => {
  const page = await profile.visit(`${demo.url}/`);
  await page.evaluate(async () => {
    const track = (n: number) => crashpost.trackError(new Error(`number ${n}`));
    for (let i = 0; i < 5; i++) track(i);
    // What "sign out" of many an app does.
    for (const { name = '' } of await indexedDB.databases())
      await new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase(name);
        request.onsuccess = resolve;
        request.onblocked = reject;
      });
    for (let i = 5; i < 30; i++) track(i);
  });
  await page.waitForTimeout(500);
  await profile.close();
  await collector.start();
  await profile.visit(`${demo.url}/`);
  const arrived = await collector.arrivedInAll(30);
  const numbers = new Set(arrived.map(({ exception }) => Number(exception.message.split(' ')[1])));
  for (let n = 0; n < 30; n++) expect(numbers).toContain(n);
  expect(arrived).toHaveLength(numbers.size);
});

test('a policy that blocks the collector and Trusted Types: nothing is thrown into the page', async ({
  collector,
  demo,
  profile,
}) => {
  const page = await (await profile.open()).newPage();
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.route(`${demo.url}/strict`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      headers: {
        'content-security-policy':
          "default-src 'self' 'unsafe-inline'; connect-src 'none'; require-trusted-types-for 'script'",
      },
      body: `<script src="/crashpost/crashpost.min.js"></script><script>
        crashpost.start({ appSecret: '${collector.secret}', logUrl: '${collector.url}' });
        crashpost.trackError(new Error('kept'));</script>`,
    }),
  );
  await page.goto(`${demo.url}/strict`);
  await page.waitForTimeout(500);
  expect(errors).toEqual([]);
  // It was kept, and goes out from a page of the same origin that may.
  await collector.start();
  await page.goto(`${demo.url}/`);
  const arrived = await collector.arrivedInAll(1);
  expect(arrived.map(({ exception }) => exception.message)).toEqual(['kept']);
});

test('a page that wraps fetch later neither sees nor breaks our posts', async ({
  collector,
  demo,
  profile,
}) => {
  await collector.start();
  const page = await profile.visit(`${demo.url}/`);
  const seen = await page.evaluate(() => {
    let calls = 0;
    window.fetch = () => {
      calls++;
      return Promise.reject(new Error('wrapped'));
    };
    crashpost.trackError(new Error('past the wrapper'));
    return calls;
  });
  expect(seen).toBe(0);
  expect((await collector.arrivedInAll(1)).map(({ exception }) => exception.message)).toEqual([
    'past the wrapper',
  ]);
});

test('a page that takes the names of what the engine has, and one whose promises fail: all arrive, each once', async ({
  collector,
  demo,
  profile,
}) => {
  await collector.start();
  const page = await profile.visit(demo.url + BARE);
  const tag = `<script src="/crashpost/crashpost.min.js" data-app-secret="${collector.secret}"
    data-log-url="${collector.url}"></script>`;
  await page.setContent(`${tag}<script>
    class Map {} class Number {} const crypto = 'a cipher';
    Promise.prototype.then = () => { throw new Error('no promise holds'); };
    setTimeout(() => { throw new Error('on the map', { cause: new Error('off the map') }); }, 50)</script>`);
  const arrived = await collector.arrivedInAll(1);
  expect(arrived.map(({ exception }) => exception)).toMatchObject([
    { message: 'on the map', innerExceptions: [{ message: 'off the map' }] },
  ]);
});
