// Where each log stands in a body. JSON.parse rounds integers beyond 2^53 (thread ids, addresses), so a log
// is kept as the text it came in, not as what JSON.stringify makes of it. `sliceLogs` reads text that JSON.parse
// has taken, and nothing is recursive: depth costs no stack.

import { MAX_LOGS } from './limits.js';
import { Refused } from './refused.js';

/** One value as it stands in the body. */
export interface Slice {
  readonly json: string;
  /** How deep objects and arrays nest in it, or up to `MAX_LOG_DEPTH` a number that is no less; a number has 0. */
  readonly depth: number;
  /** What `JSON.parse` makes of it, where that is known already. */
  readonly value?: unknown;
}

interface Extent {
  /** The first character after the value. */
  readonly end: number;
  readonly depth: number;
}

const QUOTE = '"'.charCodeAt(0);
const BACKSLASH = '\\'.charCodeAt(0);
const COMMA = ','.charCodeAt(0);
const [OPEN_ARRAY, CLOSE_ARRAY] = ['['.charCodeAt(0), ']'.charCodeAt(0)];
const [OPEN_OBJECT, CLOSE_OBJECT] = ['{'.charCodeAt(0), '}'.charCodeAt(0)];

/**
 * The elements of the array of logs: a bare array, or the last field whose name `isLogs` takes. Throws `Refused`
 * 413 when there are more than `MAX_LOGS`.
 */
export function sliceLogs(text: string, isLogs: (key: string) => boolean): Slice[] | undefined {
  let i = skipSpace(text, 0);
  if (text.charCodeAt(i) === OPEN_ARRAY) return elementsOf(text, i).slices;
  if (text.charCodeAt(i) !== OPEN_OBJECT) return undefined;
  let found: Slice[] | undefined;
  for (i = skipSpace(text, i + 1); text.charCodeAt(i) === QUOTE; ) {
    const keyEnd = endOfString(text, i);
    const key = JSON.parse(text.slice(i, keyEnd)) as string;
    const value = skipSpace(text, skipSpace(text, keyEnd) + 1);
    if (isLogs(key)) {
      const array = text.charCodeAt(value) === OPEN_ARRAY ? elementsOf(text, value) : undefined;
      found = array?.slices;
      i = array?.end ?? extentOf(text, value).end;
    } else i = extentOf(text, value).end;
    i = skipComma(text, i);
  }
  return found;
}

function elementsOf(text: string, open: number): { slices: Slice[]; end: number } {
  const slices: Slice[] = [];
  let i = skipSpace(text, open + 1);
  while (text.charCodeAt(i) !== CLOSE_ARRAY) {
    const { end, depth } = extentOf(text, i);
    slices.push({ json: text.slice(i, end), depth });
    if (slices.length > MAX_LOGS)
      throw new Refused(413, 'PayloadTooLarge', `at most ${MAX_LOGS} logs are taken`);
    i = skipComma(text, end);
  }
  return { slices, end: i + 1 };
}

/** How deep a value nests, of text that JSON.parse has taken. */
export function depthOf(json: string): number {
  return extentOf(json, skipSpace(json, 0)).depth;
}

/** Where the value that starts at `start` ends. */
function extentOf(text: string, start: number): Extent {
  let depth = 0;
  let deepest = 0;
  for (let i = start; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) i = endOfString(text, i) - 1;
    else if (c === OPEN_ARRAY || c === OPEN_OBJECT) {
      depth++;
      if (depth > deepest) deepest = depth;
    } else if (c === CLOSE_ARRAY || c === CLOSE_OBJECT) {
      // A bare number or word ends before the bracket of what it stands in.
      if (depth === 0) return { end: i, depth: deepest };
      depth--;
    } else if (depth > 0 || (c !== COMMA && !isSpace(c))) continue;
    else return { end: i, depth: deepest };
    if (depth === 0) return { end: i + 1, depth: deepest };
  }
  return { end: text.length, depth: deepest };
}

/** The first character after the text whose opening quote stands at `open`; 0 when none closes it. */
export function endOfString(text: string, open: number): number {
  let close = text.indexOf('"', open + 1);
  while (close > 0 && isEscaped(text, close)) close = text.indexOf('"', close + 1);
  return close + 1;
}

function isEscaped(text: string, at: number): boolean {
  let i = at - 1;
  while (text.charCodeAt(i) === BACKSLASH) i--;
  return (at - i) % 2 === 0;
}

function skipComma(text: string, start: number): number {
  const i = skipSpace(text, start);
  return text.charCodeAt(i) === COMMA ? skipSpace(text, i + 1) : i;
}

/** The first character from `start` on that is no blank of JSON's. */
export function skipSpace(text: string, start: number): number {
  let i = start;
  while (isSpace(text.charCodeAt(i))) i++;
  return i;
}

function isSpace(c: number): boolean {
  return c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09;
}
