// `consent: 'ask'`: nothing on disk and nothing sent before the person says yes, and nothing left after a no.
import { readFileSync } from 'node:fs';
import type { BrowserContext } from '@playwright/test';
import type { CollectorProcess } from './collector.js';
import { ENGINE_NAMES } from './engines/engine.js';
import { openEngine } from './engines/open.js';
import { expect, test } from './fixtures.js';
import { type Origins, serveOrigins } from './origins.js';
import { LINES, linesOf, stored } from './stored.js';

const PAGE = `<!doctype html><script src="/crashpost/crashpost.min.js"></script>
<script>
crashpost.start(OPTIONS);
setTimeout(function early() { throw new Error('thrown ' + location.search); });
Promise.reject(new Error('rejected ' + location.search));
crashpost.trackError(new Error('tracked ' + location.search));
</script>`;
const WORKER = `importScripts('/crashpost/crashpost.worker.min.js');
onmessage = ({ data }) => { throw new Error(data); };`;

/** As it stands inline in a page. */
const STUB = readFileSync(new URL('../dist/crashpost.stub.min.js', import.meta.url), 'utf8');

const FILES = {
  '/page.html': PAGE,
  '/work.js': WORKER,
  '/sw.js': "importScripts('/crashpost/crashpost.worker.min.js');",
  '/stub.html': `<!doctype html><script>${STUB}</script><script>setTimeout(() => { throw new Error('before'); });
crashpost.start(OPTIONS);
crashpost.setConsent(true);</script>
<script async src="/crashpost/crashpost.min.js"></script>`,
  '/module.html': `<!doctype html><script type="module">
import { setConsent, start } from '/crashpost/index.js';
start(OPTIONS);
setTimeout(() => { throw new Error('in a module'); });
setTimeout(() => setConsent(true), 1000);</script>`,
};

const messagesOf = async (collector: CollectorProcess) =>
  (await collector.arrived()).map(({ exception }) => exception.message).sort();

/** All requests that go to the collector. */
function watchPosts(context: BrowserContext, { url }: CollectorProcess): string[] {
  const posts: string[] = [];
  context.on('request', (request) => {
    if (request.url().startsWith(url)) posts.push(request.url());
  });
  return posts;
}

async function withOrigins(
  collector: CollectorProcess,
  options: object,
  run: (origins: Origins) => Promise<void>,
) {
  await collector.start();
  const origins = await serveOrigins(FILES, collector, options);
  try {
    await run(origins);
  } finally {
    origins.close();
  }
}

const ASK = { consent: 'ask' };
const all = (query: string) => ['rejected', 'thrown', 'tracked'].map((how) => `${how} ${query}`);
const polled = (collector: CollectorProcess) => expect.poll(() => messagesOf(collector), { timeout: 20_000 });

test('nobody answers: no trace on disk, no request, at the second visit neither', async ({
  collector,
  profile,
}) => {
  await withOrigins(collector, ASK, async ({ here }) => {
    const context = await profile.open();
    const posts = watchPosts(context, collector);
    const page = await context.newPage();
    for (const query of ['?1', '?2']) {
      await page.goto(`${here}/page.html${query}`);
      await page.waitForTimeout(3_000);
      expect(await stored(page)).toEqual([]);
    }
    expect(posts).toEqual([]);
    expect(await collector.arrived()).toEqual([]);
  });
});

test('yes: what waited arrives once, with its time; the next visit reports at once', async ({
  collector,
  profile,
}) => {
  await withOrigins(collector, ASK, async ({ here }) => {
    const page = await profile.visit(`${here}/page.html?1`);
    const before = await page.evaluate(() => Date.now());
    await page.waitForTimeout(1_500);
    await page.evaluate(() => {
      crashpost.setConsent(true);
      crashpost.setConsent(true);
    });
    await polled(collector).toEqual(all('?1'));
    for (const { timestamp } of await collector.arrived())
      expect(Date.parse(timestamp)).toBeLessThan(before + 1_000);
    await page.goto(`${here}/page.html?2`);
    await polled(collector).toEqual([...all('?1'), ...all('?2')].sort());
    expect(await stored(page)).toContain('crashpost.consent=yes');
    // All that is kept is told in docs/collected.md.
    await expect.poll(() => linesOf(page), { timeout: 20_000 }).toEqual(LINES);
  });
});

