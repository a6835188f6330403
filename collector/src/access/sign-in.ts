// Name and password → session, or why not.
import type { Store } from '../store/store.js';
import { createAttempts } from './attempts.js';
import { verifyPassword } from './password.js';
import type { Sessions } from './sessions.js';

/** A hash of no password: an unknown name costs the same work as a known one, so that time tells nobody which exist. */
const NOBODY = `$scrypt$ln=15,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** Each check takes 32 MiB and a thread for 100 ms; more at once than this is not people. */
const MAX_CHECKS = 16;

/** Longer names exist for nobody. Characters. */
const MAX_NAME = 200;

export type SignIn =
  | { readonly token: string }
  | { readonly refused: 'wrong' | 'busy' }
  /** Milliseconds. */
  | { readonly refused: 'wait'; readonly wait: number };

interface Deps {
  readonly store: Pick<Store, 'user'>;
  readonly sessions: Sessions;
  /** Milliseconds that never go back. */
  readonly ticks: () => number;
}

/** Returns what checks one attempt from an address and, where name and password fit, begins a session. */
export function createSignIn({ store, sessions, ticks }: Deps) {
  const attempts = createAttempts(ticks);
  let checks = 0;

  async function fits(name: string, password: string): Promise<boolean> {
    checks++;
    try {
      const user = await store.user(name);
      const right = await verifyPassword(password, user?.passwordHash ?? NOBODY);
      return right && user !== undefined;
    } finally {
      checks--;
    }
  }

  return async (name: string, password: string, address: string): Promise<SignIn> => {
    if (name === '' || name.length > MAX_NAME) return { refused: 'wrong' };
    const wait = attempts.waitOf(name, address);
    if (wait > 0) return { refused: 'wait', wait };
    if (checks >= MAX_CHECKS) return { refused: 'busy' };
    attempts.begin(name, address);
    if (!(await fits(name, password))) return { refused: 'wrong' };
    attempts.succeeded(name, address);
    return { token: await sessions.begin(name) };
  };
}
