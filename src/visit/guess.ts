// What most likely ended a visit that did not say goodbye.
import type { VisitRecord } from './record.js';

/** From here on a page is taken to have run out of memory. */
const NEARLY_FULL = 0.9;

export const OUT_OF_MEMORY = 'The page most likely ran out of memory';

/** @param how many ended since the last start, this one among them, and whether this very tab had that visit before */
export function guessEnd(
  record: VisitRecord,
  { together, sameTab }: { together: number; sameTab: boolean },
): string {
  if ((record.full ?? 0) >= NEARLY_FULL) return OUT_OF_MEMORY;
  if (together > 1) return 'The browser most likely crashed or was killed, or the system shut down';
  if (sameTab) return 'The tab most likely crashed';
  return 'The tab or the browser crashed or was killed, or the system shut down';
}
