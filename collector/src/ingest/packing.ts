// How a body is packed: what its Content-Encoding says, and what its bytes do.
import { createGunzip, createInflate } from 'node:zlib';
import { Refused } from './refused.js';

export const INFLATE = { gzip: createGunzip, deflate: createInflate };

export type Packing = keyof typeof INFLATE;

/** What a Content-Encoding names. Throws `Refused` 415. */
export function toPacking(header: string | undefined): Packing | undefined {
  const name = header?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity') return undefined;
  if (name === 'gzip' || name === 'x-gzip') return 'gzip';
  if (name === 'deflate') return 'deflate';
  const message = `Content-Encoding: must be gzip, deflate or identity, is ${name}`;
  throw new Refused(415, 'UnsupportedEncoding', message);
}

/**
 * How a body is packed that begins so; two bytes are enough. They are believed and not what the header named: there are
 * proxies that inflate and leave the header there, and some that take it away. No JSON begins like either.
 */
export function packingOf(start: Uint8Array, named: Packing | undefined): Packing | undefined {
  const [first = 0, second = 0] = start;
  // https://www.rfc-editor.org/rfc/rfc1952#section-2.3.1
  if (first === 0x1f && second === 0x8b) return 'gzip';
  // https://www.rfc-editor.org/rfc/rfc1950#section-2.2
  const isZlib = (first & 15) === 8 && (first * 256 + second) % 31 === 0;
  return named === 'deflate' && isZlib ? 'deflate' : undefined;
}
