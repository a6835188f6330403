import { createHash } from 'node:crypto';

/** SHA-256 of a token, in hex: what the store has of it. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
