// Name and password → session, or why not.
import type { Store } from '../store/store.js';
import { createAttempts } from './attempts.js';
import { verifyPassword } from './password.js';
import { senderOf } from './sender.js';
import type { Sessions } from './sessions.js';
import { createTurns } from './turns.js';

/** A hash of no password: an unknown name costs the same work as a known one, so that time tells nobody which exist. */
const NOBODY = `$scrypt$ln=15,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/**
 * Each check takes 32 MiB and one of Node's four worker threads for 100 ms; inflating posts needs them too. Addresses
 * take turns, so that a stranger who keeps asking makes nobody else wait for more than one of his checks; who comes
 * last of them all waits 5 s, half of what a form may take.
 */
const CHECKS = { atOnce: 2, perSender: 10, senders: 100 };

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
  const turns = createTurns(CHECKS);

  async function fits(name: string, password: string): Promise<boolean> {
    const user = await store.user(name);
    const right = await verifyPassword(password, user?.passwordHash ?? NOBODY);
    return right && user !== undefined;
  }

  return async (name: string, password: string, address: string): Promise<SignIn> => {
    if (name === '' || name.length > MAX_NAME) return { refused: 'wrong' };
    const sender = senderOf(address);
    const wait = attempts.waitOf(name, sender);
    if (wait > 0) return { refused: 'wait', wait };
    const turn = turns.take(sender);
    if (!turn) return { refused: 'busy' };
    attempts.begin(name, sender);
    const done = await turn;
    try {
      if (!(await fits(name, password))) return { refused: 'wrong' };
    } finally {
      done();
    }
    attempts.succeeded(name, sender);
    return { token: await sessions.begin(name) };
  };
}
