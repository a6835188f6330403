import type { Platform } from '../platform/platform.js';
import {
  type Answer,
  HEADER_APP_SECRET,
  HEADER_INSTALL_ID,
  HEADER_RETRY_AFTER_MS,
  LOGS_PATH,
  QUERY_APP_SECRET,
  QUERY_INSTALL_ID,
} from '../wire/index.js';
import type { Outcome } from './outcome.js';
import { NEVER } from './schedule.js';

/** Where to post, and as whom. A plain value: it is kept with the queue for the service worker. */
export interface Target {
  /** Without a slash at the end; `/logs` is appended. */
  readonly logUrl: string;
  readonly appSecret: string;
  readonly installId: string;
}

/**
 * Bytes of keepalive bodies in flight, all of the page's together (64 KiB; 512 are left for what the page itself
 * sends). Beyond it `fetch` rejects as if the network were down: https://fetch.spec.whatwg.org/#http-network-or-cache-fetch
 */
const KEEPALIVE_BYTES = 65_024;
/** An answer that does not come within this time is no answer. Milliseconds. */
const TIMEOUT = 30_000;
/** How long a collector that says "later" without saying when is left alone. Milliseconds. */
const LATER = 10_000;

export type Post = (json: readonly string[]) => Promise<Outcome>;

/** How long to wait: App Center's header, else Retry-After in seconds (https://www.rfc-editor.org/rfc/rfc9110#field.retry-after). */
function toDelay({ headers }: Response): number {
  const ms = headers.get(HEADER_RETRY_AFTER_MS) ?? Number(headers.get('Retry-After')) * 1000;
  // A second at least, whatever it says, and a day at most.
  return Math.min(Math.max(Number(ms) || LATER, 1_000), 86_400_000);
}

async function toOutcome(response: Response): Promise<Outcome> {
  const { status, ok } = response;
  const answer: Partial<Answer> | undefined = await response.json().catch(() => undefined);
  const { validDiagnosticsIds, throttledDiagnosticsIds: throttled, faults = [] } = answer ?? {};
  // A 4xx other than 408 and 429 means that trying again will not help (app-center.md §2.1).
  const later = !/^4(?!08|29)/.test(`${status}`);
  // A captive portal's page is no answer, whatever its status, nor is a proxy's 404: only a collector refuses for good.
  if (!validDiagnosticsIds || (later && !ok))
    return { kind: later ? 'retry' : 'blocked', after: toDelay(response) };
  const reason = `collector: ${status} ${answer?.status} ${faults}`;
  if (ok) {
    return {
      kind: 'accepted',
      ...(throttled?.length && { throttled, after: LATER }),
      ...(faults.length > 0 && { reason }),
    };
  }
  if (status === 401 || status === 403) return { kind: 'denied', reason, after: NEVER };
  return { kind: 'refused', reason };
}

/** One attempt at a batch. The request is begun in the caller's task; never rejects. */
export function createPost({ fetch, beacon }: Platform, target: Target): Post {
  const { logUrl, appSecret, installId } = target;
  const url = logUrl + LOGS_PATH;
  const headers = {
    'Content-Type': 'application/json',
    [HEADER_APP_SECRET]: appSecret,
    [HEADER_INSTALL_ID]: installId,
  };
  let inFlight = 0;
  return async (json) => {
    const body = `{"logs":[${json}]}`;
    // Not a Blob: making one asks the browser's process and takes 0.7 ms, this less than 0.1 (measured: Chromium 156).
    const { length: size } = new TextEncoder().encode(body);
    const keepalive = inFlight + size <= KEEPALIVE_BYTES;
    if (keepalive) inFlight += size;
    try {
      // Missing before Chrome 103 and Safari 16: there the browser's own time-out has to do.
      const signal = AbortSignal.timeout?.(TIMEOUT) ?? null;
      const init = { method: 'POST', headers, body, keepalive, credentials: 'omit', signal } as const;
      if (fetch) return await toOutcome(await fetch(url, init));
      // A beacon has no answer, not even when it says true: the logs stay queued, and the collector knows them when
      // they come again.
      beacon?.(`${url}&${QUERY_APP_SECRET}=${appSecret}&${QUERY_INSTALL_ID}=${installId}`, body);
    } catch {
      // No network, no collector, blocked by a policy: `fetch` does not tell which.
    } finally {
      // The browser frees its budget when the answer has been read, and not before.
      if (keepalive) inFlight -= size;
    }
    return { kind: 'retry' };
  };
}
