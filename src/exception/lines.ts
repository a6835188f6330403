// From the text of a stack to single calls, for every engine. A stack is input a page can shape, so the work is bounded:
// of at most `MAX_STACK` characters at most `MAX_LINES` lines are read, of a line at most `MAX_LINE` characters; of these
// a pattern either reads each once or sees only `SHORT` of them. work.test.ts counts what is examined.

/** A call as an engine wrote it. */
export interface Call {
  readonly name: string;
  /** Empty where the call is in no file: the engine's own code, evaluated text. */
  readonly file: string;
  /** `:12:7`, `:12` or empty; in evaluated text, it counts from that text's begin. */
  readonly position: string;
  /** What is known beyond these: where `eval` was called, which function of a wasm module. */
  readonly code?: string | undefined;
}

/** What is longer is cut. The frames of a `data:` module have the whole module in each line. Characters, lines. */
const MAX_STACK = 4_194_304;
const MAX_LINES = 256;
const MAX_LINE = 1_024;
const SHORT = 64;

/** How a place begins in any engine: a scheme, a path, a marker. Names and URLs may hold "(" and "@" themselves. */
const PLACE = ' *(?:[a-z][a-z0-9+.-]{0,20}:(?!:)|\\.{0,2}/|<|(?:at )?eval at )';
const URL = '(?=data:|[\\w-]+://)';
/**
 * V8: `at name (place)`, `at place`; other writers of such lines: `at name@place`. The place is what the first "(" opens
 * that something like a place follows, or else the last.
 */
const V8 = new RegExp(
  `^at (?:async )?(?:${URL}|(.*?) ?(?:\\((?=${PLACE}|[^(]*\\)$)|@(?=(?:${PLACE})[^(]*$))|)(.*?)\\)?$`,
  'is',
);
/** Gecko and JavaScriptCore: `name@place`, `@place`, `name@` (eval in WebKit), or a bare place, which has no space. */
const GECKO = new RegExp(`^(?:${URL}|(.*?)@(?=${PLACE}|[^@]*$)|(?=\\S+\\d$|\\[native))(.*)$`, 'is');

/** How a place ends: `:12:7`, `:12`, and in a wasm module `:wasm-function[0]:0x50`. */
const END = /(:\d{1,9}){1,2}$|:wasm-function\[\d+\](:0x[\da-f]+)?$/;
const NO_FILE = /^(<.*|\[?(native|wasm)( code\]?)?|index \d+|)$/;
/** V8: `eval at caller (place), <anonymous>`; Gecko: `https://host/a.js line 78 > eval`. */
const EVALUATED = /^(at )?eval at | line \d+ > /;

/** Nothing where the place is none: a file has a position, which a line of a message has not. */
function toCall(name: string, written: string): Call | undefined {
  // "address at" is Hermes'.
  const place = written.trim().replace(/^(async|address at) /, '');
  const end = END.exec(place.slice(-SHORT))?.[0] ?? '';
  const begin = place.slice(0, place.length - end.length);
  const wasm = end[1] === 'w';
  const evaluated = EVALUATED.test(begin);
  const file = evaluated || NO_FILE.test(begin) ? '' : begin;
  if (file && !end) return undefined;
  let code = wasm ? end.slice(1) : undefined;
  if (evaluated) code = wasm ? place : begin.replace(/, <anonymous>$/, '');
  return { name: name.trim(), file, position: wasm ? '' : end, code };
}

/** The end of a line has the position. Frames of Safari's extensions may say `safari-extension:(//id/file.js:1:2)`. */
const toLine = (line: string): string =>
  (line.length > MAX_LINE ? line.slice(0, MAX_LINE - SHORT) + line.slice(-SHORT) : line)
    .trim()
    .replace(':(//', '://');

/**
 * The calls of a stack, innermost first, at most `max`: where there were more, the last one says how many. V8 writes the
 * message above its frames, and a message may itself look like frames: it is cut off where the stack begins with it;
 * where it does not (it was changed later), only the unbroken run of frames at the end counts.
 */
export function toCalls(stack: string, message: string, max: number): Call[] {
  const text = `: ${stack.slice(0, MAX_STACK)}\n`;
  // Gecko has no header, but its first call may be named as the message begins: the line has to end there.
  const line = `: ${message}\n`;
  const at = text.slice(0, MAX_LINE).indexOf(line.slice(0, SHORT));
  const end = at + line.length - 1;
  const header = at >= 0 && text[end] === '\n' ? end : 0;
  const lines = text
    .slice(header || 2)
    .trimEnd()
    .split('\n', MAX_LINES + 1);
  const more = stack.length > MAX_STACK || lines.length > MAX_LINES;
  // It may be half a line.
  if (more) lines.pop();
  const read = withoutOurs(lines.map(toLine).join('\n')).split('\n');
  const isV8 = read.some((line) => line.startsWith('at '));
  const calls = read.map((line) => {
    const parts = (isV8 ? V8 : GECKO).exec(line);
    return parts ? toCall(parts[1] ?? '', parts[2] ?? '') : undefined;
  });
  // Where the last line is no frame ("From previous event:" follows), every line that is one counts.
  const run = isV8 && !header && calls[calls.length - 1] ? calls.lastIndexOf(undefined) + 1 : 0;
  const kept = calls.slice(run).filter((call) => call !== undefined);
  const cut = kept.length - max + 1;
  if (cut > 1) {
    const mark = { name: `… [${cut}${more ? '+' : ''} frames cut]`, file: '', position: '' };
    kept.splice(max - 1, cut, mark);
  }
  return kept;
}

/** The reporter's own wrappers of callbacks, as V8, JavaScriptCore (with the call of a Proxy) and Gecko write a call of one. */
const OURS =
  /(^|\n) {0,32}(at )?(async[ *])?(\w{1,99}\.)?crashpostCallback( \[as \w{1,99}\])?(@| \()[^\n]*(\n@\[native code\])?/g;

/** As much of a stack is looked through for them: all lines that are read, and more than is kept. Characters. */
const MAX_OURS = MAX_LINES * (MAX_LINE + 1);

/** A stack without the calls of the reporter: nothing of ours stands between the page and what called it. */
export const withoutOurs = (stack: string): string =>
  stack.slice(0, MAX_OURS).replace(OURS, '') + stack.slice(MAX_OURS);
