// A POST of logs and its answer, whatever carried them: node:http or fetch.

export interface IncomingPost {
  /** Upper case. */
  readonly method: string;
  readonly query: URLSearchParams;
  /** The value of a header, its name in lower case. */
  header(name: string): string | undefined;
  /** The body, where all of it has come already: then nothing is left to be read of `body`. Called once at most. */
  readonly whole?: () => Uint8Array | undefined;
  /** Read at most once, and not always to its end. */
  readonly body: AsyncIterable<Uint8Array>;
}

export interface Answered {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON; empty only for a preflight. */
  readonly body: string;
}

/** Answers a post. Never rejects. */
export type Ingest = (post: IncomingPost) => Promise<Answered>;

/**
 * Whether a path is where logs are posted: `/logs` below any prefix. App Center's SDKs concatenate the log URL
 * and `/logs`, so that a log URL with a slash at its end gives `//logs`.
 */
export function isLogsPath(path: string): boolean {
  return /\/logs\/*$/i.test(path);
}