for (const [name, options] of [
  ['asked', ASK],
  ['not asked', {}],
  ['not asked, with nothing that is loaded later', { breadcrumbs: false, uncleanExits: false }],
] as const)
  test(`no, ${name}: all is erased, in other tabs and for workers, and nothing more is told`, async ({
    collector,
    profile,
  }) => {
    await withOrigins(collector, options, async ({ here }) => {
      const context = await profile.open();
      const [page, other] = [await context.newPage(), await context.newPage()];
      await page.goto(`${here}/page.html?1`);
      await page.evaluate(async () => {
        crashpost.setConsent(true);
        await navigator.serviceWorker.register('/sw.js');
        await navigator.serviceWorker.ready;
        Object.assign(globalThis, { worker: new Worker('/work.js') });
      });
      await other.goto(`${here}/page.html?2`);
      await polled(collector).toEqual([...all('?1'), ...all('?2')].sort());
      // Something is queued.
      await collector.stop();
      await page.evaluate(() => crashpost.trackError(new Error('queued')));
      expect((await stored(page)).length).toBeGreaterThan(3);

      await page.evaluate(() => crashpost.setConsent(false));
      await expect.poll(() => stored(page), { timeout: 15_000 }).toEqual(['crashpost.consent=no']);
      await collector.start();
      const posts = watchPosts(context, collector);
      const fail = () => {
        crashpost.trackError(new Error('tracked after'));
        setTimeout(() => {
          throw new Error('thrown after');
        });
      };
      for (const one of [page, other]) await one.evaluate(fail);
      await page.evaluate(() =>
        (globalThis as unknown as { worker: Worker }).worker.postMessage('in a worker after'),
      );
      await page.waitForTimeout(2_000);
      await page.goto(`${here}/page.html?3`);
      await page.waitForTimeout(2_000);
      expect(await stored(page)).toEqual(['crashpost.consent=no']);
      expect(posts).toEqual([]);
      expect(await messagesOf(collector)).toEqual([...all('?1'), ...all('?2')].sort());

      // And yes again, in the tab that was not the first to be told no.
      await other.evaluate(() => crashpost.setConsent(true));
      await page.waitForFunction(() => localStorage.getItem('crashpost.consent') === 'yes');
      for (const [i, one] of [page, other].entries())
        await expect
          .poll(() => one.evaluate((text) => crashpost.trackError(new Error(text)), `yes again ${i}`))
          .not.toBe('');
      await polled(collector).toEqual([...all('?1'), ...all('?2'), 'yes again 0', 'yes again 1'].sort());
    });
  });

test('a tab that waits is told what is said in another', async ({ collector, profile }) => {
  await withOrigins(collector, ASK, async ({ here }) => {
    const context = await profile.open();
    const [page, other] = [await context.newPage(), await context.newPage()];
    await page.goto(`${here}/page.html?1`);
    await other.goto(`${here}/page.html?2`);
    await page.evaluate(() => crashpost.setConsent(true));
    await polled(collector).toEqual([...all('?1'), ...all('?2')].sort());
  });
});

// After a no Chromium restores none whose database was erased.
test('a page that waits in the back/forward cache is told of a yes when it comes back', async ({
  collector,
  profile,
}) => {
  await withOrigins(collector, ASK, async ({ here }) => {
    const context = await profile.open([], ['--disable-back-forward-cache']);
    const page = await context.newPage();
    await page.goto(`${here}/page.html?1`);
    await page.evaluate(() => Object.assign(globalThis, { mark: 'the first page' }));
    await page.goto(`${here}/page.html?2`);
    await page.evaluate(() => crashpost.setConsent(true));
    await polled(collector).toEqual(all('?2'));
    // Playwright waits for a load, and a restored page has none.
    await page.goBack({ waitUntil: 'commit' });
    await expect.poll(() => page.evaluate('globalThis.mark')).toBe('the first page');
    await polled(collector).toEqual([...all('?1'), ...all('?2')].sort());
  });
});

for (const [path, messages] of [
  ['stub', ['before']],
  ['module', ['in a module']],
] as const)
  test(`given through the ${path}`, async ({ collector, profile }) => {
    await withOrigins(collector, ASK, async ({ here }) => {
      await profile.visit(`${here}/${path}.html`);
      await polled(collector).toEqual(messages);
    });
  });

for (const engine of ENGINE_NAMES)
  test(`${engine}: asked, yes, no`, async ({ collector }) => {
    await withOrigins(collector, ASK, async ({ here }) => {
      const browser = await openEngine(engine);
      try {
        const page = await browser.open(`${here}/page.html?1`);
        const names = 'Object.keys(localStorage)';
        expect(await page.evaluate(names)).toEqual([]);
        expect(await collector.arrived()).toEqual([]);
        await page.evaluate('crashpost.setConsent(true)');
        await polled(collector).toEqual(all('?1'));
        await page.evaluate('crashpost.setConsent(false)');
        await expect.poll(() => page.evaluate(names), { timeout: 15_000 }).toEqual(['crashpost.consent']);
        await expect
          .poll(() =>
            page.evaluate('indexedDB.databases ? indexedDB.databases().then((all) => all.length) : 0'),
          )
          .toBe(0);
      } finally {
        await browser.close();
      }
    });
  });
