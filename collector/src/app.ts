// The collector's line, each stage handed its neighbour: a post is taken and kept (ingest), then grouped and
// counted (digest), then shown (ui). Reading this file is reading the product.
import { createSecretsKept } from './access/secrets-kept.js';
import { createSecretsSeen } from './access/secrets-seen.js';
import { createTokens } from './access/tokens.js';
import { API_PATH, createApi } from './api/api.js';
import { OPENAPI_PATH, toOpenApi } from './api/openapi.js';
import { createWitnesses } from './clock/witnesses.js';
import type { Settings } from './config.js';
import { createDigester } from './digest/digester.js';
import type { Digests } from './digest/digests.js';
import { lookedAt } from './digest/looked-at.js';
import { createCrashReports, isReportsPath, queryOfReports } from './ingest/crash-reports.js';
import { fromFetch } from './ingest/from-fetch.js';
import { createIngest } from './ingest/ingest.js';
import { MAX_LOGS } from './ingest/limits.js';
import { type Ingest, isLogsPath } from './ingest/post.js';
import { createRefusals } from './ingest/refusals.js';
import { createShared } from './ingest/shared.js';
import { createMetrics } from './metrics/metrics.js';
import { createWatched } from './metrics/watched.js';
import type { RefusedSample, Store } from './store/store.js';
import type { Upkeep } from './store/upkeep.js';
import type { Client } from './ui/request.js';
import { createSite } from './ui/site.js';
import { VERSION } from './version.js';

/** How long the store may take to say that it is there: it may have a large body to read first. Milliseconds. */
const PING_MS = 3_000;

/** Posts that wait for the store when digestion steps back: a page that reports has one or two. */
const BUSY_POSTS = 8;

export interface AppParts {
  readonly store: Store & Pick<Upkeep, 'backlog' | 'secretsCounted' | 'keepSecretsCounted'>;
  /** Closed with the app. */
  readonly digests: Digests;
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
  /** Digests what is kept and not digested yet, soon. */
  wake(): void;
  /** Resolves when nothing is left to digest. */
  settled(): Promise<void>;
  /** Finishes what was begun. The store is the caller's. */
  close(): Promise<void>;
}

export function createApp({
  store,
  digests,
  settings,
  log,
  now = Date.now,
  pingMs = PING_MS,
  pressure = () => undefined,
}: AppParts): CollectorApp {
  const witnesses = createWitnesses({ limits: settings.limits, now });
  const { limits } = witnesses;
  const shared = createShared({ store, limits, log });
  const digester = createDigester({ store, digests, log, isBusy: () => shared.room.most() > BUSY_POSTS });
  const refusals = createRefusals({ store, log });
  const metrics = createMetrics({ backlog: () => store.backlog(), now });
  const secrets = createSecretsSeen(now);
  const secretsKept = createSecretsKept({ store, secrets, log });
  const parts = {
    ...{ store: metrics.measured(store), limits, shared, now, pressure, log },
    onKept: digester.wake,
    onSecret: secretsKept.note,
    onRefused: (appId: number, refused: readonly RefusedSample[]) => {
      refusals.note(appId, refused);
      metrics.refused(refused);
      witnesses.refused(refused);
    },
  };
  const seen = lookedAt(store, digester);
  const site = createSite({ store: seen, now, log, secrets });
  const api = createApi({ store: seen, now, log });
  const tokens = createTokens({ store, now });
  const watched = createWatched({ store, pingMs, pressure, tokens, text: metrics.text });
  // Reports of a browser have no time of their own: they are no word for our clock.
  const heard = { ...parts, store: witnesses.hearing(parts.store) };
  const counted = metrics.counted(createIngest(heard));
  const logs = fromFetch(counted);
  const crashReports = fromFetch(metrics.counted(createCrashReports(parts)), queryOfReports);
  return {
    logs: counted,
    async fetch(request, client) {
      const { pathname } = new URL(request.url);
      if (isLogsPath(pathname)) return logs(request);
      if (isReportsPath(pathname)) return crashReports(request);
      if (pathname === OPENAPI_PATH) return toOpenApiResponse();
      if (pathname.startsWith(`${API_PATH}/`)) return api.fetch(request);
      return (await watched(request)) ?? site.fetch(request, client);
    },
    wake: digester.wake,
    settled: digester.settled,
    close: async () => {
      await Promise.all([digester.stop(), refusals.close(), secretsKept.close()]);
    },
  };
}

/** For any page: generators and viewers of OpenAPI run in one. */
function toOpenApiResponse(): Response {
  const headers = { 'access-control-allow-origin': '*', 'cache-control': 'max-age=3600' };
  return Response.json(toOpenApi(VERSION, MAX_LOGS), { headers });
}
