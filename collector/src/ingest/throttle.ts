/** What is counted apart, as App Center did. Attachments are not counted: each belongs to a report that was. */
export type Kind = 'crash' | 'error';

/** Counts one log of an app; false when it is one too many in this minute. */
export type Throttle = (appId: number, kind: Kind) => boolean;

const MINUTE_MS = 60_000;

/**
 * Counts by the minute, per app and kind.
 * @param ticks milliseconds that never go back: a clock that is put back would hold an app throttled until it is there again.
 */
export function createThrottle(
  limits: { readonly crashesPerMinute: number; readonly errorsPerMinute: number },
  ticks: () => number,
): Throttle {
  const most = { crash: limits.crashesPerMinute, error: limits.errorsPerMinute };
  let counts = new Map<string, number>();
  let minute = Number.NaN;
  return (appId, kind) => {
    const now = Math.floor(ticks() / MINUTE_MS);
    if (now !== minute) {
      minute = now;
      counts = new Map();
    }
    const key = `${appId}/${kind}`;
    const count = counts.get(key) ?? 0;
    if (count >= most[kind]) return false;
    counts.set(key, count + 1);
    return true;
  };
}
