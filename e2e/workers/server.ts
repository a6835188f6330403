// Serves the page of the worker tests: one body for every worker, and a first line that says which reporter it has.
import { readFileSync } from 'node:fs';
import { getRequestListener } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { type Context, Hono } from 'hono';
import { type Served, serve } from '../listen.js';

const repo = new URL('../..', import.meta.url).pathname;

export const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

export interface WorkersServer extends Served {
  /** Resolves when the page has started everything. */
  readonly done: Promise<void>;
}

const script = (c: Context, text: string) => c.body(text, 200, { 'content-type': 'text/javascript' });

export async function serveWorkers(options: { appSecret: string; logUrl: string }): Promise<WorkersServer> {
  const app = new Hono();
  const classic = `importScripts('/crashpost/crashpost.worker.min.js');`;
  const starting = `import { start } from '/crashpost/index.js'; start(${JSON.stringify(options)});`;
  // On the first line of the body: its lines keep their numbers.
  const lines = { classic, bare: '', module: `import '/crashpost/worker.js';`, started: starting };
  for (const [name, line] of Object.entries(lines))
    app.get(`/w/${name}.js`, (c) => script(c, line + read('work.js')));
  app.get('/service/sw.js', (c) => script(c, classic + read('service.js')));
  const hanging = 'indexedDB.databases = () => new Promise(() => {});';
  app.get('/hanging/sw.js', (c) => script(c, hanging + classic + read('service.js')));
  app.get('/broken/sw.js', (c) => script(c, classic + read('broken.js')));
  app.get('/service/frame', (c) => c.html('<!doctype html><title>Frame</title>'));
  app.get('/page.js', (c) => script(c, read('page.js')));
  app.use(
    '/crashpost/*',
    serveStatic({ root: repo, rewriteRequestPath: (path) => path.replace('/crashpost/', '/dist/') }),
  );
  app.get('/', (c) => {
    const settings = JSON.stringify({ options });
    return c.html(`<!doctype html><title>Workers</title><body>
      <script src="/crashpost/crashpost.min.js"></script>
      <script>globalThis.settings = ${settings}</script><script src="/page.js"></script>`);
  });
  const done = new Promise<void>((resolve) => {
    app.get('/done', (c) => {
      resolve();
      return c.text('');
    });
  });
  return { ...(await serve(getRequestListener(app.fetch))), done };
}
