// Who may change what, in a real browser: over the collector's own TLS, and from a page of somebody else.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { BIN, type CollectorProcess } from './collector.js';
import { expect, test } from './fixtures.js';

const certificate = (end: string): string =>
  fileURLToPath(new URL(`../collector/src/server/fixtures/one.${end}.pem`, import.meta.url));

/** The collector's own HTTPS, on its data folder; resolves with its address. */
async function startTls(collector: CollectorProcess): Promise<{ url: string; child: ChildProcess }> {
  const files = ['--tls-cert', certificate('cert'), '--tls-key', certificate('key')];
  const args = [BIN, 'serve', '--data', collector.folder, '--port', '0', ...files];
  const env = { ...process.env, CRASHPOST_ADMIN_PASSWORD: collector.password };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
  const [printed] = await once(child.stdout, 'data');
  return { url: /https:\/\/[^/\s]+/.exec(String(printed))?.[0] ?? '', child };
}

async function signIn(page: Page, { user, password }: CollectorProcess): Promise<void> {
  await page.getByLabel('Name').fill(user);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('apps are added, rotated and disabled on the site, without JavaScript, over TLS', async ({
  collector,
  profile,
}) => {
  const { url, child } = await startTls(collector);
  try {
    const context = await profile.open([
      '--ignore-certificate-errors',
      '--blink-settings=scriptEnabled=false',
    ]);
    const page = await context.newPage();
    await page.goto(url);
    await signIn(page, collector);
    expect(await context.cookies()).toMatchObject([
      { name: 'crashpost-session', secure: true, httpOnly: true, sameSite: 'Lax' },
    ]);
    await page.getByRole('link', { name: 'Apps' }).click();
    await page.getByLabel('Name').fill('Office');
    await page.getByRole('button', { name: 'Add' }).click();
    await expect(page.getByRole('heading', { name: 'Office: settings' })).toBeVisible();
    const secret = await page.locator('.secret').first().textContent();
    await page.getByRole('button', { name: 'Make a new secret' }).click();
    await expect(page.getByText(secret ?? 'none', { exact: true })).toBeVisible();
    // What cannot be taken back is not done before the box is checked.
    await page.getByRole('button', { name: 'Stop taking the old one' }).click();
    await expect(page.getByText(secret ?? 'none', { exact: true })).toBeVisible();
    await page.getByLabel(/still use the old secret/).check();
    await page.getByRole('button', { name: 'Stop taking the old one' }).click();
    await expect(page.getByRole('button', { name: 'Make a new secret' })).toBeVisible();
    await page.getByLabel(/erase the reports/).check();
    await page.getByRole('button', { name: 'Disable' }).click();
    await expect(page.getByText(/^Disabled on /)).toBeVisible();
    expect(await collector.run('app', 'list')).toMatch(/Shop\n.*Office {2}\(disabled\)\n$/);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
});

test('a page of somebody else changes nothing, in the browser of who is signed in', async ({
  collector,
  profile,
}) => {
  await collector.start();
  const form = (path: string) =>
    `<form method="post" action="${collector.url}${path}"><input name="name" value="Evil"><button>Win</button></form>`;
  const evil = createServer((request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(form(request.url ?? ''));
  }).listen(0);
  await once(evil, 'listening');
  const { port } = evil.address() as AddressInfo;
  try {
    const page = await profile.visit(collector.url);
    await signIn(page, collector);
    // Another port of the same host is the same site, whose forms have the cookie; another name is another site.
    for (const host of ['127.0.0.1', 'localhost']) {
      for (const path of ['/apps', '/apps/1/settings/disable', '/sign-out']) {
        await page.goto(`http://${host}:${port}${path}`);
        await page.getByRole('button').click();
        await expect(page.getByRole('heading', { name: 'Refused' })).toBeVisible();
      }
    }
    await page.goto(`${collector.url}/apps`);
    await expect(page.getByRole('cell', { name: 'enabled' })).toBeVisible();
    expect(await collector.run('app', 'list')).toMatch(/^[0-9a-f-]{36} {2}Shop\n$/);
  } finally {
    evil.close();
  }
});
