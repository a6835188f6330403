// What is read from a request besides its path.

/** What is known of a request once it was let in: the name of who is signed in. */
export type SiteEnv = { Variables: { user: string } };

/** The origin the browser used. A proxy in front of the collector speaks TLS for it and says so. */
export function originOf(request: Request): string {
  const { protocol, host } = new URL(request.url);
  const forwarded = request.headers.get('x-forwarded-proto')?.split(',')[0]?.trim().toLowerCase();
  return `${forwarded === 'https' ? 'https:' : protocol}//${host}`;
}

/** The page asked for, from 1; 1 for what is no page. */
export function pageOf(text: string | undefined): number {
  return text !== undefined && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 1;
}

/** The id a path names; absent for what no store hands out. */
export function idOf(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
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
