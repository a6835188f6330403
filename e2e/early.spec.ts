// What is thrown before the reporter is there: the stub in the page's head keeps it, in three engines.
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import type { CollectorProcess } from './collector.js';
import { ENGINE_NAMES } from './engines/engine.js';
import { openEngine } from './engines/open.js';
import { expect, test } from './fixtures.js';
import { serve } from './listen.js';

const repo = new URL('..', import.meta.url).pathname;
const STUB = readFileSync(new URL('../dist/crashpost.stub.min.js', import.meta.url), 'utf8');
/** How much later the reporter comes. Milliseconds. */
const DELAY = 700;

/** Everything here happens before the reporter has loaded, but for the last. */
const EARLY = `
const { trackError } = crashpost;
function applyCoupon() { throw new RangeError('thrown early'); }
setTimeout(applyCoupon);
Promise.reject(new Error('rejected early'));
trackError(new Error('tracked early'), { step: 'boot' });
document.querySelector('button').dispatchEvent(new ErrorEvent('error', { message: 'meant for a button' }));
crashpost.start(OPTIONS);
addEventListener('load', () => setTimeout(() => {
  trackError(new Error('tracked late, by a function of the stub'));
  throw new Error('thrown late');
}));
`;

const toPage = (stub: string, options: object, reporter: string): string =>
  `<!doctype html><script>${stub}</script><button></button>
<script>${EARLY.replace('OPTIONS', JSON.stringify(options))}</script>${reporter}`;

async function serveEarly(html: () => string) {
  const app = new Hono();
  app.get('/', (c) => c.html(html()));
  app.use('/slow/*', async (_, next) => {
    await pause(DELAY);
    await next();
  });
  app.use(
    '/slow/*',
    serveStatic({ root: repo, rewriteRequestPath: (path) => path.replace('/slow/', '/dist/') }),
  );
  return serve(getRequestListener(app.fetch));
}

const optionsOf = ({ secret, url }: CollectorProcess) => ({ appSecret: secret, logUrl: url });

/** By script tag, and in a bundle that has its own copy of the functions. */
const WAYS = {
  'async script': () => '<script async src="/slow/crashpost.min.js"></script>',
  module: (collector: CollectorProcess) => `<script type="module">
    import { start } from '/slow/index.js';
    start(${JSON.stringify(optionsOf(collector))});</script>`,
};

for (const engine of ENGINE_NAMES)
  for (const [way, toReporter] of Object.entries(WAYS))
    test(`${engine}, ${way}: what came before the reporter arrives, with the time it came`, async ({
      collector,
    }) => {
      await collector.start();
      const served = await serveEarly(() => toPage(STUB, optionsOf(collector), toReporter(collector)));
      const browser = await openEngine(engine);
      try {
        await browser.open(served.url);
        // The functions of a bundle are not those of the stub: what was called there, it does not take over.
        const messages =
          way === 'module'
            ? ['rejected early', 'thrown early', 'thrown late']
            : [
                'rejected early',
                'thrown early',
                'thrown late',
                'tracked early',
                'tracked late, by a function of the stub',
              ];
        await expect
          .poll(async () => (await collector.arrived()).map(({ exception }) => exception.message).sort(), {
            timeout: 20_000,
          })
          .toEqual(messages);
        const arrived = await collector.arrived();
        const early = arrived.find(({ exception }) => exception.message === 'thrown early');
        expect(early).toMatchObject({ type: 'managedError', exception: { type: 'RangeError' } });
        expect(early?.exception.frames?.[0]).toMatchObject({
          methodName: 'applyCoupon',
          fileName: `${served.url}/`,
        });
        const late = arrived.find(({ exception }) => exception.message === 'thrown late');
        const ms = Date.parse(late?.timestamp ?? '') - Date.parse(early?.timestamp ?? '');
        // It came that much earlier, and says so.
        expect(ms).toBeGreaterThan(DELAY / 2);
      } finally {
        await browser.close();
        served.close();
      }
    });

test('without the stub, what comes before is not seen: that is what it is for', async ({ collector }) => {
  await collector.start();
  const none = 'globalThis.crashpost = { trackError() {}, start() {} }';
  const served = await serveEarly(() => toPage(none, {}, WAYS.module(collector)));
  const browser = await openEngine('chromium');
  try {
    await browser.open(served.url);
    await expect
      .poll(async () => (await collector.arrived()).map(({ exception }) => exception.message), {
        timeout: 20_000,
      })
      .toEqual(['thrown late']);
  } finally {
    await browser.close();
    served.close();
  }
});
