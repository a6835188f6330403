// What is read from a request besides its path.

/** What is known of a request: where it came from and, once it was let in, the name of who is signed in. */
export type SiteEnv = { Bindings: Client; Variables: { user: string } };

/** Who is at the other end of a connection. */
export interface Client {
  /** Its IP address; absent where there is no connection. */
  readonly address?: string | undefined;
}

/** Where a proxy stands: on this machine, in its container network, in its local network. */
const NEAR = /^(?:::ffff:)?(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)|^(?:::1$|f[cd][\da-f]{2}:)/i;

/** The address a request came from; what a proxy nearby says of it, which names the client last. Empty when unknown. */
export function addressOf(request: Request, { address = '' }: Client): string {
  const forwarded = request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim();
  return forwarded && /^[\da-f.:]{2,45}$/i.test(forwarded) && NEAR.test(address) ? forwarded : address;
}

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
