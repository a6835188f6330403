// Templates for hostile texts. Every text a page shows goes through `view`, so nothing can be forgotten: it escapes
// (hono/html does) and makes visible what would otherwise change how the text around it is read.
import { html } from 'hono/html';

/** Finished markup. */
export type Html = Extract<ReturnType<typeof html>, string>;

/** What may stand in a template. Nothing comes of `false` and `undefined`. */
export type Part = string | number | false | undefined | Html | readonly Part[];

/**
 * Controls, bidirectional overrides (https://trojansource.codes), other invisible characters, and half surrogate
 * pairs. Newline and tab stay; so do the joiners U+200C and U+200D, which Persian and emoji need.
 */
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;

/** A tagged template: strings are made visible and escaped, markup and numbers are taken as they are. */
export function view(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const markup = html(strings, ...parts.map(shownPart));
  if (markup instanceof Promise) throw new TypeError('A template waits for nothing');
  return markup;
}

function shownPart(part: Part): Part {
  if (Array.isArray(part)) return part.map(shownPart);
  return typeof part === 'string' ? visible(part) : part;
}

/** `text` with a mark in the place of each character that cannot be seen: `⟨U+202E⟩`. */
export function visible(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(INVISIBLE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}

/** At most `max` characters of a text, and how many were left out. */
export function bounded(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, max)}… (${text.length - max} more characters)`;
}
