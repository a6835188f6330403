// Tokens for programs. A token is `cpt_` and 32 random bytes; the store keeps its SHA-256.
import { randomBytes } from 'node:crypto';
import type { Scope, Store, Token } from '../store/store.js';
import { AccessError, toName } from './apps.js';
import { hashOf } from './hash.js';

const PATTERN = /^cpt_[\w-]{43}$/;

export interface Tokens {
  list(): Promise<Token[]>;
  /** Makes a token and resolves with it; nobody can read it again. Rejects with `AccessError`, or `StoreError` `duplicate`. */
  add(name: string, scope: string): Promise<string>;
  /** Rejects with `AccessError`. */
  remove(name: string): Promise<void>;
  /** What the program may do that sends this `Authorization`; undefined when it has no token of ours. */
  scopeOf(authorization: string | null | undefined): Promise<Scope | undefined>;
}

interface Deps {
  readonly store: Pick<Store, 'tokens' | 'token' | 'addToken' | 'removeToken'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export function createTokens({ store, now }: Deps): Tokens {
  return {
    list: () => store.tokens(),
    async add(name, scope) {
      if (scope !== 'read' && scope !== 'admin')
        throw new AccessError('invalid', `A scope is read or admin, not "${scope}"`);
      const token = `cpt_${randomBytes(32).toString('base64url')}`;
      await store.addToken({
        name: toName(name, 'A token'),
        tokenHash: hashOf(token),
        scope,
        createdAt: now(),
      });
      return token;
    },
    async remove(name) {
      if (!(await store.removeToken(name))) throw new AccessError('unknown', `There is no token "${name}"`);
    },
    async scopeOf(authorization) {
      const [, token = ''] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
      return PATTERN.test(token) ? (await store.token(hashOf(token)))?.scope : undefined;
    },
  };
}
