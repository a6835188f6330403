// Errors of same-origin iframes, and loads that fail: seen where the page asks for them, and only there.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { ENGINE_NAMES } from './engines/engine.js';
import { openEngine } from './engines/open.js';
import { expect, test } from './fixtures.js';

const repo = new URL('..', import.meta.url).pathname;

async function serve(options: object) {
  const app = new Hono();
  app.use(
    '/crashpost/*',
    serveStatic({ root: repo, rewriteRequestPath: (path) => path.replace('/crashpost/', '/dist/') }),
  );
  app.get('/', (c) =>
    c.html(`<!doctype html><script src="/crashpost/crashpost.min.js"></script>
<script>crashpost.start(${JSON.stringify(options)})</script>
<iframe src="/child"></iframe><img src="/missing.png?token=secret">
<script>setTimeout(() => { throw new Error('in the page'); }, 1500);</script>`),
  );
  app.get('/child', (c) =>
    c.html(`<!doctype html><script>
function inChild() { throw new RangeError('in the iframe'); }
setTimeout(inChild, 600);
setTimeout(() => Promise.reject(new Error('rejected in the iframe')), 700);</script>`),
  );
  const server = createServer(getRequestListener(app.fetch)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

for (const engine of ENGINE_NAMES)
  for (const [asked, expected] of [
    [true, ['image', 'in the iframe', 'in the page', 'rejected in the iframe']],
    [false, ['in the page']],
  ] as const)
    test(`${engine}: iframes and failed loads, ${asked ? 'asked for' : 'by default'}`, async ({
      collector,
    }) => {
      await collector.start();
      const more = { iframes: asked, resources: asked };
      const served = await serve({ appSecret: collector.secret, logUrl: collector.url, ...more });
      const browser = await openEngine(engine);
      try {
        await browser.open(served.url);
        const said = async () =>
          (await collector.arrived())
            .map(({ exception: { type, message } }) => (type === 'ResourceError' ? 'image' : message))
            .sort();
        await expect.poll(said, { timeout: 20_000 }).toContain('in the page');
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        expect(await said()).toEqual(expected);
        const arrived = await collector.arrived();
        const inFrame = arrived.find(({ exception }) => exception.type === 'RangeError');
        if (asked)
          expect(inFrame).toMatchObject({
            type: 'managedError',
            exception: { frames: [{ methodName: 'inChild', fileName: `${served.url}child` }] },
          });
        // What stands in the query of an image is the page's own affair.
        expect(JSON.stringify(arrived)).not.toContain('secret');
      } finally {
        await browser.close();
        served.close();
      }
    });
