// Serves the demo's pages and the reporter's built files, on any port.
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { createPages } from './page.mjs';

const repo = new URL('..', import.meta.url).pathname;
const files = (path, root) =>
  serveStatic({ root: repo, rewriteRequestPath: (asked) => asked.replace(path, root) });

/** The demo as an app: `{ appSecret, logUrl }` → Hono. */
export function createDemo(settings) {
  const app = new Hono();
  for (const [path, html] of Object.entries(createPages(settings))) app.get(path, (c) => c.html(html));
  app.use('*', async (c, next) => {
    await next();
    c.header('Cache-Control', 'no-cache');
  });
  app.use('/crashpost/*', files('/crashpost/', '/dist/'));
  app.use('/shared/*', files('/shared/', '/demo/shared/'));
  app.use('/spa/*', files('/spa/', '/demo/dist/spa/'));
  app.use('/pwa/*', files('/pwa/', '/demo/pwa/'));
  return app;
}

/** Resolves when it listens: `{ url, close() }`. Rejects when it cannot. */
export function serveDemo({ port, settings }) {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: createDemo(settings).fetch, hostname: '127.0.0.1', port }, (info) =>
      resolve({
        url: `http://127.0.0.1:${info.port}`,
        close: () => new Promise((closed) => server.close(closed)),
      }),
    );
    server.once('error', reject);
  });
}
