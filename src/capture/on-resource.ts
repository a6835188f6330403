import type { Platform, Stop } from '../platform/platform.js';
import type { Thrown } from '../thrown.js';

/** What an element that loads something says of it. */
type Loading = Partial<Pick<HTMLImageElement, 'currentSrc' | 'src'>> &
  Partial<Pick<HTMLLinkElement, 'href' | 'rel'>> &
  Partial<Pick<HTMLObjectElement, 'data'>>;

/** Some addresses are the data themselves. Characters. */
const MAX_URL = 1_024;

/** Addresses remembered: a script that is polled has another query each time. Then it begins anew. */
export const MAX_SEEN = 1_000;

/** Links of other kinds, icons and hints, may fail without harm. */
const NEEDED = /stylesheet|modulepreload/;

/**
 * Scripts, styles, images and media that do not load, each address once, as handled errors: the page lives on. The
 * browser tells which, in a plain Event at the element, and never why.
 */
export function onResource({ on }: Platform, report: (thrown: Thrown) => void): Stop {
  const seen = new Set<string>();
  return on('error', ({ target }) => {
    const { localName, currentSrc, src, href, data, rel } = target as Element & Loading;
    const address = currentSrc || src || href || data;
    // Only elements have a name. An SVG's address is no text.
    if (!localName || typeof address !== 'string' || (rel && !NEEDED.test(rel))) return;
    // Another query asks for another script; an image's may be anything, and say anything of anybody.
    const url = address.replace(localName === 'script' ? /#.*/s : /[?#].*|;base64.*/s, '').slice(0, MAX_URL);
    if (seen.has(url)) return;
    if (seen.size >= MAX_SEEN) seen.clear();
    seen.add(url);
    const value = new Error(`<${localName}> did not load: ${url}`);
    // It was made here, but not by the page's calls: they are unknown.
    report({ value: Object.assign(value, { name: 'ResourceError', stack: '' }), handled: true });
  });
}
