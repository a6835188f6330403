// What stands between the browser and the collector, and fails on order. It reads what is posted on the way, so that it
// also knows how often each log went over the wire.
import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { freePort } from '../collector.js';

export type Fault =
  /** Everything passes. */
  | 'none'
  /** The port is closed: refused at once, as by a machine that is up and a collector that is not. */
  | 'down'
  /** 503 with `x-ms-retry-after-ms: 1000`, as a collector under pressure says it. */
  | '503'
  /** 503 as a proxy says it when there is no collector behind it: an HTML page, no header. */
  | '503-proxy'
  /** 429 with `Retry-After: 2`. */
  | '429'
  /** The connection is reset when a part of the body has been read. */
  | 'reset'
  /** The body is read, and that is all. */
  | 'silent'
  /** The collector has the logs and has answered; the answer does not get through. */
  | 'answer-lost'
  /** 200, and an HTML page which asks to sign in, readable from any origin. */
  | 'portal';

/** Every status a page may read needs this, or the browser hides it: the harder case for a reporter is to see it. */
const OPEN = { 'access-control-allow-origin': '*', 'access-control-expose-headers': '*' };
const HTML = { ...OPEN, 'content-type': 'text/html' };

/** Answers in place of the collector. */
const ANSWERS: Partial<Record<Fault, [status: number, headers: OutgoingHttpHeaders, body: string]>> = {
  '503': [503, { ...OPEN, 'x-ms-retry-after-ms': '1000' }, ''],
  '503-proxy': [503, HTML, '<h1>503 Service Temporarily Unavailable</h1>'],
  '429': [429, { ...OPEN, 'retry-after': '2' }, ''],
  portal: [200, HTML, '<!doctype html><title>Welcome to the hotel</title><form>Room number</form>'],
};

const MESSAGE = /"message":"((?:[^"\\]|\\.)*)"/g;

/** Messages of the errors in a body, whoever's form it has. */
function messagesIn(body: Buffer): string[] {
  const plain = body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body;
  return [...plain.toString().matchAll(MESSAGE)].map(([, message = '']) => message);
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export class FaultServer {
  fault: Fault = 'none';
  /** How often each message was posted whole. */
  readonly posted = new Map<string, number>();
  requests = 0;
  #server: Server | undefined;
  readonly #sockets = new Set<Socket>();

  private constructor(
    readonly port: number,
    readonly target: string,
  ) {}

  static async before(target: string): Promise<FaultServer> {
    const server = new FaultServer(await freePort(), target);
    await server.set('none');
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** From now on. Resolves when the port is open, or closed. */
  async set(fault: Fault): Promise<void> {
    this.fault = fault;
    if (fault === 'down') return this.close();
    if (this.#server) return;
    this.#server = createServer((incoming, response) => {
      // A browser that is killed has no further interest.
      this.#handle(incoming, response).catch(() => response.destroy());
    });
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    this.#server.listen(this.port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  /** Ends the connections that are open, as their systems do in the end. */
  letGo(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = undefined;
    const closed = once(server, 'close');
    server.close();
    this.letGo();
    await closed;
  }

  async #handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { fault } = this;
    if (incoming.method === 'OPTIONS') {
      // A preflight that fails would hide the fault from the post.
      if (fault !== 'silent') return this.#forward(incoming, response, Buffer.alloc(0));
      return;
    }
    if (fault === 'reset') {
      incoming.once('data', () => incoming.socket.resetAndDestroy());
      return;
    }
    const body = await bodyOf(incoming);
    this.requests++;
    for (const message of messagesIn(body)) this.posted.set(message, (this.posted.get(message) ?? 0) + 1);
    const answer = ANSWERS[fault];
    if (answer) {
      const [status, headers, text] = answer;
      response.writeHead(status, headers).end(text);
    } else if (fault !== 'silent') await this.#forward(incoming, response, body);
  }

  async #forward(incoming: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
    const { method, headers, url } = incoming;
    const forwarded = request(this.target + url, { method: method ?? 'GET', headers });
    forwarded.end(body);
    const [answer] = (await once(forwarded, 'response')) as [IncomingMessage];
    const text = await bodyOf(answer);
    if (this.fault === 'answer-lost' && method === 'POST') return void incoming.socket.resetAndDestroy();
    response.writeHead(answer.statusCode ?? 502, answer.headers).end(text);
  }
}
