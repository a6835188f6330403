// What happened before: the last breadcrumbs, as many as one log may carry.
import { bytesOf } from '../platform/bytes.js';
import { toJson } from '../platform/json.js';
import { cutText } from '../platform/text.js';
import { type Breadcrumb, MAX_BREADCRUMB_BYTES, MAX_BREADCRUMBS } from '../wire/index.js';

/** Characters of one text. */
export const MAX_CRUMB_TEXT = 256;
/** Read of a text at most, before it is covered: what comes after is cut anyway. Characters. */
const MAX_READ = 1_024;
/**
 * All of them go with one report in this time, with others the last `FEW`: a burst of errors has one history, and the
 * browser takes 64 KiB from a page that is being left. Milliseconds.
 */
const FULL_EVERY = 1_000;
const FEW = 10;

export interface Ring {
  add(crumb: Breadcrumb): void;
  /** What a report made now carries, oldest first; nothing where there is none. */
  crumbs(): Breadcrumb[] | undefined;
  /** At most `count` of the last, oldest first. */
  last(count: number): Breadcrumb[];
}

export const toCrumbText = (text: string, cover: (text: string) => string): string =>
  cutText(cover(text.slice(0, MAX_READ)), MAX_CRUMB_TEXT);

export function createRing(now: () => number): Ring {
  const kept: { readonly crumb: Breadcrumb; readonly bytes: number }[] = [];
  let total = 0;
  let full = Number.NEGATIVE_INFINITY;
  const last = (count: number) => kept.slice(-count).map(({ crumb }) => crumb);
  return {
    add(crumb) {
      // And the comma before the next.
      const bytes = bytesOf(toJson(crumb)) + 1;
      kept.push({ crumb, bytes });
      total += bytes;
      while (kept.length > MAX_BREADCRUMBS || total >= MAX_BREADCRUMB_BYTES)
        total -= kept.shift()?.bytes ?? total;
    },
    crumbs() {
      if (kept.length === 0) return undefined;
      const time = now();
      // Not "later than": a clock may be put back.
      if (Math.abs(time - full) < FULL_EVERY) return last(FEW);
      full = time;
      return last(MAX_BREADCRUMBS);
    },
    last,
  };
}
