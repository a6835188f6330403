// The collector's line, each stage handed its neighbour: a post is taken and kept (ingest), then grouped and
// counted (digest), then shown (ui). Reading this file is reading the product.
import { OPENAPI_PATH, toOpenApi } from './api/openapi.js';
import type { Settings } from './config.js';
import { createDigester } from './digest/digester.js';
import { fromFetch } from './ingest/from-fetch.js';
import { createIngest } from './ingest/ingest.js';
import { type Ingest, isLogsPath } from './ingest/post.js';
import { createRefusals } from './ingest/refusals.js';
import type { Store } from './store/store.js';
import type { Client } from './ui/request.js';
import { createSite } from './ui/site.js';
import { VERSION } from './version.js';

/** How long the store may take to say that it is there: it may have a large body to read first. Milliseconds. */
const PING_MS = 3_000;

export interface AppParts {
  readonly store: Store;
  readonly settings: Pick<Settings, 'limits'>;
  readonly log: (message: string, error?: unknown) => void;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** Why posts must be put off just now, for a person. Default: never. */
  readonly pressure?: (() => string | undefined) | undefined;
  /** Default `PING_MS`. */
  readonly pingMs?: number;
}

export interface CollectorApp {
  /** The fast path for posts of logs. */
  readonly logs: Ingest;
  /** Everything the collector answers, posts of logs too. */
  fetch(request: Request, client?: Client): Promise<Response>;
  /** Digests what is kept and not digested yet. */
  wake(): void;
  /** Resolves when nothing is left to digest. */
  settled(): Promise<void>;
  /** Finishes what was begun. The store is the caller's. */
  close(): Promise<void>;
}

export function createApp({
  store,
  settings,
  log,
  now = Date.now,
  pingMs = PING_MS,
  pressure = () => undefined,
}: AppParts): CollectorApp {
  const digester = createDigester({ store, log });
  const refusals = createRefusals({ store, log });
  const ingest = createIngest({
    store,
    limits: settings.limits,
    now,
    pressure,
    onKept: digester.wake,
    onRefused: refusals.note,
    log,
  });
  const site = createSite({ store, now, log });

  const logs = fromFetch(ingest);
  const health = createHealth(store, pingMs);
  return {
    logs: ingest,
    async fetch(request, client) {
      const { pathname } = new URL(request.url);
      if (isLogsPath(pathname)) return logs(request);
      if (pathname === OPENAPI_PATH) return toOpenApiResponse();
      if (pathname === '/healthz') return toHealthResponse(await health());
      return site.fetch(request, client);
    },
    wake: digester.wake,
    settled: digester.settled,
    close: async () => {
      await Promise.all([digester.stop(), refusals.close()]);
    },
  };
}

/** Returns what tells why the collector is not well; nothing when it is. */
function createHealth(store: Pick<Store, 'ping'>, pingMs: number): () => Promise<string | undefined> {
  let asked: Promise<void> | undefined;
  return async () => {
    // One question for all who ask meanwhile: a store that does not answer is not asked again and again.
    asked ??= store.ping().finally(() => {
      asked = undefined;
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(resolve, pingMs, `The store has not answered for ${pingMs} ms.`);
    });
    const answer = asked.then(
      () => undefined,
      () => 'The store cannot be used; the log of the collector says why.',
    );
    return Promise.race([answer, late]).finally(() => clearTimeout(timer));
  };
}

function toHealthResponse(fault: string | undefined): Response {
  const headers = { 'content-type': 'text/plain', 'cache-control': 'no-store' };
  return new Response(fault ?? 'ok', { status: fault === undefined ? 200 : 503, headers });
}

/** For any page: generators and viewers of OpenAPI run in one. */
function toOpenApiResponse(): Response {
  const headers = { 'access-control-allow-origin': '*', 'cache-control': 'max-age=3600' };
  return Response.json(toOpenApi(VERSION), { headers });
}
