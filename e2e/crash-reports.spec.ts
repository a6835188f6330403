// The browser's own word on a page that died, from a site that sends the two headers as the docs print them.
import { readFileSync } from 'node:fs';
import { request as forward } from 'node:http';
import { createServer, type Server } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import type { BrowserContext, Page } from '@playwright/test';
import type { BrowserProfile } from './browser.js';
import { signal } from './engines/processes.js';
import { expect, test } from './fixtures.js';
import { listen } from './listen.js';
import { type Origins, serveOrigins } from './origins.js';
import { exhaust, written } from './visits.js';

const docs = readFileSync(new URL('../docs/unseen.md', import.meta.url), 'utf8');
/** Name and value of each header that the docs print, with the collector and the secret of this test. */
function headersOf(collector: string, secret: string): [name: string, value: string][] {
  const [, block = ''] = /```http\n([\s\S]*?)```/.exec(docs) ?? [];
  return block
    .trim()
    .split('\n')
    .map((line) => {
      const [, name = '', value = ''] = /^([\w-]+): (.*)$/.exec(line) ?? [];
      const filled = value
        .replace('https://crashes.example.com', collector)
        .replace('12345678-1234-1234-1234-123456789abc', secret);
      return [name, filled];
    });
}

/** Self-signed, for localhost. */
const fixture = (name: string) =>
  readFileSync(new URL(`../collector/src/server/fixtures/${name}`, import.meta.url));
const tls = { key: fixture('one.key.pem'), cert: fixture('one.cert.pem') };
const servers: Server[] = [];
test.afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** What answers at `to`, over TLS, with these headers added. */
async function inFront(to: () => string, headers: () => [string, string][] = () => []): Promise<string> {
  const server = createServer(tls, (asked, answer) => {
    const { method, url = '', headers: given } = asked;
    const next = forward(to() + url, { method, headers: { ...given, host: new URL(to()).host } }, (got) => {
      answer.writeHead(got.statusCode ?? 502, { ...got.headers, ...Object.fromEntries(headers()) });
      got.pipe(answer);
    });
    next.on('error', () => answer.destroy());
    asked.pipe(next);
  });
  servers.push(server);
  return `https://localhost:${await listen(server)}`;
}

const FILES = {
  '/page.html': `<!doctype html><title>shop</title><script src="/crashpost/crashpost.min.js"></script>
<script>crashpost.start({ ...OPTIONS, logUrl: 'COLLECTOR' })</script><button id="buy">x</button>`,
};

async function visit(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${url}/page.html?user=anna`);
  await written(page);
  await page.click('#buy');
  // What the click has left is handed to the browser within a second.
  await page.waitForTimeout(1_500);
  return page;
}

const ENDS = [
  {
    name: 'out of memory',
    reason: 'oom',
    type: 'OutOfMemory',
    args: ['--js-flags=--max-old-space-size=64'],
    end: exhaust,
  },
  {
    name: 'a renderer that is killed',
    reason: 'none given',
    type: 'PageCrash',
    args: [],
    end: async (page: Page, profile: BrowserProfile) => {
      const crashed = page.waitForEvent('crash');
      signal(profile.renderers(), 'SIGKILL');
      await crashed;
    },
  },
];

for (const { name, reason, type, args, end } of ENDS) {
  test(`${name}: one report, at once, with what the page left; none more at the next start`, async ({
    collector,
    profile,
  }) => {
    await collector.start();
    const collectorUrl = await inFront(() => collector.url);
    const files = { '/page.html': FILES['/page.html'].replace('COLLECTOR', collectorUrl) };
    const origins: Origins = await serveOrigins(files, collector);
    const site = await inFront(
      () => origins.here,
      () => headersOf(collectorUrl, collector.secret),
    );
    try {
      const context = await profile.open(['--ignore-certificate-errors', ...args]);
      const page = await visit(context, site);
      await end(page, profile);
      const arrived = await collector.arrivedInAll(1, 30);
      expect(arrived).toHaveLength(1);
      const [report] = arrived;
      expect(report).toMatchObject({
        exception: { type },
        device: { browserName: expect.stringMatching(/Chrom/), appVersion: '0.0.0' },
        properties: {
          'crashpost.reason': reason,
          'crashpost.visibility': 'visible',
          'crashpost.address': `${site}/page.html`,
          'crashpost.alive': expect.stringMatching(/^\d+ s$/),
        },
      });
      expect(report?.breadcrumbs?.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
        'navigation /page.html',
        'click button#buy',
      ]);
      await visit(context, site);
      // Longer than the next start leaves to the browser.
      await pause(6_000);
      expect((await collector.arrived()).map(({ id }) => id)).toEqual([report?.id]);
    } finally {
      origins.close();
    }
  });
}
