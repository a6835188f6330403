// How many reports were given up, and why: kept beside the journal until a report that arrives has said it.
import { attempt } from '../platform/guard.js';
import type { Platform } from '../platform/platform.js';
import { EVICTED } from '../queue/care.js';

/** By the name of the property that says it. */
type Counts = Record<string, number>;

/** What could not be written, by its name in `localStorage`: as long as the page lives. */
const unwritten = new Map<string, Counts>();

export interface Losses {
  /** What has not been said yet, as properties of the report that says it now; undefined where there is nothing. */
  take(): Counts | undefined;
  /** Counts again what a report, or its properties, would have said, and nobody gets. Of anything else, nothing. */
  back(said: object | undefined): void;
  /** The log `json` goes nowhere. */
  lost(json: string | undefined): void;
}

/** `all`, and with it what `said` says of this kind, as numbers or as texts. */
function add(all: Counts, said: object = {}): Counts {
  for (const [name, value] of Object.entries(said))
    if (name.startsWith(EVICTED) && Number(value)) all[name] = (all[name] ?? 0) + Number(value);
  return all;
}

/** @param name of the counts in `localStorage`: they survive the tab, and whichever tab reports next takes them */
export function createLosses({ local }: Pick<Platform, 'local'>, name: string): Losses {
  const take = (): Counts | undefined => {
    const all = add({}, unwritten.get(name));
    unwritten.delete(name);
    attempt(() => {
      const text = local?.getItem(name);
      if (!text) return;
      // What cannot be removed would be said by each report.
      local?.removeItem(name);
      add(all, JSON.parse(text));
    });
    return Object.keys(all)[0] ? all : undefined;
  };
  const back = (said: object | undefined): void => {
    const all = add(take() ?? {}, said);
    if (!Object.keys(all)[0]) return;
    try {
      // Throws where there is none, too.
      (local as Storage).setItem(name, JSON.stringify(all));
    } catch {
      unwritten.set(name, all);
    }
  };
  return {
    take,
    back,
    lost: (json) => {
      // Most say nothing, and some are megabytes.
      if (json?.includes(EVICTED)) back(attempt(() => JSON.parse(json).properties));
    },
  };
}
