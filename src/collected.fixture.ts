// docs/collected.md as data, and what a log has, to be held against each other.
import { readFileSync } from 'node:fs';

const text = readFileSync(new URL('../docs/collected.md', import.meta.url), 'utf8');
const [told = '', never = ''] = text.split('## What the protocol has');

/** The fields that have a line: `exception.frames.fileName`. */
export const TOLD: ReadonlySet<string> = new Set(
  [...told.matchAll(/^\| `([\w.]+)` \|/gm)].map(([, field = '']) => field),
);

/** Those that are said never to be sent. */
export const NEVER: ReadonlySet<string> = new Set(
  [...never.matchAll(/`([\w.]+)`/g)].map(([, field = '']) => field),
);

export interface Kept {
  /** `localStorage`, `sessionStorage`, `IndexedDB`; empty for what has no name in the page. */
  readonly place: string;
  readonly name: string;
  /** More may follow the name: the app's secret, an id. */
  readonly isPrefix: boolean;
}

/** What is kept in the browser: the rows of that table. */
export const KEPT: readonly Kept[] = [
  ...(told.split('## What is kept')[1] ?? '').matchAll(/^\| (.*?) \|/gm),
].flatMap(([, cell = '']) => {
  const [place = ''] = /^`?(local|session)Storage|^IndexedDB/.exec(cell) ?? [];
  return [...cell.matchAll(/`(crashpost[\w.]*)(…?)`/g)].map(([, name = '', more]) => ({
    place: place.replace('`', ''),
    name,
    isPrefix: more === '…',
  }));
});

/** Their names are the app's own. */
const FREE = ['properties', 'breadcrumbs.data'];

/** Every field of a log, by its path; of lists, those of their items; of inner exceptions, as of the outermost. */
export function fieldsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => fieldsOf(item, path));
  if (typeof value !== 'object' || !value || FREE.includes(path)) return [];
  return Object.entries(value).flatMap(([name, field]) => {
    const of = path && name !== 'innerExceptions' ? `${path}.${name}` : name;
    if (name === 'innerExceptions') return [`exception.${name}`, ...fieldsOf(field, 'exception')];
    return [of, ...fieldsOf(field, of)];
  });
}
