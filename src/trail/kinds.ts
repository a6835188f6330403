// Which kinds of breadcrumbs there are, and which are wanted.
import type { Platform } from '../platform/platform.js';

/** Every kind that is kept of itself; each can be switched off. */
export const KINDS = [
  'navigation',
  'clicks',
  'requests',
  'console',
  'visibility',
  'network',
  'freezes',
] as const;
export type Kind = (typeof KINDS)[number];

/** Whether a kind is wanted: all are, but those switched off. What is neither true nor false is told, and ignored. */
export function toWanted(breadcrumbs: unknown, say: Platform['say']): (kind: Kind) => boolean {
  const tell = (what: string, instead: string) => say(`breadcrumbs${what}; write ${instead}`);
  if (breadcrumbs === undefined || typeof breadcrumbs === 'boolean') return () => breadcrumbs !== false;
  if (typeof breadcrumbs !== 'object' || !breadcrumbs) {
    tell(' cannot be what it is', 'false, or { clicks: false }');
    return () => true;
  }
  const given = new Map(Object.entries(breadcrumbs));
  for (const [name, value] of given) {
    if (!KINDS.some((kind) => kind === name)) tell(` have no kind ${name}`, `one of ${KINDS.join(', ')}`);
    else if (value !== undefined && typeof value !== 'boolean')
      tell(`.${name} cannot be what it is`, 'false or true');
  }
  return (kind) => given.get(kind) !== false;
}
