// Signed-in browsers. The cookie holds 32 random bytes, the store their SHA-256: a copied database signs nobody in.
import { createHmac, randomBytes } from 'node:crypto';
import type { Store } from '../store/store.js';
import { hashOf } from './hash.js';

/** How long a browser stays signed in. Milliseconds. */
export const SESSION_MS = 30 * 24 * 3600 * 1000;

/** 32 bytes in base64url. */
const TOKEN = /^[\w-]{43}$/;

export interface Sessions {
  /** A new session; resolves with the token to put into the cookie. */
  begin(userName: string): Promise<string>;
  /** The name of the user a token signs in; absent when it is unknown, malformed or has expired. */
  userOf(token: string | undefined): Promise<string | undefined>;
  end(token: string | undefined): Promise<void>;
}

/** What the forms of a session carry: made of its token, which only its own browser has. */
export function formTokenOf(token: string): string {
  return createHmac('sha256', token).update('form').digest('base64url');
}

interface Deps {
  readonly store: Pick<Store, 'putSession' | 'session' | 'removeSession'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export function createSessions({ store, now }: Deps): Sessions {
  return {
    async begin(userName) {
      const token = randomBytes(32).toString('base64url');
      await store.putSession({ tokenHash: hashOf(token), userName, expiresAt: now() + SESSION_MS });
      return token;
    },
    async userOf(token) {
      if (token === undefined || !TOKEN.test(token)) return undefined;
      return (await store.session(hashOf(token), now()))?.userName;
    },
    async end(token) {
      if (token !== undefined && TOKEN.test(token)) await store.removeSession(hashOf(token));
    },
  };
}
