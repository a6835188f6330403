// From the text of a stack to single calls, for every engine. A stack is input a page can shape, so the work is
// bounded: at most `MAX_STACK` characters, in lines of at most `MAX_LINE`, and no pattern here has one unbounded
// repeat inside or right beside another.

/** A call as an engine wrote it. `place` still has line and column at its end, where the engine gave them. */
export interface Call {
  readonly name: string;
  readonly place: string;
  /** What is known beyond name and place: where `eval` was called, which function of a wasm module. */
  readonly code?: string | undefined;
}

/** Longer stacks and lines are cut: no engine writes them, only a page that sets `error.stack` itself. Characters. */
const MAX_STACK = 65_536;
const MAX_LINE = 1_024;
/** Frames beyond this are dropped; Firefox keeps 128, WebKit 100, Chromium 10 unless told otherwise. */
export const MAX_FRAMES = 100;

/** How a place begins in any engine: a scheme, a path, a marker. Names and URLs may hold "(" and "@" themselves. */
const PLACE = /^(?:[a-z][a-z0-9+.-]{0,40}:|\/|<|\[native|native\)?$|index \d|eval at |[^()@]*:\d+\)?$)/i;

/** `line` cut in two at the first `mark` that a place follows; all of it is the place where there is none. */
function splitAt(line: string, mark: string): [name: string, place: string] {
  for (let at = line.indexOf(mark); at >= 0; at = line.indexOf(mark, at + 1)) {
    const place = line.slice(at + 1);
    if (PLACE.test(place)) return [line.slice(0, at).trim(), place];
  }
  return ['', line];
}

/** V8: `at name (place)`, `at place`, `at async place`. */
function toV8Call(line: string): Call | undefined {
  if (!line.startsWith('at ')) return undefined;
  const call = line.slice(3);
  if (!call.endsWith(')')) return toCall('', call.replace(/^async /, ''));
  const [name, place] = splitAt(call, '(');
  return toCall(name, name || call.startsWith('(') ? place.slice(0, -1) : place);
}

/** Gecko and JavaScriptCore: `name@place`, `@place`, `name@` (eval in WebKit), or a bare place. */
function toGeckoCall(line: string): Call | undefined {
  if (line.endsWith('@')) return toCall(line.slice(0, -1), '');
  const [name, place] = splitAt(line, '@');
  // Without an "@" it has to end as a place does, or any text with a colon would be one.
  const whole = place === line && !/[\d\]]$/.test(line);
  return PLACE.test(place) && !whole ? toCall(name, place) : undefined;
}

/** Takes eval and wasm details out of the place, which then is a file with a position, or nothing. */
function toCall(name: string, place: string): Call {
  // `https://host/a.wasm:wasm-function[0]:0x50`, in every engine.
  const wasm = place.indexOf(':wasm-function[');
  if (wasm >= 0) return { name, place: place.slice(0, wasm), code: place.slice(wasm + 1) };
  // V8: `eval at caller (place), <anonymous>:1:24`; Gecko: `https://host/a.js line 78 > eval:1:24`. The position is the
  // one inside the evaluated text.
  const v8 = place.startsWith('eval at ') ? place.lastIndexOf(', ') : -1;
  if (v8 >= 0) return { name, place: place.slice(v8 + 2), code: place.slice(0, v8) };
  if (/ line \d+ > /.test(place)) {
    const end = place.search(/:\d+(:\d+)?$/);
    return { name, place: `<>${place.slice(end)}`, code: place.slice(0, end) };
  }
  return { name, place };
}

/**
 * The calls of a stack, innermost first, at most `MAX_FRAMES`. V8 writes `name: message` above its frames, and a
 * message may itself look like frames: `header` is cut off where the stack begins with it; where it does not (the
 * message was changed later), only the unbroken run of frames at the end counts.
 */
export function toCalls(stack: string, header: string): Call[] {
  const headed = header && stack.startsWith(header);
  const text = stack.slice(headed ? header.length : 0).slice(0, MAX_STACK);
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => line.slice(0, MAX_LINE).trim());
  const isV8 = lines.some((line) => line.startsWith('at '));
  const calls = lines.map(isV8 ? toV8Call : toGeckoCall);
  // `lastIndexOf` finds the end of the message; where the last line is no frame ("From previous event:" follows), all count.
  const run = isV8 && !headed && calls[calls.length - 1] ? calls.lastIndexOf(undefined) + 1 : 0;
  return calls
    .slice(run)
    .filter((call) => call !== undefined)
    .slice(0, MAX_FRAMES);
}
