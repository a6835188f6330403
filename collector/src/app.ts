// The collector's line, each stage handed its neighbour: a post is taken and kept (ingest), then grouped and
// counted (digest), then shown (ui). Reading this file is reading the product.
import type { Settings } from './config.js';
import { createDigester } from './digest/digester.js';
import { fromFetch } from './ingest/from-fetch.js';
import { createIngest } from './ingest/ingest.js';
import { type Ingest, isLogsPath } from './ingest/post.js';
import type { Store } from './store/store.js';
import type { Client } from './ui/request.js';
import { createSite } from './ui/site.js';

export interface AppParts {
  readonly store: Store;
  readonly settings: Pick<Settings, 'limits'>;
  readonly log: (message: string, error?: unknown) => void;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
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

export function createApp({ store, settings, log, now = Date.now }: AppParts): CollectorApp {
  const digester = createDigester({ store, log });
  const ingest = createIngest({ store, limits: settings.limits, now, onKept: digester.wake, log });
  const site = createSite({ store, now, log });

  const logs = fromFetch(ingest);
  return {
    logs: ingest,
    async fetch(request, client) {
      const { pathname } = new URL(request.url);
      if (isLogsPath(pathname)) return logs(request);
      if (pathname === '/healthz') return healthy();
      return site.fetch(request, client);
    },
    wake: digester.wake,
    settled: digester.settled,
    close: digester.stop,
  };
}

function healthy(): Response {
  return new Response('ok', { headers: { 'content-type': 'text/plain', 'cache-control': 'no-store' } });
}
