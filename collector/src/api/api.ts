// The JSON API: what the site shows, and what may be done with apps, for programs with a token.
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { AccessError, createApps } from '../access/apps.js';
import { createTokens, type Tokens } from '../access/tokens.js';
import { type Scope, type Store, StoreError } from '../store/store.js';
import { addAppRoutes } from './apps.js';
import { addReadRoutes } from './reads.js';

export interface Api {
  fetch(request: Request): Response | Promise<Response>;
}

interface Deps {
  readonly store: Store;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Told what was changed, and what went wrong; who asked is told a sentence. */
  readonly log: (message: string, error?: unknown) => void;
}

/** A change is a name and a state. Bytes. */
const MAX_BODY = 16 * 1024;

export const API_PATH = '/api/v1';

export function createApi({ store, now, log }: Deps): Api {
  const api = new Hono().basePath(API_PATH);
  const needs = createNeeds(createTokens({ store, now }));
  api.use(async (c, next) => {
    await next();
    c.header('Cache-Control', 'no-store');
    c.header('X-Content-Type-Options', 'nosniff');
  });
  api.get('*', needs('read'));
  api.on(['POST', 'PATCH', 'PUT', 'DELETE'], '*', needs('admin'));
  api.use(bodyLimit({ maxSize: MAX_BODY }));
  addReadRoutes(api, { store, now });
  addAppRoutes(api, { apps: createApps({ store, now }), log });
  api.notFound((c) => failed(c, 404, 'There is nothing at this address'));
  api.onError((error, c) => answerTo(error, c, log));
  return { fetch: (request) => api.fetch(request) };
}

/** Returns what lets on a request with a token of a scope. */
function createNeeds(tokens: Tokens) {
  return (scope: Scope) => async (c: Context, next: () => Promise<void>) => {
    const given = await tokens.scopeOf(c.req.header('authorization'));
    if (given === undefined) {
      c.header('WWW-Authenticate', 'Bearer');
      return failed(c, 401, 'This needs a token: "crashpost-collector token add NAME" makes one');
    }
    if (scope === 'admin' && given !== 'admin') {
      c.header('WWW-Authenticate', 'Bearer error="insufficient_scope", scope="admin"');
      return failed(c, 403, 'This needs a token with the scope admin');
    }
    return next();
  };
}

const STATUS = { invalid: 400, unknown: 404, conflict: 409 } as const;

function answerTo(error: Error, c: Context, log: Deps['log']): Response {
  if (error instanceof HTTPException)
    return failed(c, error.status, error.message || 'The request was refused');
  if (error instanceof AccessError) return failed(c, STATUS[error.code], error.message);
  if (error instanceof StoreError && error.code === 'duplicate') return failed(c, 409, error.message);
  log(`${c.req.method} ${c.req.path} failed`, error);
  return failed(c, 500, 'The collector could not answer; its log says why');
}

function failed(c: Context, status: HTTPException['status'], message: string): Response {
  return c.json({ error: { message } }, status);
}
