// The only file that knows error-stack-parser (2.1.4; the exports of 3.0.0 are broken, stacktracejs#80).
//
// Fed a raw stack it freezes a tab (a 478-byte message took 15 s: stacktracejs/error-stack-parser#57), deletes
// parentheses from URLs, takes lines of a message for frames and drops native ones. So it is given one line form
// only, `at name (file:line:column)`, in which nothing is left that it trips over, and what was hidden from it is put
// back afterwards. Every line ends in a position, which its patterns find at once: the time is linear.
import ErrorStackParser from 'error-stack-parser';
import type { StackFrame } from '../wire/index.js';
import { type Call, toCalls } from './lines.js';

/** Its declarations have `parse` only, which would choose this one. */
const V8Parser = ErrorStackParser as unknown as {
  parseV8OrIE(error: { readonly stack: string }): ErrorStackParser.StackFrame[];
};

/** Characters the parser splits at or deletes stand in the private-use area while it looks. */
const HIDDEN = 0xe000;
const move = (text: string, which: RegExp, by: number): string =>
  text.replace(which, (char) => String.fromCharCode(char.charCodeAt(0) + by));
const hide = (text: string): string => move(text, /[() \t]/g, HIDDEN);
const show = (text: string): string => move(text, /[\ue000-\ue029]/g, -HIDDEN);

/** Places that are no file. */
const NO_FILE = /^(?:<|\[?native|index \d|$)/;

function toLine({ name, place }: Call): string {
  const positioned = /:\d{1,9}$/.test(place) ? place : `${place || '<>'}:0:0`;
  return `at ${hide(name) || '?'} (${hide(positioned)})`;
}

/** `Foo.bar` → class Foo, method bar; what the engine says of the call (`async`, `new`, `[as x]`) is taken off. */
function toNames(full: string): Pick<StackFrame, 'className' | 'methodName'> {
  const alias = full.lastIndexOf(' [as ');
  let name = alias > 0 && full.endsWith(']') ? full.slice(0, alias) : full;
  // Gecko marks async parents: `async*load`, `setTimeout handler*poll`.
  name = name.slice(name.lastIndexOf('*') + 1).replace(/^async /, '');
  if (name.startsWith('new ')) return { className: name.slice(4), methodName: 'constructor' };
  const dot = name.lastIndexOf('.');
  if (dot > 0 && dot < name.length - 1)
    return { className: name.slice(0, dot), methodName: name.slice(dot + 1) };
  return name ? { methodName: name } : {};
}

/** App Center's frame. What is not known is undefined, and JSON leaves it out. */
function toFrame(parsed: ErrorStackParser.StackFrame, { name, code }: Call): StackFrame {
  const file = show(parsed.fileName ?? '');
  return {
    ...toNames(name && show(parsed.functionName ?? '')),
    fileName: NO_FILE.test(file) ? undefined : file,
    lineNumber: parsed.lineNumber || undefined,
    columnNumber: parsed.columnNumber || undefined,
    code,
  };
}

/**
 * The frames of a stack, innermost first, at most `MAX_FRAMES`. Empty where the text has none.
 * @param header what V8 writes above the frames, `name: message`; empty where it is not known.
 */
export function toFrames(stack: string, header = ''): StackFrame[] {
  const calls = toCalls(stack, header);
  // It throws on a stack without a frame, and never needs to see one.
  if (calls.length === 0) return [];
  const parsed = V8Parser.parseV8OrIE({ stack: calls.map(toLine).join('\n') });
  return parsed.map((frame, i) => toFrame(frame, calls[i] as Call));
}
