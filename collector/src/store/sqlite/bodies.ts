import { inflateRawSync } from 'node:zlib';

/**
 * Bodies of one read together, inflated; one more may go beyond it. A body can have 64 MiB, and fifty of them
 * at once would end the thread. Characters.
 */
const MAX_BODIES = 32 * 1024 * 1024;

/** What `load` makes of the rows, until the bodies are many. */
export function bounded<R, T extends { readonly json: string }>(
  rows: readonly R[],
  load: (row: R) => T[],
): T[] {
  const loaded: T[] = [];
  let size = 0;
  for (const row of rows) {
    if (size >= MAX_BODIES) break;
    for (const item of load(row)) {
      size += item.json.length;
      loaded.push(item);
    }
  }
  return loaded;
}

export function inflate(body: Buffer): string {
  return inflateRawSync(body).toString();
}
