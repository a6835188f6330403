import { AccessError } from './access-error.js';

/** What stands for every origin. */
export const ANY = 'any';

/**
 * A list with commas between, as browsers write origins; undefined for `any`. Throws `AccessError` `invalid`.
 * Also those of apps in a web view, and `null` for pages that have none.
 */
export function toOrigins(text: string): readonly string[] | undefined {
  const words = text.split(/[\s,]+/).filter(Boolean);
  if (words.length === 0 || (words.length === 1 && words[0] === ANY)) return undefined;
  return [...new Set(words.map(toOrigin))];
}

function toOrigin(word: string): string {
  const text = word.toLowerCase();
  if (text === 'null' || /^(?!https?:)[a-z][a-z0-9+.-]*:\/\/[^/?#@]+$/.test(text)) return text;
  // Without the port that the scheme has anyway, as browsers leave it out.
  if (/^https?:\/\/[^/?#@]+\/?$/.test(text) && URL.canParse(text)) return new URL(text).origin;
  throw new AccessError('invalid', `"${word}" is no origin; write e.g. https://shop.example`);
}
