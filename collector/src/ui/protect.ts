// What stands in front of every page: headers that leave a hostile text nothing to do, refusals, errors.
import type { Context, Hono, Next } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { csrf } from 'hono/csrf';
import { HTTPException } from 'hono/http-exception';
import { timeout } from 'hono/timeout';
import { noticePage } from './notice-page.js';
import { originOf, type SiteEnv } from './request.js';

/** A form of this site is a name, a password and a token. Bytes. */
const MAX_FORM = 16 * 1024;

/** How long a form may take, with what is done with it. Milliseconds. */
const FORM_MS = 10_000;

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

interface Deps {
  /** Told of what went wrong with a request; its sender is not. */
  readonly log: (message: string, error: unknown) => void;
  /** Default `FORM_MS`. */
  readonly formMs?: number | undefined;
}

export function addProtection(site: Hono<SiteEnv>, { log, formMs = FORM_MS }: Deps): void {
  site.use(withHeaders);
  site.use(csrf({ origin: (origin, c) => origin === originOf(c) }));
  site.post('*', timeout(formMs, new HTTPException(408)));
  site.use(bodyLimit({ maxSize: MAX_FORM }));

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
}

/** What a refusal says. */
const REASONS: Readonly<Partial<Record<number, string>>> = {
  403: 'This form was not sent from this site, or from a page of an earlier sign-in, so it was not acted upon.',
  408: 'The form did not arrive in time. Send it again.',
  413: 'This is more than any form of this site can hold.',
};

/** The middlewares' refusals, as pages. */
function refused({ status }: HTTPException, c: Context): Response | Promise<Response> {
  const text = REASONS[status] ?? 'The collector did not understand this request.';
  return c.html(noticePage({}, 'Refused', text), status);
}

function shellOf(c: Context<SiteEnv>) {
  const user: string | undefined = c.get('user');
  return user === undefined ? {} : { user, formToken: c.get('formToken') };
}

async function withHeaders(c: Context, next: Next): Promise<void> {
  await next();
  for (const [name, value] of Object.entries(HEADERS)) {
    if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  }
}
