// What the page says is wrong, in words: console.warn and console.error.
import { replace } from '../capture/replace.js';
import { readText, tagOf } from '../exception/read.js';
import { attempt } from '../platform/guard.js';
import type { Stop } from '../platform/platform.js';
import type { Watch } from './watch.js';

const { apply } = Reflect;

const MAX_PARTS = 8;
/** Our own words are no news. */
const OURS = 'crashpost: ';

/** Seen without a field of the value: what only looks like an error may be anything. */
const isRealError = (value: unknown): boolean =>
  /^(Error|DOMException)$/.test(tagOf(value)) || !!attempt(() => value instanceof Error);

/** Of an object only what it is: reading its fields could run the page's code, and tell what is the visitor's. */
function partOf(value: unknown): string {
  if (isRealError(value)) return `${readText(value, 'name')}: ${readText(value, 'message')}`;
  const isObject = (typeof value === 'object' && value) || typeof value === 'function';
  return isObject ? `[${tagOf(value)}]` : String(value);
}

export const onConsole = ({ platform: { realm }, keep }: Watch): Stop[] =>
  ['warn', 'error'].map((level) =>
    replace(realm.console, level, {
      crashpostCallback(native, self, args) {
        keep('console', () => {
          const text = args.slice(0, MAX_PARTS).map(partOf).join(' ');
          return text.startsWith(OURS) ? '' : `${level}: ${text}`;
        });
        return apply(native, self, args);
      },
    }),
  );
