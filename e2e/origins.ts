// Two origins that serve the same files: pages of a test's own, and the built reporter below /crashpost/.
import { getRequestListener } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import type { CollectorProcess } from './collector.js';
import { serve } from './listen.js';

const repo = new URL('..', import.meta.url).pathname;
const TYPES: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript' };

export interface Origins {
  readonly here: string;
  readonly other: string;
  close(): void;
}

/** Files by path, `/cors/…` for all: HERE, OTHER and OPTIONS stand for the origins and for what `start` takes. */
export async function serveOrigins(
  files: Readonly<Record<string, string>>,
  { secret, url }: CollectorProcess,
  options: object = {},
): Promise<Origins> {
  const started = JSON.stringify({ appSecret: secret, logUrl: url, ...options });
  const app = new Hono();
  app.use('/cors/*', async (c, next) => {
    await next();
    c.header('Access-Control-Allow-Origin', '*');
  });
  const rewriteRequestPath = (path: string) => path.replace(/^.*\/crashpost\//, '/dist/');
  for (const path of ['/crashpost/*', '/cors/crashpost/*'])
    app.use(path, serveStatic({ root: repo, rewriteRequestPath }));
  app.get('*', (c) => {
    const path = c.req.path.replace(/^\/cors/, '');
    const text = files[path];
    if (text === undefined) return c.notFound();
    const filled = text.replaceAll('HERE', here).replaceAll('OTHER', other).replaceAll('OPTIONS', started);
    return c.body(filled, 200, { 'content-type': TYPES[path.split('.').pop() ?? ''] ?? 'text/plain' });
  });
  const servers = await Promise.all([0, 1].map(() => serve(getRequestListener(app.fetch))));
  const [here = '', other = ''] = servers.map(({ url }) => url);
  return {
    here,
    other,
    close: () => {
      for (const server of servers) server.close();
    },
  };
}
