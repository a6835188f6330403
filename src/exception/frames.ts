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
  parseV8OrIE(error: { readonly stack: string }): [ErrorStackParser.StackFrame];
};

/** Characters the parser splits at or deletes stand in the private-use area while it looks. */
const HIDDEN = 0xe000;
const move = (text: string, which: RegExp, by: number): string =>
  text.replace(which, (char) => String.fromCharCode(char.charCodeAt(0) + by));
const hide = (text: string): string => move(text, /[() \t]/g, HIDDEN);
const show = (text: string): string => move(text, /[\ue000-\ue029]/g, -HIDDEN);

/** Places that are no file. */
const NO_FILE = /^(?:<|\[?native|\[wasm|index \d|$)/;

function toLine({ name, place }: Call): string {
  const positioned = /:\d{1,9}$/.test(place) ? place : `${place || '<>'}:0:0`;
  return `at ${hide(name) || '?'} (${hide(positioned)})`;
}

/** `Foo.bar` → class Foo, method bar; what the engine says of the call (`async`, `new`, `[as x]`) is taken off. */
function toNames(full: string): Pick<StackFrame, 'className' | 'methodName'> {
  const alias = full.lastIndexOf(' [as ');
  let name = alias > 0 && full.endsWith(']') ? full.slice(0, alias) : full;
  // Gecko marks async parents: `async*load`, `setTimeout handler*poll`.
  name = name.replace(/^.*(async|handler|callback)\*|^async /, '');
  if (name.startsWith('new ')) return { className: name.slice(4), methodName: 'constructor' };
  // Not the dot in `Foo.[Symbol.iterator]`.
  const dot = name.replace(/\[.*/, '').lastIndexOf('.');
  if (dot > 0 && dot < name.length - 1)
    return { className: name.slice(0, dot), methodName: name.slice(dot + 1) };
  return name ? { methodName: name } : {};
}

/** App Center's frame. What is not known is undefined, and JSON leaves it out. */
function toFrame(call: Call): StackFrame {
  const [parsed] = V8Parser.parseV8OrIE({ stack: toLine(call) });
  const file = show(parsed.fileName ?? '');
  return {
    ...toNames(call.name && show(parsed.functionName ?? '')),
    fileName: NO_FILE.test(file) ? undefined : file,
    // Strings where the library's own StackFrame is left out of the bundle.
    lineNumber: Number(parsed.lineNumber) || undefined,
    columnNumber: Number(parsed.columnNumber) || undefined,
    code: call.code,
  };
}

/**
 * The frames of a stack, innermost first, at most `MAX_FRAMES`. Empty where the text has none.
 * @param message the error's, which V8 writes above the frames; empty where it is not known.
 */
export const toFrames = (stack: string, message = ''): StackFrame[] => toCalls(stack, message).map(toFrame);
