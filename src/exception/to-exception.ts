import { attempt } from '../platform/guard.js';
import type { Thrown } from '../thrown.js';
import { type Exception, MAX_INNER_EXCEPTIONS } from '../wire/index.js';
import { MAX_MESSAGE, MAX_STACK_TRACE, MAX_TYPE } from './fit.js';
import { toFrames } from './frames.js';
import { innerOf } from './inner.js';
import { withoutOurs } from './lines.js';
import { cut, isError, readField, readText, tagOf } from './read.js';
import { textOf } from './text-of.js';

const OUTER = /^(?:Uncaught )?(?:([\w$.]{0,100}(?:Error|Exception)): )?/;

/** `Uncaught null` (Chromium), `uncaught exception: null` (Firefox), `null` (WebKit): platform.md §B1. */
const THROWN_NOTHING = /^(uncaught (exception: )?)?(undefined|null)$/i;

/** What all browsers say in place of an error of a script without CORS: https://github.com/whatwg/html/issues/2440 */
const MUTED = /^script error\.?$/i;
/** Not more than it knows: WebKit withholds errors of some scripts with CORS too (bugs 132945, 151548). */
const CURE =
  'Script error. (The browser withholds the rest; crossorigin and CORS on the script may show it.)';

/** The mark of what did not fit. */
const LEFT_OUT: Exception = { type: '…', message: 'more were left out' };

const readClass = (value: unknown): string => readText(readField(value, 'constructor'), 'name');

/**
 * A name of its own first, then one its class has set, then the class: bundlers leave one or another of them. A subclass
 * that sets no name inherits "Error" or "TypeError", which says less than its class does.
 */
function toType(error: object): string {
  const name = readText(error, 'name');
  const isSet = [error, attempt(() => Object.getPrototypeOf(error))].some((one) =>
    attempt(() => Object.getOwnPropertyDescriptor(one, 'name')),
  );
  return (isSet && name) || readClass(error) || name || 'Error';
}

function fromError(error: object): Exception {
  const written = readField(error, 'message');
  const whole = written === undefined ? '' : textOf(written);
  const message = cut(whole, MAX_MESSAGE);
  const exception: Exception = { type: cut(toType(error), MAX_TYPE), message };
  const stack = readText(error, 'stack');
  if (!stack) return exception;
  // V8 writes the message above the frames, however long it is: it is cut there too, or no frame would be left.
  const at = stack.indexOf(': ') + 2;
  const short = stack.startsWith(whole, at)
    ? stack.slice(0, at) + message + stack.slice(at + whole.length)
    : stack;
  exception.frames = toFrames(short, message);
  exception.stackTrace = cut(withoutOurs(short), MAX_STACK_TRACE);
  return exception;
}

/** One exception, without what is inside. */
function fromOne(value: unknown): Exception {
  if (isError(value)) return fromError(value);
  const type = (value !== null && typeof value === 'object' && readClass(value)) || tagOf(value);
  return { type: cut(type, MAX_TYPE), message: cut(textOf(value), MAX_MESSAGE) };
}

/** Level by level: chains may be cyclic and thousands deep, lists thousands long, and each gets its share of the 16. */
function fromValue(value: unknown): Exception {
  const outermost = fromOne(value);
  // Not a Map: a page's own `class Map` takes the place of the engine's. An array is walked while it grows.
  const found: [value: unknown, exception: Exception][] = [[value, outermost]];
  for (const [outer, exception] of found) {
    for (const inner of innerOf(outer)) {
      // A text is a text of its own each time; only an object can be the same.
      if (inner && typeof inner === 'object' && found.some(([one]) => one === inner)) continue;
      const isFull = found.length === MAX_INNER_EXCEPTIONS - 1;
      const one = isFull ? LEFT_OUT : fromOne(inner);
      exception.innerExceptions ??= [];
      exception.innerExceptions.push(one);
      if (isFull) return outermost;
      found.push([inner, one]);
    }
  }
  return outermost;
}

/** All there is where the browser withholds the value, as it does for scripts of other origins without CORS. */
function fromEvent({ message, filename, lineno, colno }: NonNullable<Thrown['event']>): Exception {
  const [prefix = '', type = 'Error'] = OUTER.exec(message) ?? [];
  const frame = { fileName: filename, lineNumber: lineno, columnNumber: colno };
  const text = MUTED.test(message) ? CURE : cut(message.slice(prefix.length), MAX_MESSAGE);
  return { type, message: text, frames: filename ? [frame] : [] };
}

/** Anything thrown, as the wire's exception. Never throws. */
export function toException({ value, event }: Thrown): Exception {
  // `throw undefined` and `throw null` say so in the message; everything else without a value was withheld.
  if (event && (value ?? null) === null && !THROWN_NOTHING.test(event.message)) return fromEvent(event);
  const exception = fromValue(value);
  if (event && !exception.frames?.length) exception.frames = fromEvent(event).frames;
  return exception;
}
