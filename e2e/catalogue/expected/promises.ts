import { type Expectations, type ExpectedFrame, each, error, native } from './expected.js';

const awaited: readonly ExpectedFrame[] = [{ name: 'loadCart', at: 'async-await' }];

export const PROMISES: Expectations = {
  reject: error('rejected', 'reject', 'reject'),
  'promise-executor': error('in an executor', 'executor', 'promise-executor'),
  'promise-then': error('in then', 'onValue', 'promise-then'),
  'promise-finally': error('in finally', 'onFinally', 'promise-finally'),
  'promise-catch': error('in catch', 'onReason', 'promise-catch'),
  'promise-caught': { nothing: 'it was handled in time' },
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
  'response-json': each(
    // Chromium itself fires nothing (platform.md §B2): the reporter rejects in its stead, and V8 knows who awaits.
    {
      type: 'SyntaxError',
      message: /is not valid JSON$/,
      frames: [{ name: 'readJson', at: 'response-json' }],
    },
    { type: 'SyntaxError', message: /^JSON\.parse: unexpected character/, frames: [] },
    {
      type: 'SyntaxError',
      message: 'The string did not match the expected pattern.',
      // With a stack only where the whole body is there when it is asked for.
    },
  ),
  abort: each(
    error('the user left', 'abortFetch', 'abort'),
    error('the user left', 'abortFetch', 'abort'),
    // WebKitGTK 2.50 rejects with an error of its own, whatever reason was given.
    { type: 'AbortError', message: 'Fetch is aborted' },
  ),
  'abort-timeout': {
    type: each('TimeoutError', 'TimeoutError', 'AbortError'),
    message: each('signal timed out', 'The operation timed out.', 'Fetch is aborted'),
  },
};
