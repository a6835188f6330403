import { attempt } from '../platform/guard.js';
import type { Thrown } from '../thrown.js';
import { type Exception, MAX_INNER_EXCEPTIONS } from '../wire/index.js';
import { toFrames } from './frames.js';
import { cut, readField, readText, tagOf, textOf } from './read.js';

/** Characters kept of a message, and of a raw stack: a whole log has to fit a keepalive request of 64 KiB. */
export const MAX_MESSAGE = 8_192;
export const MAX_STACK_TRACE = 16_384;

const OUTER = /^(?:Uncaught )?(?:([\w$.]{0,100}(?:Error|Exception)): )?/;

/** `Uncaught null` (Chromium), `uncaught exception: null` (Firefox), `null` (WebKit): platform.md §B1. */
const THROWN_NOTHING = /^(uncaught (exception: )?)?(undefined|null)$/i;

/** Not only `instanceof Error`: errors of other realms and DOMExceptions are errors too. */
function isError(value: unknown): value is object {
  const tag = tagOf(value);
  return tag === 'Error' || tag === 'DOMException' || !!attempt(() => value instanceof Error);
}

const readClass = (value: object): string => readText(readField(value, 'constructor'), 'name');

/** Own property first, then the prototype's, then the constructor's: bundlers leave one or another of them. */
function toType(error: object): string {
  const name = readText(error, 'name');
  // A subclass that never set `name` inherits "Error", which says less than its class does.
  return (name !== 'Error' && name) || readClass(error) || 'Error';
}

function fromError(error: object, seen: unknown[]): Exception {
  const message = readText(error, 'message');
  const stack = readText(error, 'stack');
  const exception: Exception = { type: cut(toType(error), 256), message: cut(message, MAX_MESSAGE) };
  if (stack) {
    exception.frames = toFrames(stack, message);
    exception.stackTrace = cut(stack, MAX_STACK_TRACE);
  }
  const inner = innerOf(error, seen);
  if (inner.length > 0) exception.innerExceptions = inner;
  return exception;
}

/** AggregateError's children and the cause, each once: chains may be cyclic, and thousands deep. */
function innerOf(error: object, seen: unknown[]): Exception[] {
  const children = readField(error, 'errors') as unknown[];
  const values = attempt(() => Array.from(children).slice(0, MAX_INNER_EXCEPTIONS)) ?? [];
  const cause = readField(error, 'cause');
  if (cause !== undefined) values.push(cause);
  return values.flatMap((value) => {
    if (seen.length > MAX_INNER_EXCEPTIONS || seen.includes(value)) return [];
    return [fromValue(value, seen)];
  });
}

function fromValue(value: unknown, seen: unknown[]): Exception {
  seen.push(value);
  if (isError(value)) return fromError(value, seen);
  const type = (value !== null && typeof value === 'object' && readClass(value)) || tagOf(value);
  return { type: cut(type, 256), message: cut(textOf(value), MAX_MESSAGE) };
}

/** All there is where the browser withholds the value, as it does for scripts of other origins without CORS. */
function fromEvent({ message, filename, lineno, colno }: NonNullable<Thrown['event']>): Exception {
  const [prefix = '', type = 'Error'] = OUTER.exec(message) ?? [];
  const frame = { fileName: filename, lineNumber: lineno, columnNumber: colno };
  return { type, message: cut(message.slice(prefix.length), MAX_MESSAGE), frames: filename ? [frame] : [] };
}

/** Anything thrown, as the wire's exception. Never throws. */
export function toException({ value, event }: Thrown): Exception {
  // `throw undefined` and `throw null` say so in the message; everything else without a value was withheld.
  if (event && (value ?? null) === null && !THROWN_NOTHING.test(event.message)) return fromEvent(event);
  const exception = fromValue(value, []);
  if (event && !exception.frames?.length) exception.frames = fromEvent(event).frames;
  return exception;
}
