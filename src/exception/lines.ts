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
const MAX_STACK = 32_768;
const MAX_LINE = 1_024;
const TAIL = 64;
/** Frames beyond this are dropped; Firefox keeps 128, WebKit 100, Chromium 10 unless told otherwise. */
export const MAX_FRAMES = 100;

/** How a place begins in any engine: a scheme, a path, a marker. Names and URLs may hold "(" and "@" themselves. */
const PLACE =
  '[a-z][a-z0-9+.-]{0,20}:(?!:)|/|<|\\[native|\\[wasm|native( code)?\\)?$|index \\d|eval at |async |[^()@]*:\\d+\\)?$';
/** V8: `at name (place)`, `at place`. The place is what the first "(" opens that something like a place follows. */
const V8 = new RegExp(`^at (?:(.*?) ?\\((?=${PLACE})|)(.*?)\\)?$`, 'i');
/** Gecko and JavaScriptCore: `name@place`, `@place`, `name@` (eval in WebKit), or a bare place, which has no space. */
const GECKO = new RegExp(`^(?:(.*?)@(?=$|${PLACE})|(?=\\S+\\d$|\\[native))(.*)$`, 'i');

/** Takes eval and wasm details out of the place, which then is a file with a position, or nothing. */
function toCall(name: string, written: string): Call {
  const place = written.replace(/^async /, '');
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
 * Where the frames begin: after V8's header, `Name: message` and a line's end; either may have lines that look like frames.
 * Gecko has no header, but its first call may be named as the message begins.
 */
function endOfHeader(stack: string, message: string): number {
  const at = `: ${stack}\n`.indexOf(`: ${message}\n`);
  return at < 0 ? 0 : at + message.length;
}

/**
 * The calls of a stack, innermost first, at most `MAX_FRAMES`. V8 writes the message above its frames, and a message may
 * itself look like frames: it is cut off where the stack begins with it; where it does not (it was changed later), only
 * the unbroken run of frames at the end counts.
 */
export function toCalls(stack: string, message: string): Call[] {
  const header = endOfHeader(stack, message);
  const lines = stack
    .slice(header, header + MAX_STACK)
    .trimEnd()
    .split('\n')
    // The end of a line has the position.
    .map((line) =>
      (line.length > MAX_LINE ? line.slice(0, MAX_LINE - TAIL) + line.slice(-TAIL) : line).trim(),
    );
  const isV8 = lines.some((line) => line.startsWith('at '));
  const calls = lines.map((line) => {
    const parts = (isV8 ? V8 : GECKO).exec(line);
    return parts ? toCall(parts[1] ?? '', parts[parts.length - 1] ?? '') : undefined;
  });
  // Where the last line is no frame ("From previous event:" follows), every line that is one counts.
  const run = isV8 && !header && calls[calls.length - 1] ? calls.lastIndexOf(undefined) + 1 : 0;
  return calls
    .slice(run)
    .filter((call) => call !== undefined)
    .slice(0, MAX_FRAMES);
}
