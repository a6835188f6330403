// Serves the pages of the fault tests on as many origins as asked for, and is the line by which they are told what to do.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Order, type PageOptions, Visit, type Wire } from './visit.js';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const VISIT = readFileSync(new URL('page/visit.js', import.meta.url), 'utf8');
/** Where pages go that are left; with `?back` it returns at once to the page before. */
const AWAY = `<!doctype html><title>Away</title><script>
  if (location.search === '?back') setTimeout(() => history.back(), 700);
</script>`;

interface Line {
  readonly html: string;
  readonly orders: Order[];
  waiting?: ServerResponse | undefined;
  blocked?: ServerResponse;
}

function toHtml({ id, url }: Visit, { reporter, before = '', after = '', tag = '' }: PageOptions): string {
  const settings = JSON.stringify({ visit: id, tag });
  return `<!doctype html><title>${new URL(url).hostname}</title><link rel="icon" href="data:,">
    <script>globalThis.settings = ${settings};${before}</script>
    <script src="/visit.js"></script>
    ${reporter ? `<script src="${reporter.script}"></script>` : ''}
    <script>${reporter?.start ?? ''};${after}</script>`;
}

export class Site implements Wire {
  readonly #lines = new Map<number, Line>();
  readonly #heard = new Map<string, (body: string) => void>();
  #server!: Server;
  port = 0;
  /** More of them, by their paths. */
  readonly scripts = new Map<string, string>();

  static async start(): Promise<Site> {
    const site = new Site();
    site.#server = createServer((incoming, response) => {
      site.#handle(incoming, response).catch(() => response.destroy());
    }).listen(0, '127.0.0.1');
    await once(site.#server, 'listening');
    const address = site.#server.address();
    if (!address || typeof address === 'string') throw new Error('no port');
    site.port = address.port;
    return site;
  }

  /** A page at `host`, to be opened; each host is an origin, and a site, of its own. */
  prepare(host: string, given: PageOptions | ((visit: Visit) => PageOptions)): Visit {
    const id = this.#lines.size + 1;
    const visit = new Visit(this, id, `http://${host}.localhost:${this.port}/visit/${id}`);
    const options = typeof given === 'function' ? given(visit) : given;
    this.#lines.set(id, { html: toHtml(visit, options), orders: [] });
    return visit;
  }

  once(what: string): Promise<string> {
    return new Promise((resolve) => this.#heard.set(what, resolve));
  }

  order(id: number, order: Order): void {
    const line = this.#lines.get(id);
    line?.orders.push(order);
    if (line) this.#give(line);
  }

  release(id: number): void {
    this.#lines.get(id)?.blocked?.end();
  }

  #give(line: Line): void {
    if (!line.waiting) return;
    const order = line.orders.shift();
    if (!order) return;
    line.waiting.end(JSON.stringify(order));
    line.waiting = undefined;
  }

  #hear(what: string, body = ''): void {
    this.#heard.get(what)?.(body);
    this.#heard.delete(what);
  }

  async #handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://site');
    const id = Number(searchParams.get('visit') ?? pathname.split('/')[2]);
    const line = this.#lines.get(id);
    if (pathname.startsWith('/visit/')) return send(response, 'text/html', line?.html ?? 'gone');
    if (pathname === '/visit.js') return send(response, 'text/javascript', VISIT);
    const script = this.scripts.get(pathname);
    if (script) return send(response, 'text/javascript', script);
    if (pathname === '/away') {
      const left = /visit\/(\d+)/.exec(incoming.headers.referer ?? '')?.[1];
      const its = this.#lines.get(Number(left));
      // Who has left has hung up, which may be heard later than this: an order given to that line would be lost.
      if (its) its.waiting = undefined;
      this.#hear(`left ${left}`);
      return send(response, 'text/html', AWAY);
    }
    if (pathname.startsWith('/crashpost/')) {
      const file = readFileSync(join(dist, pathname.slice('/crashpost/'.length)));
      return send(response, 'text/javascript', file);
    }
    if (pathname === '/sw.js')
      return send(response, 'text/javascript', "importScripts('/crashpost/crashpost.worker.min.js')");
    if (pathname === '/answer') {
      let body = '';
      for await (const chunk of incoming) body += chunk;
      response.end();
      return this.#hear(`answer ${id} ${searchParams.get('number')}`, body);
    }
    if (pathname === '/lives') {
      response.end();
      return this.#hear(`lives ${id}`);
    }
    if (pathname === '/block' || pathname === '/next') {
      response.once('close', () => {
        if (response.writableEnded) return;
        if (line?.waiting === response) line.waiting = undefined;
        this.#hear(`gone ${id}`);
      });
      if (!line) return void response.destroy();
      if (pathname === '/block') {
        line.blocked = response;
        return this.#hear(`block ${id}`);
      }
      line.waiting = response;
      // That it is held the page learns by this: Firefox gives it no answer before the first byte of a body.
      response.write(' ');
      return this.#give(line);
    }
    response.writeHead(404).end();
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}

function send(response: ServerResponse, type: string, body: string | Buffer): void {
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' }).end(body);
}
