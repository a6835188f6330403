// How much parsing a body may cost. Bytes do not tell: 64 kB of gzip inflate to 62 MiB of `{},{},…`, which JSON.parse
// turns into 4 GB of objects, the HTTP thread standing still for 38 s (measured). The values do, and they are counted
// as the bytes arrive, before anything is parsed.
import { Refused } from './refused.js';

const COMMA = ','.charCodeAt(0);
const OPEN_ARRAY = '['.charCodeAt(0);
const OPEN_OBJECT = '{'.charCodeAt(0);

/**
 * Beyond so many a body must have `BYTES_PER_VALUE` for each. What is dearest to parse for its size on the wire is dense:
 * `{},`, `[[[[`, `0,`. The frames of a thread, even of an obfuscated program, have 12 and more.
 */
const DENSE_VALUES = 300_000;
const BYTES_PER_VALUE = 8;

/**
 * Returns what counts the braces, brackets and commas of one body, chunk by chunk: there are never more values than
 * these, and one. Those in texts count too, which is simpler and safe; base64 has none, and in UTF-8 they are part of
 * no other character. What it returns throws `Refused` 413 beyond `max`, and for a dense body beyond `DENSE_VALUES`.
 */
export function createValueCount(max: number): (chunk: Uint8Array) => void {
  let bytes = 0;
  let values = 0;
  /** Not counted yet: there are no more values than bytes, and most bodies never come that far. */
  let uncounted: Uint8Array[] = [];
  return (chunk) => {
    bytes += chunk.length;
    uncounted.push(chunk);
    if (bytes <= Math.min(max, DENSE_VALUES)) return;
    for (const one of uncounted) values += valuesIn(one);
    uncounted = [];
    const most = values * BYTES_PER_VALUE > bytes ? Math.min(max, DENSE_VALUES) : max;
    if (values > most) {
      const message = `at most ${most} values are taken; this body has more braces, brackets and commas`;
      throw new Refused(413, 'PayloadTooLarge', message);
    }
  };
}

function valuesIn(chunk: Uint8Array): number {
  let values = 0;
  for (let i = 0; i < chunk.length; i++) {
    const byte = chunk[i];
    if (byte === COMMA || byte === OPEN_ARRAY || byte === OPEN_OBJECT) values++;
  }
  return values;
}
