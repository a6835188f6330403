// The whole line: thrown in a real page, kept in a real browser, received by a real process, read on its site.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.js';

const press = (page: Page, name: string) => page.getByRole('button', { name }).click();

async function signIn(page: Page, { url, user, password }: { url: string; user: string; password: string }) {
  await page.goto(url);
  await page.getByLabel('Name').fill(user);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** `names` and `at` are what the source of demo/shared/shop.js says: the innermost calls, and where its own begins. */
const EXPECTED = [
  {
    button: 'Throw an error',
    type: 'TypeError',
    fatal: true,
    message: /reading 'amount'/,
    names: [undefined, 'reduce', 'total', 'checkout'],
    at: 'item.price.amount',
  },
  {
    button: 'Reject a promise',
    type: 'RangeError',
    fatal: true,
    message: /page 7 of 3/,
    names: ['loadOrders'],
    at: 'new RangeError',
  },
  {
    button: 'Track a handled error',
    type: 'Error',
    fatal: false,
    message: /SPRING has expired/,
    names: ['applyCoupon'],
    at: 'new Error',
  },
  {
    button: 'Throw in a timer',
    type: 'SyntaxError',
    fatal: true,
    message: /Unexpected token/,
    names: ['parse', 'onStock'],
    at: 'JSON.parse',
  },
];
const SHOP = readFileSync(new URL('../demo/shared/shop.js', import.meta.url), 'utf8').split('\n');

for (const [way, path] of [
  ['script tag', '/'],
  ['SPA', '/spa/'],
  ['PWA', '/pwa/'],
] as const) {
  test(`${way}: each way to break arrives once, with the truth of what and where`, async ({
    collector,
    demo,
    profile,
  }) => {
    await collector.start();
    const page = await profile.visit(demo.url + path);
    // The device chunk comes when the page is idle.
    await page.waitForFunction(() => localStorage.getItem('crashpost.device'));
    for (const { button } of EXPECTED) await press(page, button);
    const arrived = await collector.arrivedInAll(EXPECTED.length);
    expect(arrived).toHaveLength(EXPECTED.length);
    for (const { type, fatal, message, names, at } of EXPECTED) {
      const report = arrived.find(({ exception }) => exception.type === type);
      expect(report, type).toBeDefined();
      expect(report?.type).toBe(fatal ? 'managedError' : 'handledError');
      expect(report?.exception.message).toMatch(message);
      expect(report?.exception.stackTrace).toContain(type);
      const frames = report?.exception.frames ?? [];
      const own = frames.find(({ fileName }) => fileName?.startsWith(demo.url));
      expect(own?.fileName).toBe(demo.url + (path === '/spa/' ? '/spa/main.js' : '/shared/shop.js'));
      expect(own?.lineNumber).toBeGreaterThan(0);
      expect(own?.columnNumber).toBeGreaterThan(0);
      if (path !== '/spa/') {
        expect(frames.slice(0, names.length).map(({ methodName }) => methodName)).toEqual(names);
        const line = SHOP.findIndex((text) => text.includes(at));
        expect(own?.lineNumber).toBe(line + 1);
        const from = SHOP[line]?.indexOf(at) ?? -1;
        expect(own?.columnNumber).toBeGreaterThan(from);
        expect(own?.columnNumber).toBeLessThanOrEqual(from + at.length + 1);
      }
      expect(report?.device).toMatchObject({
        osName: 'Linux',
        browserName: expect.stringMatching(/Chrom/),
        browserVersion: expect.stringMatching(/^\d+\./),
        locale: expect.stringMatching(/^[a-z]{2}/),
        screenSize: expect.stringMatching(/^\d+x\d+$/),
        timeZoneOffset: expect.any(Number),
        appVersion: '1.4.2',
        appBuild: '37',
        appNamespace: demo.url,
      });
    }
    expect(arrived.find(({ type }) => type === 'handledError')?.properties).toEqual({ coupon: 'SPRING' });
  });
}

test('a person finds it on the site within two seconds of the throw', async ({
  collector,
  demo,
  profile,
}) => {
  await collector.start();
  const context = await profile.open();
  const site = await context.newPage();
  await signIn(site, collector);
  await expect(site.getByText('No report has come yet')).toBeVisible();
  const page = await context.newPage();
  await page.goto(`${demo.url}/`);
  await page.waitForFunction(() => localStorage.getItem('crashpost.device'));
  for (const { button } of EXPECTED) await press(page, button);
  await page.waitForTimeout(2_000);
  await site.reload();
  for (const { type } of EXPECTED)
    await expect(site.getByRole('link', { name: type, exact: true })).toBeVisible();
  await site.getByRole('link', { name: 'TypeError', exact: true }).click();
  await expect(site.getByRole('heading', { level: 1 })).toContainText('TypeError');
  await expect(site.getByText("reading 'amount'").first()).toBeVisible();
  await site.getByRole('link', { name: 'Everything about it' }).click();
  const main = site.getByRole('main');
  await expect(main).toContainText('total');
  await expect(main).toContainText('shop.js');
  await expect(main).toContainText('Chrom');
  await expect(main).toContainText('Linux');
  await expect(main).toContainText(/\d+x\d+/);
  await expect(main).toContainText('UTC');
  await expect(main).toContainText('1.4.2');
});

test('thrown while the collector is down, the page closed: it arrives when the page is opened again', async ({
  collector,
  demo,
  profile,
}) => {
  let page = await profile.visit(`${demo.url}/`);
  await press(page, 'Throw an error');
  await page.close();
  await profile.close();
  await collector.start();
  expect(await collector.arrived()).toEqual([]);
  page = await profile.visit(`${demo.url}/`);
  const arrived = await collector.arrivedInAll(1);
  expect(arrived.map(({ exception }) => exception.type)).toEqual(['TypeError']);
  // And it is gone from the queue: a third visit sends nothing.
  await page.reload();
  await page.waitForTimeout(500);
  expect(await collector.arrived()).toHaveLength(1);
});

test('thrown, and the page navigates away in the same task: it arrives once', async ({
  collector,
  demo,
  profile,
}) => {
  await collector.start();
  const page = await profile.visit(`${demo.url}/`);
  await page.evaluate(() => {
    setTimeout(function leave() {
      location.href = '/spa/';
      throw new Error('thrown while leaving');
    });
  });
  await page.waitForURL(`${demo.url}/spa/`);
  const arrived = await collector.arrivedInAll(1);
  expect(arrived.map(({ exception }) => exception.message)).toEqual(['thrown while leaving']);
});

test('the collector killed right after it answered: the report is there on restart', async ({
  collector,
  demo,
  profile,
}) => {
  await collector.start();
  const page = await profile.visit(`${demo.url}/`);
  const answered = page.waitForResponse((response) => response.url().includes('/logs') && response.ok());
  await press(page, 'Throw an error');
  await answered;
  await collector.stop('SIGKILL');
  await collector.start();
  const arrived = await collector.arrivedInAll(1);
  expect(arrived.map(({ exception }) => exception.type)).toEqual(['TypeError']);
});
