// What is read from a request besides its path.

/** What is known of a request: where it came from and, once it was let in, who is signed in and may send forms. */
export type SiteEnv = { Bindings: Client; Variables: { user: string; formToken: string } };

/** For the pages of who is signed in. */
export function signedIn(c: { get(name: 'user' | 'formToken'): string }): {
  user: string;
  formToken: string;
} {
  return { user: c.get('user'), formToken: c.get('formToken') };
}

/** Who is at the other end of a connection. */
export interface Client {
  /** Its IP address; absent where there is no connection. */
  readonly address?: string | undefined;
  /** Whether it speaks TLS, be it to a proxy; absent where only the request's address tells. */
  readonly isSecure?: boolean | undefined;
}

/** The origin the browser used. */
export function originOf({ req, env }: { req: { readonly url: string }; env: Client }): string {
  const { protocol, host } = new URL(req.url);
  return `${env.isSecure ? 'https:' : protocol}//${host}`;
}

/**
 * Where to go after sign-in: a path of this site, else `/`. Browsers read `//evil` and `/\evil` as other sites, drop
 * tabs and newlines first, and resolve `/.//evil` to `//evil` (https://url.spec.whatwg.org).
 */
export function toReturnPath(next: unknown): string {
  if (typeof next !== 'string' || next.length > 2000 || !/^\/[\x21-\x5b\x5d-\x7e]*$/.test(next)) return '/';
  const here = 'http://here.invalid';
  const url = URL.canParse(next, here) ? new URL(next, here) : undefined;
  if (url?.origin !== here || url.pathname.startsWith('//')) return '/';
  return url.pathname + url.search;
}
