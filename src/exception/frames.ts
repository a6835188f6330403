// The only file that knows error-stack-parser (2.1.4; the exports of 3.0.0 are broken, stacktracejs#80).
//
// Fed a raw stack it freezes a tab (a 478-byte message took 15 s: stacktracejs/error-stack-parser#57), deletes
// parentheses from URLs, takes lines of a message for frames and drops native ones. So it is given one line form
// only, `at name (file:line:column)`, in which nothing is left that it trips over, and what was hidden from it is put
// back afterwards. There is one space and one "(" where its patterns look for them, and a position at the end, so the
// time is linear (work.test.ts counts it).
import ErrorStackParser from 'error-stack-parser';
import type { StackFrame } from '../wire/index.js';
import { type Call, toCalls } from './lines.js';

/** Its declarations have `parse` only, which would choose this one. */
const V8Parser = ErrorStackParser as unknown as {
  parseV8OrIE(error: { readonly stack: string }): [ErrorStackParser.StackFrame];
};

/** Frames beyond this are counted only; Firefox keeps 128, WebKit 100, Chromium 10 unless told otherwise. */
export const MAX_FRAMES = 100;

/**
 * Names and files are escaped while the parser looks, which splits at spaces, deletes parentheses and stops at U+2028.
 * `escape`, not `encodeURIComponent`: it takes lone surrogates, and leaves no parenthesis. Bound when the reporter loads.
 */
const hide = escape;
const show = unescape;

/** One line form for calls of every engine. The parser wants a position. */
const toLine = ({ name, file, position }: Call): string =>
  `at ${hide(name) || '?'} (${hide(file) || '?'}${position || ':0'})`;

/** `Foo.bar` → class Foo, method bar; what the engine says of the call (`async`, `new`, `[as x]`) is taken off. */
function toNames(full: string): Pick<StackFrame, 'className' | 'methodName'> {
  // Gecko marks async parents: `async*load`, `setTimeout handler*poll`.
  const name = full.replace(/^.*(async|handler|callback)\*| \[as \[?[^[]*\]$/g, '');
  if (name.startsWith('new ')) return { className: name.slice(4), methodName: 'constructor' };
  // Not the dot in `Foo.[Symbol.iterator]`.
  const parts = /^([^[]+)\.(.+)/s.exec(name);
  return { className: parts?.[1], methodName: (parts ? parts[2] : name) || undefined };
}

/** App Center's frame. What is not known is undefined, and JSON leaves it out. */
function toFrame(call: Call): StackFrame {
  const [parsed] = V8Parser.parseV8OrIE({ stack: toLine(call) });
  return {
    ...toNames(call.name && show(parsed.functionName ?? '')),
    fileName: (call.file && show(parsed.fileName ?? '')) || undefined,
    // Strings where the library's own StackFrame is left out of the bundle.
    lineNumber: +(parsed.lineNumber ?? 0) || undefined,
    columnNumber: +(parsed.columnNumber ?? 0) || undefined,
    code: call.code,
  };
}

/**
 * The frames of a stack, innermost first, at most `MAX_FRAMES`. Empty where the text has none.
 * @param message the error's, which V8 writes above the frames; empty where it is not known.
 */
export const toFrames = (stack: string, message = ''): StackFrame[] =>
  toCalls(stack, message, MAX_FRAMES).map(toFrame);
