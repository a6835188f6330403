// The browser's own word on a page that died (Reporting API, type `crash`): Chromium posts it to the endpoint that the
// site has named, even where nobody ever opens the site again. https://wicg.github.io/crash-reporting/

import { parseUuid } from '../texts.js';
import { CRASH_REPORT_KEY, isObject, QUERY_APP_SECRET } from '../wire.js';
import { createIngest, type IngestParts } from './ingest.js';
import { MAX_LOG_DEPTH } from './limits.js';
import { type Parsed, parseBody } from './parse.js';
import type { Ingest } from './post.js';
import { depthOf, type Slice } from './slices.js';
import { toText } from './text.js';

/** Where they are posted: no header can be asked for, so the app's secret stands in the path, or in the query. */
const PATH = /^\/reports(?:\/([^/]+))?\/*$/i;

export const isReportsPath = (path: string): boolean => PATH.test(path);

/** Characters of a text from the report itself. */
const MAX_TEXT = 1_000;
const MAX_STACK = 16_384;

/** What is known for sure, by `reason`; Chromium gives none where the process was killed or crashed by itself. */
const REASONS = new Map([
  ['oom', { type: 'OutOfMemory', message: 'The page ran out of memory' }],
  ['unresponsive', { type: 'Unresponsive', message: 'The page did not respond, and was ended' }],
]);
const CRASHED = { type: 'PageCrash', message: 'The process of the page crashed, or was killed' };

type Json = Record<string, unknown>;

const textOf = (of: Json, name: string, max = MAX_TEXT): string => {
  const value = of[name];
  return typeof value === 'string' ? value.slice(0, max) : '';
};
const objectIn = (of: Json, name: string): Json => {
  const value = of[name];
  return isObject(value) ? value : {};
};

/** What the page's reporter has left with the browser: the log of its end, as far as it came. */
function leftByPage(body: Json): { readonly log: Json; readonly install: unknown } {
  const none = { log: {}, install: undefined };
  try {
    const text = textOf(objectIn(body, 'crash_report_api'), CRASH_REPORT_KEY, 65_536);
    const left: unknown = JSON.parse(text);
    // Deeper, it can be read but not written again, and the report itself would be lost with it.
    if (!isObject(left) || depthOf(text) > MAX_LOG_DEPTH) return none;
    const log = objectIn(left, 'log');
    return parseUuid(log.id) ? { log, install: left.install } : none;
  } catch {
    return none; // The page had no reporter, or none that had begun: the report itself is all there is.
  }
}

/** What a user agent tells at a glance; the reporter's own word is better where there is one. */
function toDevice(userAgent: string): Json {
  const [, osName = 'unknown'] = /(Windows|Android|Mac OS X|CrOS|Linux)/.exec(userAgent) ?? [];
  const [, name, browserVersion] = /(Edg|OPR|Chrome)\/([\d.]+)/.exec(userAgent) ?? [];
  const named = { sdkName: 'reporting-api', sdkVersion: '1', locale: 'unknown', timeZoneOffset: 0 };
  const browser = name && { browserName: name === 'Edg' ? 'Edge' : name, browserVersion };
  return { ...named, osName, osVersion: 'unknown', appVersion: 'unknown', ...browser };
}

/** An address without query and fragment, which may be private. */
const bare = (url: string): string => url.replace(/[?#].*$/s, '');

/** The log of one `crash` report. */
function toLog(report: Json, receivedAt: number): { readonly log: Json; readonly install: unknown } {
  const body = objectIn(report, 'body');
  const { log, install } = leftByPage(body);
  const reason = textOf(body, 'reason');
  const known = REASONS.get(reason) ?? CRASHED;
  const stack = textOf(body, 'stack', MAX_STACK).replace(/^\n/, '');
  const age = Number(report.age);
  const at = new Date(receivedAt - (age >= 0 && age < receivedAt ? age : 0)).toISOString();
  const exception = { ...known, ...(stack && { stackTrace: `${known.type}: ${known.message}\n${stack}` }) };
  const properties = {
    ...objectIn(log, 'properties'),
    'crashpost.reason': reason || 'none given',
    'crashpost.visibility': textOf(body, 'visibility_state') || 'unknown',
    'crashpost.address': bare(textOf(report, 'url')),
  };
  const base = {
    processId: 0,
    processName: bare(textOf(report, 'url')),
    device: toDevice(textOf(report, 'user_agent')),
  };
  return {
    log: { ...base, ...log, type: 'managedError', fatal: true, timestamp: at, exception, properties },
    install,
  };
}

const toSlice = (json: string): Slice => ({ json, depth: depthOf(json) });

/**
 * The crashes among the reports of a body; other types are let pass, as a site may have one endpoint for all. The id of
 * a log is its visit's: the reporter's own report of that visit, at the next start, is the same log, and whichever comes
 * second is known already. Throws `Refused` 400 when it is no JSON.
 */
export function parseCrashReports(text: string, receivedAt: number): Parsed {
  const reports = parseBody(text, (key) => key === 'reports').logs.map(
    ({ json }) => JSON.parse(json) as unknown,
  );
  const found = reports
    .filter((report) => isObject(report) && report.type === 'crash')
    .map((report) => toLog(report as Json, receivedAt));
  const installId = parseUuid(found.find(({ install }) => install)?.install);
  const logs = found.map(({ log }) => toSlice(JSON.stringify(log)));
  return { logs, faults: [], installId };
}

/** Takes them as logs are taken; with `shared` of `parts` the limits are those of both together. */
export function createCrashReports(parts: IngestParts): Ingest {
  return createIngest({ ...parts, parse: (body, receivedAt) => parseCrashReports(toText(body), receivedAt) });
}

/** The query of such a post: the secret in its path stands for the one in its query. */
export function queryOfReports({ pathname, searchParams }: URL): URLSearchParams {
  const [, secret] = PATH.exec(pathname) ?? [];
  return secret === undefined ? searchParams : new URLSearchParams({ [QUERY_APP_SECRET]: secret });
}
