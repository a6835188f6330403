import { attempt } from '../platform/guard.js';
import type { Realm } from '../platform/platform.js';

/** https://developer.mozilla.org/docs/Web/API/Performance/memory ; Chromium only, and not in TypeScript's library. Bytes. */
interface Memory {
  readonly usedJSHeapSize: number;
  readonly jsHeapSizeLimit: number;
}

export interface MemoryTrend {
  /** `12, 80, 400 of 4096 MiB`: at first, and the last few that differ. */
  readonly text: string;
  /** From 0 to 1. */
  readonly full: number;
}

/** The first, and this many of the last. */
const LAST = 6;

const MIB = 1_048_576;

/** Looks each time it is called; gives nothing where the browser does not tell. */
export function createMemory({ performance }: Realm): () => MemoryTrend | undefined {
  const seen: number[] = [];
  return () => {
    const memory = attempt(() => (performance as Performance & { memory?: Memory }).memory);
    if (!memory) return undefined;
    const { usedJSHeapSize: used, jsHeapSizeLimit: limit } = memory;
    const mib = Math.round(used / MIB);
    // It is told coarsely, and seldom anew.
    if (mib !== seen.at(-1)) seen.push(mib);
    if (seen.length > LAST + 1) seen.splice(1, 1);
    return { text: `${seen.join(', ')} of ${Math.round(limit / MIB)} MiB`, full: used / limit };
  };
}
