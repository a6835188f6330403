import { bytesOf } from '../platform/bytes.js';
import { attempt, settle } from '../platform/guard.js';
import type { Platform, Stop } from '../platform/platform.js';
import { within } from '../platform/within.js';
import type { LoadCare } from '../queue/care.js';
import { PATIENCE } from '../queue/connection.js';
import {
  type Answer,
  HEADER_APP_SECRET,
  HEADER_INSTALL_ID,
  HEADER_RETRY_AFTER_MS,
  LOGS_PATH,
  QUERY_APP_SECRET,
  QUERY_INSTALL_ID,
  type Target,
} from '../wire/index.js';
import type { Outcome } from './outcome.js';
import { FIRST_HALF, NEVER } from './schedule.js';

/**
 * Bytes of keepalive bodies in flight, all of the page's together (64 KiB; 512 are left for what the page itself
 * sends). Beyond it `fetch` rejects as if the network were down: https://fetch.spec.whatwg.org/#http-network-or-cache-fetch
 */
const KEEPALIVE_BYTES = 65_024;
/** An answer that does not come within this time is no answer. Milliseconds. */
const TIMEOUT = 30_000;
/** An attachment of megabytes takes longer on a slow network. Bytes in a millisecond. */
const SLOW = 20;
const NO_ANSWER: Outcome = { kind: 'retry' };

/** @param care what compresses; absent in the task of an error: then the request is begun before this returns */
export interface Post {
  (json: readonly string[], care?: LoadCare): Promise<Outcome>;
  /** A body of `size` bytes, posted now, would outlive the page. */
  hasRoom(size: number): boolean;
  readonly stop: Stop;
}

/**
 * How long to wait at least: App Center's header, else Retry-After, which is seconds or a date
 * (https://www.rfc-editor.org/rfc/rfc9110#field.retry-after). Of two, the one that can be read.
 */
function toDelay({ now }: Platform, { headers }: Response): number {
  const after = headers.get('Retry-After') ?? '';
  const ms = Number(headers.get(HEADER_RETRY_AFTER_MS)) || Number(after) * 1000 || Date.parse(after) - now();
  // A second at least, whatever it says, and a day at most.
  return Math.min(Math.max(ms || FIRST_HALF, 1_000), 86_400_000);
}

/** As ours are written; what is no text names none of them, and takes nothing from the others. */
const lower = (ids?: readonly unknown[] | null): string[] => ids?.map((id) => `${id}`.toLowerCase()) ?? [];

async function toOutcome(platform: Platform, response: Response): Promise<Outcome> {
  const { status, ok } = response;
  const answer: Partial<Answer> | undefined = await settle(response.json());
  const { validDiagnosticsIds, throttledDiagnosticsIds, faults } = answer ?? {};
  // A 4xx other than 408 and 429 means that trying again will not help (app-center.md §2.1).
  const later = !/^4(?!08|29)/.test(`${status}`);
  // A captive portal's page is no answer, whatever its status, nor is a proxy's 404: only a collector refuses for good.
  if (!validDiagnosticsIds || (later && !ok))
    return { kind: later ? 'retry' : 'blocked', after: toDelay(platform, response) };
  const reason = `collector: ${status} ${answer?.status} ${faults ?? ''}`;
  if (ok) {
    const throttled = lower(throttledDiagnosticsIds);
    return {
      kind: 'accepted',
      valid: lower(validDiagnosticsIds),
      ...(throttled[0] && { throttled, after: FIRST_HALF }),
      ...(faults?.[0] && { reason }),
    };
  }
  if (status === 401 || status === 403) return { kind: 'denied', reason, after: NEVER };
  return { kind: 'refused', reason };
}

/** One request: rejects where there is no answer, throws where `fetch` is missing or does. */
type Ask = (body: string | ArrayBuffer, size: number, keepalive: boolean) => Promise<Outcome>;

