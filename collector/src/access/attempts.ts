// A limit on guessing passwords: ten failures for a name, then a minute's wait.

/** Failures of one name before it has to wait. */
const MAX_FAILURES = 10;
const WAIT_MS = 60_000;

/** Names remembered at once: what strangers type must not fill the memory. */
const MAX_NAMES = 10_000;

interface Failures {
  count: number;
  /** Milliseconds since the epoch. */
  since: number;
}

export interface Attempts {
  /** How long this name has to wait before its next attempt, in milliseconds; 0 when it may try. */
  waitOf(name: string): number;
  /** To be called before a password is checked: attempts at the same time count too. */
  begin(name: string): void;
  succeeded(name: string): void;
}

export function createAttempts(now: () => number): Attempts {
  const byName = new Map<string, Failures>();

  /** Failures are forgotten a minute after the last of them. */
  function failuresOf(name: string): Failures | undefined {
    const failures = byName.get(name);
    if (failures && now() - failures.since < WAIT_MS) return failures;
    byName.delete(name);
    return undefined;
  }

  return {
    waitOf(name) {
      const failures = failuresOf(name);
      return failures && failures.count >= MAX_FAILURES ? failures.since + WAIT_MS - now() : 0;
    },
    begin(name) {
      const count = (failuresOf(name)?.count ?? 0) + 1;
      byName.delete(name); // Put in again at the end: the Map stays in order of time.
      byName.set(name, { count, since: now() });
      const oldest = byName.size > MAX_NAMES ? byName.keys().next().value : undefined;
      if (oldest !== undefined) byName.delete(oldest);
    },
    succeeded(name) {
      byName.delete(name);
    },
  };
}
