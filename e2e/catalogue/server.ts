// Serves the catalogue: one page an entry, each naming the one that follows, on two origins.
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { type Context, Hono } from 'hono';
import { type Served, serve } from '../listen.js';
import type { Entry } from './sources.js';

const repo = new URL('../..', import.meta.url).pathname;
const page = (name: string): string => readFileSync(new URL(`page/${name}`, import.meta.url), 'utf8');

/** A module whose one function, `explode`, exported as `trap`, is `unreachable`: assembled by hand, names included. */
export const TRAP = Uint8Array.from([
  // biome-ignore format: a section a line
  ...[0, 97, 115, 109, 1, 0, 0, 0], // magic, version 1
  ...[1, 4, 1, 96, 0, 0], // types: () → ()
  ...[3, 2, 1, 0], // functions: one of the first type
  ...[7, 8, 1, 4, 116, 114, 97, 112, 0, 0], // exports: "trap", function 0
  ...[10, 5, 1, 3, 0, 0, 11], // code: no locals, unreachable, end
  ...[0, 17, 4, 110, 97, 109, 101, 1, 10, 1, 0, 7, 101, 120, 112, 108, 111, 100, 101], // names: 0 is "explode"
]);

export interface CatalogueOptions {
  readonly entries: readonly Entry[];
  readonly appSecret: string;
  readonly logUrl: string;
}

/** Its first page does everything by itself. */
export interface CatalogueServer extends Served {
  /** An origin that is not the page's own. */
  readonly other: string;
  /** Resolves when the last page has been left. */
  readonly done: Promise<void>;
}

const script = (c: Context, text: string) => c.body(text, 200, { 'content-type': 'text/javascript' });

function createFiles(): Hono {
  const app = new Hono();
  app.use('*', async (c, next) => {
    await next();
    c.header('Cache-Control', 'no-cache');
  });
  app.use(
    '/crashpost/*',
    serveStatic({ root: repo, rewriteRequestPath: (path) => path.replace('/crashpost/', '/dist/') }),
  );
  app.get('/page/:name{[\\w.-]+}', (c) => script(c, page(c.req.param('name'))));
  app.get('/cors/:name{[\\w.-]+}', (c) => {
    c.header('Access-Control-Allow-Origin', '*');
    return script(c, page(c.req.param('name')));
  });
  app.get('/odd/*', (c) => script(c, page('odd.js')));
  app.get('/broken.js', (c) => script(c, '\nconst cart = ;\n'));
  app.get('/html.js', (c) => script(c, '<!doctype html>\n<title>Not found</title>\n'));
  app.get('/child', (c) => c.html(page('child.html')));
  app.get('/imports.js', (c) => script(c, "import '/missing/module.js';"));
  app.get('/import.css', (c) =>
    c.body('@import "/missing/imported.css";', 200, { 'content-type': 'text/css' }),
  );
  app.get('/trap.wasm', (c) => c.body(TRAP, 200, { 'content-type': 'application/wasm' }));
  app.get('/slow', async (c) => {
    await pause(500);
    return c.text('slow');
  });
  return app;
}

const serveApp = (app: Hono): Promise<Served> => serve(getRequestListener(app.fetch));

/** Rows of pages that run side by side, each in a frame of the first page: a page mostly waits. */
const LANES = 6;

const toFirstPage = (paths: readonly string[]): string =>
  `<!doctype html><title>Catalogue</title>${paths.map((path) => `<iframe width="300" height="200" src="${path}"></iframe>`).join('')}`;

export async function serveCatalogue({
  entries,
  appSecret,
  logUrl,
}: CatalogueOptions): Promise<CatalogueServer> {
  const app = createFiles();
  const [here, there] = await Promise.all([serveApp(app), serveApp(createFiles())]);
  const path = (entry: Entry | undefined): string => (entry ? `/entry/${entry.name}` : '/done');
  let lanes = LANES;
  const done = new Promise<void>((resolve) => {
    app.get('/done', (c) => {
      lanes -= 1;
      if (lanes === 0) resolve();
      return c.html('<title>Done</title>');
    });
  });
  for (const [i, entry] of entries.entries()) {
    const { name, stay } = entry;
    const options = { appSecret, logUrl, userId: name, ...entry.options };
    const settings = { name, stay, next: path(entries[i + LANES]), other: there.url, options };
    const html = page('entry.html')
      .replace("'{{settings}}'", () => JSON.stringify(settings))
      .replace('{{script}}', `/page/${entry.file}`);
    app.get(path(entry), (c) => c.html(html));
  }
  app.get('/', (c) => c.html(toFirstPage(entries.slice(0, LANES).map(path))));
  return {
    url: here.url,
    other: there.url,
    done,
    close: async () => {
      await Promise.all([here.close(), there.close()]);
    },
  };
}