function createAsk(platform: Platform, url: string, headers: object) {
  const { fetch } = platform;
  let inFlight = 0;
  const ask: Ask = (body, size, keepalive) => {
    const encoding = typeof body !== 'string' && { 'Content-Encoding': 'gzip' };
    // Frees the connection. Missing before Chrome 103 and Safari 16.
    const timeout = Math.max(TIMEOUT, Math.ceil(size / SLOW));
    const signal = AbortSignal.timeout?.(timeout) ?? null;
    const init = {
      method: 'POST',
      headers: { ...headers, ...encoding },
      body,
      keepalive,
      credentials: 'omit',
      signal,
    } as const;
    // Begun here: what throws, throws at the caller.
    const asked = (fetch as typeof globalThis.fetch)(url, init);
    const cost = keepalive ? size : 0;
    inFlight += cost;
    const read = async () => {
      try {
        // WebKit gives a page that comes back from its back/forward cache none of the answers it had waited for, nor
        // is what it aborts rejected (measured: row 12a of e2e/faults). Its timers go on.
        return await within(platform, timeout, async () => await toOutcome(platform, await asked));
      } finally {
        // The browser frees its budget when the answer has been read, and not before.
        inFlight -= cost;
      }
    };
    return read();
  };
  return { ask, hasRoom: (size: number) => inFlight + size <= KEEPALIVE_BYTES };
}

const pack = async (care: LoadCare, realm: Platform['realm'], text: string) =>
  (await care()).gzip(realm, text);

function addressOf({ logUrl, appSecret, installId }: Target) {
  const url = logUrl + LOGS_PATH;
  return {
    url,
    beaconUrl: `${url}&${QUERY_APP_SECRET}=${appSecret}&${QUERY_INSTALL_ID}=${installId}`,
    headers: {
      'Content-Type': 'application/json',
      [HEADER_APP_SECRET]: appSecret,
      [HEADER_INSTALL_ID]: installId,
    },
  };
}

/** One attempt at a batch; never rejects. */
export function createPost(platform: Platform, target: Target): Post {
  const { hidden, realm } = platform;
  const { url, beaconUrl, headers } = addressOf(target);
  const { ask, hasRoom } = createAsk(platform, url, headers);
  let again = true;
  /** What has begun is heard out; nothing more is begun, as it may have been forbidden. */
  let ended = false;
  /** Whether what is compressed is let through; undefined while that is not known. */
  let zips: boolean | undefined;
  const post = async (json: readonly string[], care?: LoadCare) => {
    const text = `{"logs":[${json}]}`;
    // Compressing takes a few turns, which a page on its way out may not have, and what compresses may never come.
    const packed =
      care && zips !== false
        ? await settle(within(platform, PATIENCE, () => pack(care, realm, text)))
        : undefined;
    if (ended) return NO_ANSWER;
    const size = packed?.byteLength ?? bytesOf(text);
    const keepalive = hasRoom(size);
    let threw = true;
    try {
      const answer = ask(packed ?? text, size, keepalive);
      threw = false;
      const outcome = await answer;
      again = true;
      if (packed && outcome.kind === 'accepted') zips = true;
      return outcome;
    } catch {
      // No network, no collector, blocked by a policy, the page's own requests have used the budget up, or a gateway
      // does not let `Content-Encoding` through: `fetch` does not tell (https://github.com/whatwg/fetch/issues/1816).
    }
    if (ended) return NO_ANSWER;
    if (threw || (!care && hidden()))
      // A beacon has no answer, not even when it says true: the logs stay queued, and the collector knows them when
      // they come again.
      attempt(() => platform.beacon?.(beaconUrl, text));
    // Let through before, and not now: a laptop changes networks. The next try has its plain one.
    else if (packed && zips) zips = undefined;
    else if (packed || (!care && keepalive && again)) {
      // Once, and not again before somebody has answered: a network that is down says no as quickly. What is compressed
      // goes by the schedule.
      again = false;
      const outcome = await settle(ask(text, size, false));
      if (outcome) again = true;
      if (outcome && packed) zips = false;
      return outcome ?? NO_ANSWER;
    }
    return NO_ANSWER;
  };
  const stop = () => {
    ended = true;
  };
  return Object.assign(post, { hasRoom, stop });
}
