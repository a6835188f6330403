// Requests of the page's scripts: method, address without its query, status and how long it took.
import { replace } from '../capture/replace.js';
import { attempt } from '../platform/guard.js';
import type { Stop } from '../platform/platform.js';
import type { Watch } from './watch.js';

const { apply } = Reflect;

/** `GET /api/cart`; an address of another origin as a whole. */
const describe = (method: unknown, url: unknown, bare: Watch['bare']): string =>
  `${String(method).toUpperCase()} ${bare(String(url))}`;

function describeFetch([input, init]: unknown[], bare: Watch['bare']): string {
  const request = input as Partial<Request>;
  const method = (init as RequestInit | undefined)?.method ?? request?.method ?? 'GET';
  return describe(method, request?.url ?? input, bare);
}

/**
 * The page is given a promise that follows the browser's own: one that nobody handles must still be nobody's, and what
 * is only looked at counts as handled.
 */
export function onFetch({ platform: { realm, now }, bare, keep }: Watch): Stop[] {
  const stop = replace(realm, 'fetch', {
    crashpostCallback(native, self, args) {
      const begun = now();
      const text = attempt(() => describeFetch(args, bare)) ?? '';
      const answer = apply(native, self, args) as Promise<Response>;
      const tell = (status: number) => keep('request', text, { status, ms: now() - begun });
      // Somebody's stand-in may give anything.
      if (typeof answer?.then !== 'function') return answer;
      return answer.then(
        (response) => {
          tell(response?.status);
          return response;
        },
        (error) => {
          tell(0);
          throw error;
        },
      );
    },
  });
  return [stop];
}

/** Listening as the page could; in the capture phase, so that it is told before the page makes anything of the answer. */
export function onXhr({ platform: { realm, now }, bare, keep }: Watch): Stop[] {
  const { XMLHttpRequest: Xhr, EventTarget: Target } = realm;
  if (!Xhr) return [];
  const opened = new WeakMap<object, { readonly text: string; readonly begun: number }>();
  const add = Target.prototype.addEventListener;
  const look = ({ currentTarget }: Event): void => {
    const xhr = currentTarget as XMLHttpRequest;
    const request = attempt(() => xhr.readyState === Xhr.DONE && opened.get(xhr));
    if (request) keep('request', request.text, { status: xhr.status, ms: now() - request.begun });
  };
  const stop = replace(Xhr.prototype, 'open', {
    crashpostCallback(native, self, args) {
      const result = apply(native, self, args);
      attempt(() => {
        const xhr = self as object;
        // The same listener is added once.
        apply(add, xhr, ['readystatechange', look, true]);
        opened.set(xhr, { text: describe(args[0], args[1], bare), begun: now() });
      });
      return result;
    },
  });
  return [stop];
}
