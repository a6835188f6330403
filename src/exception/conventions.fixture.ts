// Where another project's parser says a frame otherwise than ours, on purpose: each convention turns its expectation into
// what ours has to be then, so that the entry is still compared, field by field.

export interface Expected {
  readonly function: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
}

/** An entry of the corpus (../shared/corpus/stacks/README.md). `null` in a frame: not asserted; for a frame: neither. */
export interface Entry {
  readonly id: string;
  readonly origin: string;
  readonly licence: string;
  readonly engine: string | null;
  readonly message: string | null;
  readonly stack: string | null;
  readonly expectedFrames: readonly (Expected | null)[] | null;
  readonly expectedCount?: number;
  readonly partial?: boolean;
  readonly errorProps?: { readonly framesToPop?: number };
}

/** A frame of ours in the corpus' words. */
export interface Ours extends Expected {
  readonly code: string | undefined;
}

interface OfFrame {
  readonly name: string;
  /** Why ours is what it is. */
  readonly why: string;
  /** What theirs says, in our convention. Nothing where the convention does not apply. */
  frame(theirs: Expected, ours: Ours): Partial<Expected> | undefined;
}

interface OfStack {
  readonly name: string;
  readonly why: string;
  /** The frames of ours that theirs would have. Nothing where the convention does not apply. */
  frames(ours: readonly Ours[], entry: Entry): readonly Ours[] | undefined;
  /** The frames of theirs that ours would have; all where it is left out. */
  isFrame?(theirs: Expected): boolean;
}

const NATIVE = /^(\(?native\)?|\[?(native|wasm) code\]?|<anonymous>|)$/;
/** The last place in an origin of eval is the outermost: in a file. */
const V8_ORIGIN = /\(([^()]*?)(?::(\d+):(\d+))?\)+[^()]*(?:\([^()]*)?$/;
const GECKO_ORIGIN = /^(.*?) line (\d+) > /;

export const OF_FRAME: readonly OfFrame[] = [
  {
    name: 'new Foo',
    why: "App Center's frame has a class and a method: the constructor of Foo",
    frame: (theirs, ours) =>
      theirs.function?.startsWith('new ') && ours.function === `${theirs.function.slice(4)}.constructor`
        ? { function: ours.function }
        : undefined,
  },
  {
    name: 'async, [as x]',
    why: 'what V8 says of the call, not of the function: it would split one function into several',
    frame: (theirs) =>
      theirs.function && /^async | \[as .*\]$/.test(theirs.function)
        ? { function: theirs.function.replace(/^async | \[as .*\]$/g, '') }
        : undefined,
  },
  {
    name: 'no file',
    why: "the engine's own code and text without an address are in no file: nothing can be looked up there",
    frame: ({ file, line }, ours) =>
      file !== null && NATIVE.test(file) && ours.file === null
        ? { file: ours.file, line: line || ours.line }
        : undefined,
  },
  {
    name: 'eval, V8',
    why: 'the position is in the evaluated text, as the engine says; where eval was called stands in `code`',
    frame: ({ file, line, column }, ours) => {
      const [, outer, outerLine, outerColumn] = V8_ORIGIN.exec(ours.code ?? '') ?? [];
      const same =
        file === outer &&
        (line === null || line === Number(outerLine)) &&
        (column === null || column === Number(outerColumn));
      return same && ours.file === null && ours.line && ours.column ? ours : undefined;
    },
  },
  {
    name: 'eval, Gecko',
    why: 'as in V8; the text of an eval has no function of that name',
    frame: (theirs, ours) => {
      const [, outer, outerLine] = GECKO_ORIGIN.exec(ours.code ?? '') ?? [];
      const same = theirs.file === outer && theirs.line === Number(outerLine);
      const name = theirs.function === 'eval' ? ours.function : theirs.function;
      return same && ours.file === null && ours.line && ours.column ? { ...ours, function: name } : undefined;
    },
  },
  {
    name: 'wasm',
    why: 'the module is the file; function index and offset are no part of its address and stand in `code`',
    frame: (theirs, ours) =>
      ours.code && theirs.file === `${ours.file}:${ours.code}` ? { file: ours.file } : undefined,
  },
  {
    name: 'wasm, C++',
    why: 'theirs breaks names at their first parenthesis',
    frame: (theirs, ours) =>
      `${theirs.function}(${theirs.file}` === `${ours.function} (${ours.file}:${ours.code}`
        ? ours
        : undefined,
  },
  {
    name: 'arguments',
    why: 'names stay as the engine wrote them; only Firefox 3 and Opera 11 and 12 wrote arguments',
    frame: (theirs, ours) =>
      theirs.function &&
      ours.function?.replace(/\([^)]*\)$/, '').replace(/^<anonymous function: (\w+)>$/, '$1') ===
        theirs.function
        ? { function: ours.function }
        : undefined,
  },
  {
    name: 'eval code, (anonymous)',
    why: 'names stay as the engine wrote them',
    frame: (theirs, ours) =>
      [
        ['eval', 'eval code'],
        ['<anonymous>', '(anonymous)'],
      ].some(([a, b]) => theirs.function === a && ours.function === b)
        ? { function: ours.function }
        : undefined,
  },
  {
    name: 'data:',
    why: 'a data: URL is a file with lines; theirs keeps the type only',
    frame: (theirs, ours) =>
      theirs.file?.startsWith('<data:') && ours.file?.startsWith(`${theirs.file.slice(1, -1)},`)
        ? { file: ours.file }
        : undefined,
  },
  {
    name: 'long lines, cut',
    why: 'of a line that is too long the end is kept, which has the position; theirs keeps the first 1,024 characters',
    frame: (theirs, ours) =>
      theirs.file && theirs.file.length > 900 && ours.file?.slice(0, 900) === theirs.file.slice(0, 900)
        ? { file: ours.file }
        : undefined,
  },
];

