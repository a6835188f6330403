// The collector on a port: node:http (or node:https) for posts of logs, the site through Hono's adapter.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getRequestListener, RequestError } from '@hono/node-server';
import { fromNode } from './ingest/from-node.js';
import { type Ingest, isLogsPath } from './ingest/post.js';
import { refuseUnread } from './ingest/unread.js';
import { type Client, clientOf, type Trust } from './proxies.js';
import { StartError } from './server/start-error.js';
import { createStop } from './server/stop.js';
import { readTls, type TlsFiles, watchTls } from './server/tls.js';

export interface Listening {
  /** `http://127.0.0.1:8080`, without a slash at its end. */
  readonly url: string;
  /** Accepts nothing more, answers what is under way, hangs up. */
  close(): Promise<void>;
}

/** What is served: the app, as `createApp` makes it. */
interface Served {
  readonly logs: Ingest;
  fetch(request: Request, client: Client): Promise<Response>;
}

interface Where {
  readonly host: string;
  readonly port: number;
  /** Absent for plain HTTP. */
  readonly tls?: TlsFiles | undefined;
  /** Default: nobody. */
  readonly trusts?: Trust | undefined;
  /** Told what a person should know. */
  readonly log?: (message: string, error?: unknown) => void;
  /** How long a stop waits for the answers under way. Milliseconds. */
  readonly closeMs?: number;
  /** How long the body of a request to the site may take. Milliseconds. */
  readonly formMs?: number;
  /** How long a TLS handshake may take. Milliseconds. */
  readonly handshakeMs?: number;
}

/** Longer than the 60 s after which common proxies drop an idle connection: then it is they who do. */
const KEEP_ALIVE_MS = 65_000;

/** The largest body at the slowest pace that ingestion allows, and some. Its own limit answers earlier. */
const REQUEST_MS = 20 * 60_000;
const HEADERS_MS = 15_000;

const TIMES = { keepAliveTimeout: KEEP_ALIVE_MS, headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS };

/** Longer than the site itself waits for a form, which it answers; this is for bodies that nobody asked for. */
const FORM_MS = 12_000;

const CLOSE_MS = 5_000;

/** Rejects with `StartError`. */
export async function listen(app: Served, where: Where): Promise<Listening> {
  // Only the site needs the host, and says so; node:http would refuse who does not name it with an empty body.
  const options = { ...TIMES, requireHostHeader: false };
  const { tls, log = () => {} } = where;
  const { handshakeMs: handshakeTimeout = HEADERS_MS } = where;
  const secure = tls && createTlsServer({ ...options, handshakeTimeout, ...readTls(tls) });
  const server = secure ?? createServer(options);
  const hangUp = createStop(server, where.closeMs ?? CLOSE_MS);
  const logs = fromNode(app.logs);
  const site = siteOf(app, where);
  const isPost = ({ url = '' }: IncomingMessage) => isLogsPath(url.replace(/\?.*$/s, ''));
  const answer = (request: IncomingMessage, response: ServerResponse) =>
    (isPost(request) ? logs : site)(request, response);
  server.on('request', answer);
  // What else a client expects may be ignored (RFC 9110 §10.1.1); node:http answers 417 with an empty body.
  server.on('checkExpectation', answer);
  // A client that asks before it sends its body is told yes by whoever reads that body.
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (isPost(request)) return logs(request, response);
    response.writeContinue();
    return site(request, response);
  });
  server.on('clientError', refuseUnread);
  // That one writes, and hangs up when it is written: never, where the handshake failed.
  secure?.on('tlsClientError', (_error, socket) => socket.destroy());
  await bound(server, where);
  const unwatch = secure && tls && watchTls(secure, tls, { log });
  const stop = async () => {
    unwatch?.();
    await hangUp();
  };
  return { url: urlOf(server, where), close: stop };
}

function siteOf(app: Served, { formMs = FORM_MS, trusts = () => false, log = () => {} }: Where) {
  let isTold = false;
  const site = getRequestListener(
    (request, { incoming }) => {
      const client = clientOf(incoming as IncomingMessage, trusts);
      // Once: anybody can send such a header, but mostly it is a proxy that nobody has named yet.
      const isUnheard = incoming.headers['x-forwarded-for'] !== undefined && !trusts(peerOf(incoming));
      if (isUnheard && !isTold) log(unheard(peerOf(incoming)));
      isTold ||= isUnheard;
      return app.fetch(request, client);
    },
    { overrideGlobalObjects: false, errorHandler: (error) => toFailure(error, log) },
  );
  return (request: IncomingMessage, response: ServerResponse) => {
    // Without it a connection is held for as long as the largest attachment may take.
    const late = setTimeout(() => request.complete || request.socket.destroy(), formMs).unref();
    response.once('close', () => request.complete && clearTimeout(late));
    return site(request, response);
  };
}

/** Hono's adapter answers both without a body, of which nobody learns anything. */
function toFailure(error: unknown, log: (message: string, error?: unknown) => void): Response {
  if (error instanceof RequestError)
    return new Response(`This is no request to the collector: ${error.message}\n`, { status: 400 });
  log('a request could not be answered', error);
  return new Response('The collector could not answer this request\n', { status: 500 });
}

const peerOf = ({ socket }: Pick<IncomingMessage, 'socket'>): string => socket.remoteAddress ?? '';

const unheard = (peer: string): string =>
  `X-Forwarded-For from ${peer} is not believed; if that is your proxy, start with --trust-proxy ${peer}`;

function bound(server: Server, { host, port }: Where): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(toStartError(error, { host, port }));
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      resolve();
    });
  });
}

function toStartError(error: NodeJS.ErrnoException, { host, port }: Where): StartError {
  return new StartError(reasonOf(error, { host, port }), { cause: error });
}

function reasonOf({ code, message }: NodeJS.ErrnoException, { host, port }: Where): string {
  if (code === 'EADDRINUSE') {
    return `Port ${port} on ${host} is taken by another program: stop that one, or choose a port with --port N`;
  }
  if (code === 'EACCES') {
    return `This user may not listen on port ${port}: choose one from 1024 on, e.g. --port 8080`;
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return `${host} is no address of this machine: name one, e.g. --host 127.0.0.1`;
  }
  return `The collector cannot listen on port ${port} of ${host}: ${message}`;
}

function urlOf(server: Server, { host, tls }: Where): string {
  const { port } = server.address() as AddressInfo;
  const anywhere = host === '0.0.0.0' || host === '::';
  const shown = anywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `${tls ? 'https' : 'http'}://${shown}:${port}`;
}
