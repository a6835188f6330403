const MIB = 1024 * 1024;

/** What one post, and all posts together, may take of the collector. */
export interface Limits {
  /** One body as it is on the wire. Bytes. An attachment of 7 MiB is a body of 9.4 MB. */
  readonly rawBytes: number;
  /** One body after gzip. Bytes. */
  readonly inflatedBytes: number;
  /** Braces, brackets and commas in one body: what parsing it may cost, see values.ts. */
  readonly values: number;
  /** How long a body may make no progress, see `BYTES_PER_MS`. Milliseconds. */
  readonly bodyMs: number;
  /** Posts that wait for the store. */
  readonly waitingPosts: number;
  /** Bodies in memory, of all posts together. Bytes. */
  readonly heldBytes: number;
  /** Bytes of the disk that stay free: below it every post is put off. */
  readonly freeBytes: number;
  /** How long a post waits for the store before it is put off. Milliseconds. */
  readonly answerMs: number;
  /** Crashes (`managedError`, `appleError`) of one app in a minute; more are throttled. */
  readonly crashesPerMinute: number;
  /** Handled errors of one app in a minute; more are throttled. */
  readonly errorsPerMinute: number;
  /** How long ago a log may say it happened. Milliseconds. */
  readonly pastMs: number;
  /** How far in the future a log may say it happened. Milliseconds. */
  readonly futureMs: number;
  /** One attachment, decoded. Bytes. */
  readonly attachmentBytes: number;
  /** Whether a log without a field that App Center's swagger requires is refused, and not kept with a fault. */
  readonly requiredFields: boolean;
}

export const DEFAULT_LIMITS: Limits = {
  rawBytes: 16 * MIB,
  inflatedBytes: 64 * MIB,
  // A crash tells of all threads there are, and those of a leak are thousands: 200,000 frames are taken, of which SDKs
  // store half at most (10 MiB). Measured at this bound: frames cost 0.2 to 0.3 s of CPU and 40 MB; the worst shape, a
  // million different keys (10 MB), 1.8 s and 120 MB: for its size half as much again as 300,000 of them.
  values: 1_000_000,
  // Each by itself, with parsing, stays below the 10 s after which App Center's SDKs give up on an answer: they wait for
  // it from when they have written the body. From its first byte on it may be both together.
  bodyMs: 8_000,
  answerMs: 8_000,
  waitingPosts: 5_000,
  heldBytes: 256 * MIB,
  freeBytes: 256 * MIB,
  crashesPerMinute: 6_000,
  errorsPerMinute: 6_000,
  // A device that was offline for a month still tells the truth, and one whose clock is wrong has still crashed.
  pastMs: Number.POSITIVE_INFINITY,
  futureMs: Number.POSITIVE_INFINITY,
  attachmentBytes: 7 * MIB,
  requiredFields: false,
};

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * What App Center's document says it took (upload-crashes.md). Its 60 a minute lost reports that people needed. Not
 * `requiredFields`: eight of the twelve bodies the document prints lack a field that it or the swagger requires.
 */
export const APP_CENTER_LIMITS: Limits = {
  ...DEFAULT_LIMITS,
  crashesPerMinute: 60,
  errorsPerMinute: 60,
  pastMs: 25 * DAY_MS,
  futureMs: 3 * DAY_MS,
};

/** Logs in one post. Real ones have at most 50; without a limit `[1,1,1,…]` would fill the memory. */
export const MAX_LOGS = 10_000;

/** Faults named in one answer. */
export const MAX_FAULTS = 50;

/**
 * The slowest a body may come after its first `bodyMs`: 16 kB/s. A fixed time would refuse a large attachment
 * on a slow line for ever, and no limit lets anyone hold a connection for nothing.
 */
export const BYTES_PER_MS = 16;

/** What a reader of the store must be able to walk recursively. Real logs nest 40 deep at the very most. */
export const MAX_LOG_DEPTH = 256;
