import type { Platform, Stop } from '../platform/platform.js';
import type { Occurrence } from './to-log.js';

/** How often the same error is reported each time it is thrown; beyond it a page counts. */
export const FLOOD_LIMIT = 100;
/** Different errors told apart on one page; all others count as one. */
export const MAX_DIFFERENT = 1_000;
/** What was counted is reported this much later at the latest, or when the page is left. Milliseconds. */
export const FLUSH_AFTER = 10_000;
/** The property that says how often the same was thrown since the report before, this one not counted. */
export const REPEATS = 'crashpost.repeats';

/** What has been thrown of one error. */
interface Tally {
  thrown: number;
  /** At which count the next report is due. */
  due: number;
  /** Counted since the last report, and the latest of them. */
  counted: number;
  latest?: Occurrence;
}

export interface Flood {
  /** Hands `occurrence` on, or counts it. */
  admit(occurrence: Occurrence): void;
  readonly stop: Stop;
}

/** The same error: kind, words, and the place it came from. */
const keyOf = ({ handled, exception: { type, message = '', frames = [] } }: Occurrence): string => {
  const { fileName, lineNumber, columnNumber } = frames[0] ?? {};
  return [handled, type, message.slice(0, 256), fileName, lineNumber, columnNumber].join('\n');
};

/**
 * An error in an animation frame comes 60 times a second. The first `FLOOD_LIMIT` of each are reported one by one; from
 * then on one report stands for many, and says for how many: at each doubling (so a page that dies loses less than half
 * of a count), after `FLUSH_AFTER`, and when the page is left. Peers drop them uncounted, and an error that hits everybody
 * looks like one that hit once (sentry-javascript#2296).
 */
export function createFlood({ later, on }: Platform, report: (occurrence: Occurrence) => void): Flood {
  const tallies = new Map<string, Tally>();
  let cancel: Stop | undefined;
  const flush = (tally: Tally): void => {
    const { latest, counted } = tally;
    if (!latest) return;
    delete tally.latest;
    tally.counted = 0;
    if (counted < 2) report(latest);
    else {
      // Beside the app's own twenty: App Center's limit is its SDKs', and the collector takes more.
      report({ ...latest, properties: { [REPEATS]: `${counted - 1}`, ...latest.properties } });
    }
  };
  const flushAll = (): void => {
    cancel?.();
    cancel = undefined;
    for (const tally of tallies.values()) flush(tally);
  };
  const tallyOf = (key: string): Tally => {
    const known = tallies.get(key);
    if (known) return known;
    if (tallies.size >= MAX_DIFFERENT && key) return tallyOf('');
    const tally = { thrown: 0, due: FLOOD_LIMIT, counted: 0 };
    tallies.set(key, tally);
    return tally;
  };
  const stops = ['pagehide', 'visibilitychange'].map((type) => on(type, flushAll));
  return {
    admit(occurrence) {
      const tally = tallyOf(keyOf(occurrence));
      tally.thrown += 1;
      tally.counted += 1;
      tally.latest = occurrence;
      if (tally.thrown > tally.due) tally.due *= 2;
      if (tally.thrown <= FLOOD_LIMIT || tally.thrown === tally.due) flush(tally);
      else cancel ??= later(flushAll, FLUSH_AFTER);
    },
    stop() {
      flushAll();
      for (const stop of stops) stop();
    },
  };
}
