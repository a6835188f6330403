import {
  type Expectations,
  type Expected,
  type ExpectedFrame,
  each,
  error,
  type Nothing,
  native,
} from './expected.js';

const awaited: readonly ExpectedFrame[] = [{ name: 'loadCart', at: 'async-await' }];

/** V8 places the error in the text that is no JSON, and Chromium takes that for a script of another origin. */
const unseen = (what: string, unless: string): Nothing => ({
  what,
  nothing: 'nothing is fired where no function of the page has called `JSON.parse` (platform.md §B2)',
  unless,
});

/**
 * A body that is no JSON. Chromium itself fires nothing (platform.md §B2): the reporter rejects in its stead, and V8
 * knows who awaits.
 * @param name of the function that asks for it @param at the marker of its line
 */
function unparsed(name: string, at: string, chromium: readonly ExpectedFrame[] = [{ name, at }]) {
  const type = 'SyntaxError';
  const gecko: Expected = { type, message: /^JSON\.parse: unexpected (character|keyword)/, frames: [] };
  const webkit: Expected = {
    type,
    message: 'The string did not match the expected pattern.',
    frames: [native('json'), { name, at }],
    // Where the body is not all there when it is asked for: none, or, of a clone, what closes its stream.
    orFrames: [[], [native('close'), native('')]],
  };
  return each<Expected>({ type, message: /is not valid JSON$/, frames: chromium }, gecko, webkit);
}

export const PROMISES: Expectations = {
  reject: error('rejected', 'reject', 'reject'),
  'promise-executor': error('in an executor', 'executor', 'promise-executor'),
  'promise-then': error('in then', 'onValue', 'promise-then'),
  'promise-finally': error('in finally', 'onFinally', 'promise-finally'),
  'promise-catch': error('in catch', 'onReason', 'promise-catch'),
  'promise-caught': {
    what: 'a rejection that is handled in time',
    nothing: 'it is no error of the page then',
    harmless: true,
  },
  'response-status': {
    what: 'a request that is answered with 404 or 500',
    nothing: 'the promise of `fetch` is fulfilled',
    unless: 'the page throws, or calls `trackError`',
  },
  thenable: error('in a thenable', each('Object.then', 'then', 'then'), 'thenable'),
  async: error('before any await', 'early', 'async'),
  'async-await': {
    type: 'Error',
    message: 'after an await',
    // JavaScriptCore does not list who awaits; Firefox does where somebody watches (platform.md §A).
    frames: each([...awaited, { name: 'showCart', at: 'async-await-outer' }], awaited, awaited),
  },
  'async-timer': error('after a timer', 'slowly', 'async-timer'),
  'promise-all': {
    type: 'Error',
    message: 'after an await',
    frames: each(
      [...awaited, native('Promise.all'), { name: 'loadAll', at: 'promise-all' }],
      awaited,
      awaited,
    ),
  },
  'promise-race': { type: 'Error', message: 'after an await', frames: awaited },
  'async-generator': error('on page two', 'pages', 'async-generator'),
  generator: {
    type: 'Error',
    message: 'in row two',
    frames: each(
      [{ name: 'rows', at: 'generator' }, native('rows.next'), { name: 'readRows', at: 'generator-outer' }],
      [
        { name: 'rows', at: 'generator' },
        { name: 'readRows', at: 'generator-outer' },
      ],
      [
        { name: 'rows', at: 'generator' },
        { name: 'readRows', at: 'generator-outer' },
      ],
    ),
  },
  fetch: {
    type: 'TypeError',
    message: each('Failed to fetch', 'NetworkError when attempting to fetch resource.', 'Load failed'),
    // WebKit's has no stack (platform.md §B1), and a rejection has no position.
    frames: each<readonly ExpectedFrame[]>(
      [{ name: 'fetchNothing', at: 'fetch' }],
      [{ name: 'fetchNothing', at: 'fetch' }],
      [],
    ),
  },
  'response-json': unparsed('readJson', 'response-json'),
  'response-json-awaited': unparsed('', 'response-json-awaited', [
    native('Promise.all'),
    { name: 'readAll', at: 'response-json-awaited' },
  ]),
  'response-json-clone': unparsed('readClone', 'response-json-clone'),
  'response-json-blob': unparsed('readBlob', 'response-json-blob'),
  // Nobody awaits it.
  'response-json-rethrown': unparsed('', 'response-json-rethrown', []),
  'response-json-unmended': {
    ...unparsed('', 'response-json-unmended'),
    chromium: unseen('`response.json()` of what is no JSON', '`wrapCallbacks` is left on'),
  },
  'request-json': unparsed('readRequest', 'request-json'),
  'text-parsed': {
    type: 'SyntaxError',
    message: /JSON/,
    frames: each(
      [native('JSON.parse'), { name: '', at: 'text-parsed' }],
      [{ at: 'text-parsed' }],
      [native('parse'), { name: '', at: 'text-parsed' }],
    ),
  },
  'text-parsed-point-free': each<Expected | Nothing>(
    unseen('`.then(JSON.parse)` of what is no JSON', 'it is `.then((text) => JSON.parse(text))`'),
    { type: 'SyntaxError', message: /JSON/, frames: [] },
    { type: 'SyntaxError', message: /JSON/, frames: [native('parse')] },
  ),
  'promise-handled-late': error('handled a second later', 'late', 'promise-handled-late'),
  abort: each(
    error('the user left', 'abortFetch', 'abort'),
    error('the user left', 'abortFetch', 'abort'),
    // WebKitGTK 2.50 rejects with an error of its own, whatever reason was given.
    { type: 'AbortError', message: 'Fetch is aborted', frames: [] },
  ),
  'abort-timeout': {
    type: each('TimeoutError', 'TimeoutError', 'AbortError'),
    message: each('signal timed out', 'The operation timed out.', 'Fetch is aborted'),
    frames: [],
  },
};
