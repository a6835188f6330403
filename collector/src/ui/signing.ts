// Signing in and out, and who is let in.
import type { Context, Hono, Next } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { formTokenOf, SESSION_MS, type Sessions } from '../access/sessions.js';
import type { SignIn } from '../access/sign-in.js';
import { fieldsOf } from './form.js';
import { type SignInContent, signInPage } from './notice-page.js';
import { originOf, type SiteEnv, toReturnPath } from './request.js';

const COOKIE = 'crashpost-session';

interface Deps {
  readonly sessions: Sessions;
  readonly signIn: (name: string, password: string, address: string) => Promise<SignIn>;
  /** Told who signed in and who could not, from where: for people, and for what keeps guessers away. */
  readonly log: (message: string) => void;
}

export function addSigning(site: Hono<SiteEnv>, { sessions, signIn, log }: Deps): void {
  site.get('/sign-in', async (c) => {
    const next = toReturnPath(c.req.query('next'));
    if (await sessions.userOf(getCookie(c, COOKIE))) return c.redirect(next);
    return c.html(signInPage({ next }));
  });

  site.post('/sign-in', async (c) => {
    const field = await fieldsOf(c);
    const [name, password] = [field('name').trim(), field('password')];
    const next = toReturnPath(field('next'));
    const { address = '' } = c.env;
    const result = await signIn(name, password, address);
    // Quoted: it is whatever a stranger typed.
    const who = `${JSON.stringify(name.slice(0, 100))} from ${address || 'an unknown address'}`;
    log('refused' in result ? `sign-in refused (${result.refused}) to ${who}` : `sign-in of ${who}`);
    if ('refused' in result) return refuse(c, { next, name }, result);
    // The session this browser had is of no more use, not even to a thief of its cookie.
    await sessions.end(getCookie(c, COOKIE));
    putSession(c, result.token);
    return c.redirect(next, 303);
  });
}

/** Signs this browser in. */
export function putSession(c: Context<SiteEnv>, token: string): void {
  setCookie(c, COOKIE, token, { ...cookieOptions(c), maxAge: SESSION_MS / 1000 });
}

/** For who is signed in. */
export function addSignOut(site: Hono<SiteEnv>, sessions: Sessions): void {
  site.post('/sign-out', async (c) => {
    await sessions.end(getCookie(c, COOKIE));
    deleteCookie(c, COOKIE, cookieOptions(c));
    return c.redirect('/sign-in', 303);
  });
}

/** Lets on who is signed in; sends all others to sign in, and back to where they wanted to go. */
export function createGuard(sessions: Sessions) {
  return async (c: Context<SiteEnv>, next: Next) => {
    const token = getCookie(c, COOKIE) ?? '';
    const user = await sessions.userOf(token);
    if (user === undefined) {
      const { pathname, search } = new URL(c.req.url);
      const back = c.req.method === 'GET' && pathname !== '/' ? toReturnPath(pathname + search) : '/';
      return c.redirect(back === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(back)}`, 303);
    }
    c.set('user', user);
    c.set('formToken', formTokenOf(token));
    await next();
  };
}

function cookieOptions(c: Context) {
  const secure = originOf(c).startsWith('https:');
  return { httpOnly: true, sameSite: 'Lax', path: '/', secure } as const;
}

function refuse(c: Context, content: SignInContent, result: Exclude<SignIn, { token: string }>) {
  if (result.refused === 'wait') {
    const seconds = Math.ceil(result.wait / 1000);
    c.header('Retry-After', String(seconds));
    const fault = `Too many failed attempts with this name. Try again in ${seconds} seconds.`;
    return c.html(signInPage({ ...content, fault }), 429);
  }
  if (result.refused === 'busy') {
    c.header('Retry-After', '5');
    return c.html(signInPage({ ...content, fault: 'Too many people are signing in. Try again soon.' }), 503);
  }
  return c.html(signInPage({ ...content, fault: 'Name or password is wrong.' }), 403);
}