const without =
  (leave: (ours: Ours) => boolean) =>
  (all: readonly Ours[]): readonly Ours[] | undefined =>
    all.some(leave) ? all.filter((ours) => !leave(ours)) : undefined;

export const OF_STACK: readonly OfStack[] = [
  {
    name: 'framesToPop',
    why: 'a note of React for its own invariants; the frame was there, and the raw stack has it',
    frames: (ours, { errorProps }) =>
      errorProps?.framesToPop ? ours.slice(errorProps.framesToPop) : undefined,
  },
  {
    name: 'frames without anything',
    why: 'the engine says there was a call ("[native code]", "at <anonymous>"): leaving it out would hide a step',
    frames: without((ours) => !ours.function && !ours.file && !ours.line),
  },
  {
    name: 'long lines, dropped',
    why: 'a long line is a frame as others are',
    frames: without((ours) => (ours.file?.length ?? 0) > 900),
  },
  {
    name: 'its own frames',
    why: "Sentry takes its own wrapper's frame out; ours takes its own out",
    frames: without((ours) => ours.function === 'sentryWrapped'),
  },
  {
    name: 'Error created at',
    why: 'Opera 11 said where the error was made, which is a place: no living browser writes it',
    frames: without((ours) => ours.function?.startsWith('Error created at ') === true),
  },
  {
    name: "the inspector's frames",
    why: 'theirs stops at the code of the console; ours leaves nothing out',
    frames: without((ours) => ours.function?.startsWith('Object.InjectedScript.') === true),
  },
  {
    name: 'no position',
    why: 'a place without a position is a line of a message: "(error: https://host/file.js)" is no call',
    frames: (ours) => ours,
    isFrame: ({ file, line }) => !file || NATIVE.test(file) || line !== null,
  },
  {
    name: 'a name alone',
    why: 'a line that is a name only may be any text; Safari 9 wrote eval frames so, today they end in "@"',
    frames: without((ours) => ours.function === 'eval' && !ours.line),
    isFrame: ({ file, line }) => file !== null || line !== null,
  },
];

const OPERA = 'expects what Opera said in `error.stacktrace`, which is not the text of the entry';
const OPERA_9 = 'Opera 9 (2006): "Line 21 of linked script https://host/file.js"';

/** What cannot be translated. */
export const LISTED: readonly { readonly id: string; readonly why: string }[] = [
  { id: 'tracekit/OPERA_11', why: OPERA },
  { id: 'tracekit/OPERA_12', why: OPERA },
  { id: 'sentry/opera/should parse Opera 11 error', why: OPERA },
  { id: 'sentry/opera/should parse Opera 12 error', why: OPERA },
  { id: 'appinsights/StackFrame: Validate individual different stack formatting #13', why: OPERA_9 },
  { id: 'appinsights/StackFrame: Validate individual different stack formatting #14', why: OPERA_9 },
  { id: 'appinsights/StackFrame: Validate individual different stack formatting #15', why: OPERA_9 },
  {
    id: 'appinsights/StackFrame: Validate different stack formats',
    why: 'a text of several engines, which none of them writes; each of its lines is an entry of its own',
  },
];
