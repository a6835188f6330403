/**
 * For relative addresses too, which say nothing to who looks for addresses in a text: an address without what may be private: user info, query and fragment; one of the page's own origin as a path. What
 * is no address says nothing.
 */
export function toBare(base: { readonly href: string; readonly origin: string }): (url: string) => string {
  return (url) => {
    const { protocol, origin, host, pathname } = new URL(url, base.href);
    // All there is of it is data.
    if (protocol === 'data:' || protocol === 'blob:') return protocol;
    return origin === base.origin ? pathname : `${protocol}//${host}${pathname}`;
  };
}
