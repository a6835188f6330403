// A limit on guessing passwords: ten failures for a name from one address, then a minute's wait. By address too,
// because by name alone anybody could keep the one user out with ten wrong passwords a minute.

/** Failures of one name from one address before it has to wait there. */
const MAX_FAILURES = 10;

/** Failures of one name from all addresses together, before it has to wait wherever it never signed in. */
const MAX_FAILURES_ANYWHERE = 100;

/** Failures from one address, of whatever names, before names that never signed in there have to wait. */
const MAX_FAILURES_OF_ADDRESS = 30;

const WAIT_MS = 60_000;

/** Names and addresses remembered at once: what strangers type must not fill the memory. */
const MAX_KEYS = 10_000;

export interface Attempts {
  /** How long this name has to wait before its next attempt from this address, in milliseconds; 0 when it may try. */
  waitOf(name: string, address: string): number;
  /** To be called before a password is checked: attempts at the same time count too. */
  begin(name: string, address: string): void;
  succeeded(name: string, address: string): void;
}

/** @param ticks milliseconds that never go back: a clock that was put back a year would lock people out for a year. */
export function createAttempts(ticks: () => number): Attempts {
  const here = createFailures(MAX_FAILURES, ticks);
  const anywhere = createFailures(MAX_FAILURES_ANYWHERE, ticks);
  const ofAddress = createFailures(MAX_FAILURES_OF_ADDRESS, ticks);
  /** Where a name signed in before: attackers elsewhere cannot keep it out there. */
  const known = new Map<string, true>();
  // No address has a blank.
  const keyOf = (name: string, address: string) => `${address} ${name}`;

  return {
    waitOf(name, address) {
      const key = keyOf(name, address);
      if (known.has(key)) return here.waitOf(key);
      return Math.max(here.waitOf(key), anywhere.waitOf(name), ofAddress.waitOf(address));
    },
    begin(name, address) {
      here.count(keyOf(name, address));
      anywhere.count(name);
      ofAddress.count(address);
    },
    succeeded(name, address) {
      const key = keyOf(name, address);
      here.forget(key);
      anywhere.forget(name);
      putLast(known, key, true);
    },
  };
}

interface Failures {
  readonly count: number;
  /** When the last of them was. By the clock of `createAttempts`. */
  readonly since: number;
}

function createFailures(max: number, ticks: () => number) {
  const byKey = new Map<string, Failures>();

  /** Failures are forgotten a minute after the last of them. */
  function failuresOf(key: string): Failures | undefined {
    const failures = byKey.get(key);
    if (failures && ticks() - failures.since < WAIT_MS) return failures;
    byKey.delete(key);
    return undefined;
  }

  return {
    waitOf(key: string): number {
      const failures = failuresOf(key);
      return failures && failures.count >= max ? failures.since + WAIT_MS - ticks() : 0;
    },
    count(key: string): void {
      putLast(byKey, key, { count: (failuresOf(key)?.count ?? 0) + 1, since: ticks() });
    },
    forget(key: string): void {
      byKey.delete(key);
    },
  };
}

/** Puts an item at the end, so that the Map stays in order of time, and forgets the oldest when there are too many. */
function putLast<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  const oldest = map.size > MAX_KEYS ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
}
