// The page of a user, and the password form on it.
import type { Context, Hono } from 'hono';
import { AccessError } from '../access/access-error.js';
import type { Sessions } from '../access/sessions.js';
import type { SignIn } from '../access/sign-in.js';
import { createUsers } from '../access/users.js';
import type { Store } from '../store/store.js';
import { accountPage } from './account-page.js';
import { fieldsOf } from './form.js';
import { type SiteEnv, signedIn } from './request.js';
import { putSession } from './signing.js';

interface Deps {
  readonly store: Store;
  readonly sessions: Sessions;
  readonly signIn: (name: string, password: string, address: string) => Promise<SignIn>;
  /** Told who changed what. */
  readonly log: (message: string) => void;
}

const REFUSED = {
  wrong: 'That is not the password you have now.',
  busy: 'Too many people are signing in. Try again soon.',
  wait: 'Too many failed attempts. Try again in a minute.',
};

/** For who is signed in. */
export function addAccount(site: Hono<SiteEnv>, { store, sessions, signIn, log }: Deps): void {
  const users = createUsers(store);
  site.get('/account', (c) => c.html(accountPage(signedIn(c), { done: c.req.query('done') !== undefined })));

  site.post('/account/password', async (c) => {
    const [field, user] = [await fieldsOf(c), c.get('user')];
    // A browser left alone, or a stolen cookie, must not be enough: it is a sign-in, limited as any other.
    const checked = await signIn(user, field('current'), c.env.address ?? '');
    if ('refused' in checked) return refuse(c, REFUSED[checked.refused]);
    try {
      await users.setPassword(user, field('password'));
    } catch (error) {
      await sessions.end(checked.token);
      if (error instanceof AccessError) return refuse(c, `${error.message}.`);
      throw error;
    }
    log(`${user} chose a new password`);
    // All sessions are over now, this browser's too.
    putSession(c, await sessions.begin(user));
    return c.redirect('/account?done', 303);
  });
}

function refuse(c: Context<SiteEnv>, fault: string) {
  return c.html(accountPage(signedIn(c), { fault }), 400);
}
