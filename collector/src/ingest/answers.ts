import { randomUUID } from 'node:crypto';
import { type Answer, HEADER_APP_SECRET, HEADER_INSTALL_ID, HEADER_RETRY_AFTER_MS } from '../wire.js';
import { MAX_FAULTS } from './limits.js';
import type { Answered } from './post.js';
import type { Refused } from './refused.js';

/** When a client that was put off may come again. Milliseconds; a whole number of seconds. */
const RETRY_AFTER_MS = 10_000;

/** A fault names the path to it, and a path has keys the client chose. Characters. */
const MAX_FAULT_LENGTH = 300;

const ALLOWED_HEADERS = [
  HEADER_APP_SECRET,
  HEADER_INSTALL_ID,
  'Content-Type',
  'Content-Encoding',
  // Sent by clients of App Center's API that are not its own SDKs.
  'X-Correlation-ID',
  'LogCount',
  'x-ms-client-request-id',
  'x-ms-correlation-id',
];

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': `${HEADER_RETRY_AFTER_MS}, retry-after`,
};

const JSON_HEADERS = {
  ...CORS,
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
};

/** The answer to a preflight: any page may post. */
export function preflight(): Answered {
  const headers = {
    ...CORS,
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': ALLOWED_HEADERS.join(', ').toLowerCase(),
    // A day; Chromium cuts it to two hours. Every preflight spared is a report that survives a closing page.
    'access-control-max-age': '86400',
  };
  return { status: 204, headers, body: '' };
}

/** What became of the logs of a post: ids as the client wrote them. */
interface Verdicts {
  readonly ids: readonly string[];
  readonly throttled: readonly string[];
  readonly faults: readonly string[];
}

export function success({ ids, throttled, faults }: Verdicts): Answered {
  return toAnswered(200, 'Success', { ids, throttled, faults });
}

export function refusal({ httpStatus, status, message }: Refused): Answered {
  const answered = toAnswered(httpStatus, status, { ids: [], throttled: [], faults: [message] });
  if (httpStatus === 405) return { ...answered, headers: { ...answered.headers, allow: 'POST, OPTIONS' } };
  if (httpStatus !== 503) return answered;
  const later = {
    // Lower case and whole milliseconds: App Center's Android SDK fails on anything else.
    [HEADER_RETRY_AFTER_MS]: String(RETRY_AFTER_MS),
    'retry-after': String(RETRY_AFTER_MS / 1000),
  };
  return { ...answered, headers: { ...answered.headers, ...later } };
}

function toAnswered(httpStatus: number, status: string, { ids, throttled, faults }: Verdicts): Answered {
  const answer: Answer = {
    status,
    validDiagnosticsIds: [...ids],
    throttledDiagnosticsIds: [...throttled],
    correlationId: randomUUID(),
  };
  if (faults.length > 0) answer.faults = faults.slice(0, MAX_FAULTS).map(cut);
  return { status: httpStatus, headers: JSON_HEADERS, body: JSON.stringify(answer) };
}

function cut(fault: string): string {
  return fault.length > MAX_FAULT_LENGTH ? `${fault.slice(0, MAX_FAULT_LENGTH)}…` : fault;
}
