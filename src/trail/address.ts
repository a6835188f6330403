/**
 * An address without what may be private (user info, query, fragment); one of the page's own origin as a path. Takes
 * relative ones too, which nobody can find in a text. Throws where it is none.
 */
export function toBare(base: { readonly href: string; readonly origin: string }): (url: string) => string {
  return (url) => {
    const { protocol, origin, host, pathname } = new URL(url, base.href);
    // All there is of it is data.
    if (protocol === 'data:' || protocol === 'blob:') return protocol;
    return origin === base.origin ? pathname : `${protocol}//${host}${pathname}`;
  };
}
