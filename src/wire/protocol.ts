// The constants of the protocol. Sources: App Center's swagger and SDKs (reference: app-center.md §1, §2, §4)
// unless a line says otherwise.

export const API_VERSION = '1.0.0';

/** Appended to the log URL, as every App Center SDK does. */
export const LOGS_PATH = `/logs?api-version=${API_VERSION}`;

export const HEADER_APP_SECRET = 'App-Secret';
export const HEADER_INSTALL_ID = 'Install-ID';

/** Lower case on purpose: App Center's Android SDK looks the header up by this exact literal. */
export const HEADER_RETRY_AFTER_MS = 'x-ms-retry-after-ms';

/**
 * `sendBeacon` sets no headers (https://w3c.github.io/beacon/), so the beacon form carries them in the query.
 * An extension of crashpost.
 */
export const QUERY_APP_SECRET = 'app-secret';
export const QUERY_INSTALL_ID = 'install-id';

/** Logs in one batch, as App Center's channel groups. */
export const MAX_BATCH_LOGS = 50;

/** A userId is cut here. Characters. */
export const MAX_USER_ID = 256;

/** Properties of one handled error, and the length of a key or a value in characters. */
export const MAX_PROPERTIES = 20;
export const MAX_PROPERTY_LENGTH = 125;

/** Breadcrumbs of one log, and their bytes as JSON. An extension of crashpost. */
export const MAX_BREADCRUMBS = 100;
export const MAX_BREADCRUMB_BYTES = 16_384;

/** Under this name a page leaves the log of its end with the browser, whose crash report hands it on. */
export const CRASH_REPORT_KEY = 'crashpost';

/** Exceptions in one chain of causes. */
export const MAX_INNER_EXCEPTIONS = 16;

/** Where to post, and as whom. A plain value: it is kept with the queue for reporters in workers. */
export interface Target {
  /** Without a slash at the end; `LOGS_PATH` is appended. */
  readonly logUrl: string;
  readonly appSecret: string;
  readonly installId: string;
}

/** What the collector answers to a POST of logs; `status` is `Success` or the reason of a refusal. */
export interface Answer {
  status: string;
  /** Ids of diagnostics logs that are committed, now or by an earlier post of the same log. */
  validDiagnosticsIds: string[];
  /** Ids of diagnostics logs that were not taken because of a limit, and may be posted again later. */
  throttledDiagnosticsIds: string[];
  correlationId: string;
  /** Extension of crashpost: for a person, what was wrong with the request or its logs. */
  faults?: string[];
}
