import { deflateRawSync, inflateRawSync } from 'node:zlib';

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

/**
 * What zlib is given room for at a time. Its default, 16 KiB, is allocated for the smallest log and costs half of what
 * deflating one does (measured: 24 µs for 4.9 kB, and 48 µs with the default). Bytes.
 */
const MIN_CHUNK = 1024;
const MAX_CHUNK = 64 * 1024;

/** Level 1: 3.6 to 7 times smaller; higher levels gain little. */
export function deflate(text: Buffer): Buffer {
  return deflateRawSync(text, { level: 1, chunkSize: chunkOf(text.length / 2) });
}

export function inflate(body: Buffer): string {
  return inflateRawSync(body, { chunkSize: chunkOf(body.byteLength * 8) }).toString();
}

function chunkOf(bytes: number): number {
  return Math.max(MIN_CHUNK, Math.min(Math.ceil(bytes), MAX_CHUNK));
}
