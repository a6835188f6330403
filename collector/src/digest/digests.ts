// Digests of what waits for one: made in a thread of its own (digest-thread.ts), so that no report, however it is made, holds up
// a post or a page.
import type { Digest, Undigested } from '../store/store.js';
import { toDigest, toUnreadable } from './digest.js';

export interface Digests {
  /** Of the oldest that have none, at most `limit`. Rejects with `StoreError`. */
  next(limit: number): Promise<Round>;
  /** Ends what is under way: that is made again after the next start. */
  close(): Promise<void>;
}

export interface Round {
  readonly digests: readonly Digest[];
  /** Whether there may be others after them. */
  readonly more: boolean;
  /** What went wrong, for the log; those have a digest all the same. */
  readonly faults: readonly Fault[];
}

interface Fault {
  readonly reportId: string;
  readonly reason: string;
}

/** The digest of one report; and what went wrong. Throws nothing: one must not hold up all that come after it. */
export function digestOf(report: Undigested): [Digest, Fault[]] {
  const { id: reportId, fault } = report;
  if (fault !== undefined) return [toUnreadable(report, fault), [{ reportId, reason: fault }]];
  try {
    return [toDigest(report), []];
  } catch (error) {
    // `toDigest` is meant to throw nothing: whoever reads the log needs to know where it did.
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return [toUnreadable(report, 'reading it failed'), [{ reportId, reason }]];
  }
}
