import { attempt, type Guard } from '../platform/guard.js';
import type { Platform, Stop } from '../platform/platform.js';
import type { Thrown } from '../thrown.js';

/** How long an event waits for its claim: either may come first (measured, by a few milliseconds). Milliseconds. */
export const CLAIM_WAIT = 500;
/** Claims kept: where a page calls `preventDefault` in `worker.onerror`, the event of one never comes. */
const MAX_CLAIMS = 500;

/** What reporters of one origin tell each other. */
export interface Word {
  /** The error that the sender reports. */
  readonly claim?: string;
  /** An occurrence that the sender may not live to report. */
  readonly take?: unknown;
}

type Place = NonNullable<Thrown['event']>;

/** What worker and page see of the same error, the same in all three engines (measured). Cut, as it is posted. */
export const claimOf = ({ filename, lineno, colno, message }: Place): string =>
  [filename, lineno, colno, message].join('\n').slice(0, 1_000);

/** The event of what may be a worker's: it has no value. "Script error." and `throw null` have none either. */
const relayedOf = ({ value, event }: Thrown): Place | undefined =>
  (value ?? null) === null ? event : undefined;

export interface RelayOptions<T> {
  readonly platform: Platform;
  readonly guard: Guard;
  /** Puts it on disk, not to be posted; gives what takes it away again. */
  readonly hold: (what: T) => () => unknown;
  /** Counts and posts it. */
  readonly admit: (what: T) => void;
}

export interface Relay<T> {
  /** `what` there is to say of `thrown`. If that may be a worker's, it waits for the word of a reporter there. */
  admit(what: T, thrown: Thrown): void;
  readonly stop: Stop;
}

/**
 * Hears what reporters in workers say. The channel stays open in the back/forward cache: a page loses its place there
 * only when a worker of another tab has an error (https://github.com/whatwg/html/issues/7253).
 */
export function createRelay<T>({ platform, guard, hold, admit }: RelayOptions<T>): Relay<T> {
  const { now, later, on, openChannel } = platform;
  const waiting = new Set<() => void>();
  const claims: { claim: string; at: number }[] = [];
  const channel = attempt(openChannel);
  if (channel)
    channel.onmessage = guard(({ data: { claim, take } }: MessageEvent<Word>) => {
      if (claim && claims.push({ claim, at: now() }) > MAX_CLAIMS) claims.shift();
      if (take) admit(take as T);
    });
  const settleAll = () => {
    for (const settle of waiting) settle();
  };
  // The user may never come back to where it is held.
  const leave = on('pagehide', settleAll);
  return {
    admit: (what, thrown) => {
      const event = relayedOf(thrown);
      if (!event) return admit(what);
      const forget = hold(what);
      const settle = guard(() => {
        if (!waiting.delete(settle)) return;
        // One claim for each event: 20 errors have 20. The same worker in another tab claims too, and what it said
        // long ago was not of this event.
        const i = claims.findIndex(
          ({ claim, at }) => claim === claimOf(event) && now() - at < 2 * CLAIM_WAIT,
        );
        if (i < 0) admit(what);
        else claims.splice(i, 1);
        return forget();
      });
      waiting.add(settle);
      later(settle, CLAIM_WAIT);
    },
    stop: () => {
      leave();
      // Now, while there is somebody to take it.
      settleAll();
      channel?.close();
    },
  };
}
