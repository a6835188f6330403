// The site: (Request) → Response. Server-rendered, works without JavaScript, and trusts no text it shows.
import { type Context, Hono, type Next } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { csrf } from 'hono/csrf';
import { HTTPException } from 'hono/http-exception';
import { createSessions } from '../access/sessions.js';
import { createSignIn } from '../access/sign-in.js';
import type { Store } from '../store/store.js';
import { noticePage } from './notice-page.js';
import { addPages } from './pages.js';
import { originOf } from './request.js';
import { addSigning, createGuard, type SiteEnv } from './signing.js';
import { STYLE, STYLE_PATH } from './style.js';

export interface Site {
  fetch(request: Request): Response | Promise<Response>;
}

interface Deps {
  readonly store: Store;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Told of what went wrong with a request. Default `console.error`. */
  readonly log?: (message: string, error: unknown) => void;
}

/** A form of this site is a name and a password. Bytes. */
const MAX_FORM = 16 * 1024;

const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  // Not `no-referrer`: with it browsers send `Origin: null` with our own forms too
  // (https://fetch.spec.whatwg.org/#append-a-request-origin-header; measured in Chromium), and over plain HTTP, where
  // there is no Sec-Fetch-Site, the Origin is all that tells them from another site's.
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

export function createSite({ store, now, log = console.error }: Deps): Site {
  const site = new Hono<SiteEnv>();
  const sessions = createSessions({ store, now });

  site.use(withHeaders);
  site.get(STYLE_PATH, (c) => {
    c.header('Cache-Control', 'public, max-age=31536000, immutable');
    return c.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' });
  });
  site.use(csrf({ origin: (origin, c) => origin === originOf(c.req.raw) }));
  site.use(bodyLimit({ maxSize: MAX_FORM }));
  addSigning(site, { sessions, signIn: createSignIn({ store, sessions, now }) });
  site.use(createGuard(sessions));
  addPages(site, { store, now });

  site.notFound((c) => {
    const text = 'There is nothing at this address. What was here may have been removed.';
    return c.html(noticePage(shellOf(c), 'Not found', text), 404);
  });
  site.onError((error, c) => {
    if (error instanceof HTTPException) return refused(error, c);
    log(`${c.req.method} ${c.req.path} failed`, error);
    const text =
      'The collector could not show this page. Its log says why. Nothing that was received is lost.';
    return c.html(noticePage(shellOf(c), 'Something went wrong', text), 500);
  });
  return { fetch: (request) => site.fetch(request) };
}

/** The middlewares' refusals, as pages. */
function refused({ status }: HTTPException, c: Context): Response | Promise<Response> {
  const text =
    status === 403
      ? 'This form was not sent from this site, so it was not acted upon.'
      : 'The collector did not understand this request.';
  return c.html(noticePage({}, 'Refused', text), status);
}

function shellOf(c: Context<SiteEnv>) {
  const user: string | undefined = c.get('user');
  return user === undefined ? {} : { user };
}

async function withHeaders(c: Context, next: Next): Promise<void> {
  await next();
  for (const [name, value] of Object.entries(HEADERS)) {
    if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  }
}
