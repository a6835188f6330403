// What machines ask of a collector: is it well, is it ready, what has it counted.
import type { Tokens } from '../access/tokens.js';
import type { Store } from '../store/store.js';

interface Parts {
  readonly store: Pick<Store, 'ping'>;
  /** How long the store may take to say that it is there. Milliseconds. */
  readonly pingMs: number;
  /** Why posts must be put off just now, for a person. */
  readonly pressure: () => string | undefined;
  readonly tokens: Pick<Tokens, 'scopeOf'>;
  readonly text: () => Promise<string>;
}

/** Returns what answers `/healthz`, `/readyz` and `/metrics`, and nothing for other paths. */
export function createWatched({ store, pingMs, pressure, tokens, text }: Parts) {
  const health = createHealth(store, pingMs);
  return async (request: Request): Promise<Response | undefined> => {
    const { pathname } = new URL(request.url);
    if (pathname === '/healthz') return toHealthResponse(await health());
    // Not well, or well and full: who balances load sends the posts elsewhere, and restarts nothing.
    if (pathname === '/readyz') return toHealthResponse((await health()) ?? pressure());
    if (pathname !== '/metrics') return undefined;
    // For who has a token: the numbers tell how a business goes.
    const scope = await tokens.scopeOf(request.headers.get('authorization'));
    return scope === undefined ? needsToken() : new Response(await text(), { headers: METRICS });
  };
}

const NO_STORE = { 'cache-control': 'no-store' };
const METRICS = { ...NO_STORE, 'content-type': 'text/plain; version=0.0.4; charset=utf-8' };

function needsToken(): Response {
  const how = 'This needs a token: "crashpost-collector token add NAME" makes one';
  const headers = { ...NO_STORE, 'content-type': 'text/plain', 'www-authenticate': 'Bearer' };
  return new Response(how, { status: 401, headers });
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
  const headers = { ...NO_STORE, 'content-type': 'text/plain' };
  return new Response(fault ?? 'ok', { status: fault === undefined ? 200 : 503, headers });
}
