// Makes docs/site.png, the README's picture: a collector, the demo's crashes from a few visitors, and the site as a
// person sees it. `npm run picture` after a change of the site.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { startCollector } from 'crashpost-collector';
import { serveDemo } from '../demo/server.mjs';

const to = process.argv[2] ?? 'docs';
mkdirSync(to, { recursive: true });
const data = mkdtempSync(join(tmpdir(), 'crashpost-picture-'));
const collector = await startCollector({ data, port: 0, firstApp: 'Shop' });
const [app] = await collector.apps();
const demo = await serveDemo({ port: 0, settings: { appSecret: app.secret, logUrl: collector.url } });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});

const BUTTONS = ['Throw an error', 'Reject a promise', 'Track a handled error', 'Throw in a timer'];
for (let visitor = 0; visitor < 4; visitor++) {
  const context = await browser.newContext({ locale: ['en-GB', 'de-DE', 'fr-FR', 'pt-BR'][visitor] });
  const page = await context.newPage();
  await page.goto(`${demo.url}/`);
  await page.waitForFunction(() => localStorage.getItem('crashpost.device'));
  for (const [i, name] of BUTTONS.entries())
    for (let n = 0; n <= (visitor * (i + 1)) % 3; n++) await page.getByRole('button', { name }).click();
  await page.waitForTimeout(500);
  if (visitor === 0) await page.screenshot({ path: join(to, 'demo.png') });
  await context.close();
}

const context = await browser.newContext({ viewport: { width: 1180, height: 820 }, deviceScaleFactor: 1.5 });
const site = await context.newPage();
await site.goto(collector.url);
await site.screenshot({ path: join(to, 'sign-in.png') });
await site.getByLabel('Name').fill(collector.firstRun.user);
await site.getByLabel('Password').fill(collector.firstRun.password);
await site.getByRole('button', { name: 'Sign in' }).click();
await site.screenshot({ path: join(to, 'groups.png') });
await site.getByRole('link', { name: 'TypeError', exact: true }).click();
await site.screenshot({ path: join(to, 'site.png') });
await site.getByRole('link', { name: 'Everything about it' }).click();
await site.screenshot({ path: join(to, 'report.png'), fullPage: true });

await browser.close();
await demo.close();
await collector.close();
rmSync(data, { recursive: true });
