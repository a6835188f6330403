import { call, type Expectations, type ExpectedFrame, each, error, native } from './expected.js';

export const ERRORS: Expectations = {
  error: error('plain', 'plainly', 'error'),
  'error-without-message': error('', 'silently', 'error-without-message'),
  'type-error': {
    type: 'TypeError',
    message: each(
      "Cannot read properties of null (reading 'price')",
      'can\'t access property "price", item is null',
      "null is not an object (evaluating 'item.price')",
    ),
    frames: call('readPrice', 'type-error'),
  },
  'not-a-function': {
    type: 'TypeError',
    message: /^item\.price is not a function/,
    frames: call('callPrice', 'not-a-function'),
  },
  constant: {
    type: 'TypeError',
    message: each(
      'Assignment to constant variable.',
      "invalid assignment to const 'rate'",
      'Attempted to assign to readonly property.',
    ),
    // JavaScriptCore blames the line on which the function begins.
    frames: each(
      [{ name: 'assignConstant', at: 'constant' }],
      [{ name: 'assignConstant', at: 'constant' }],
      [{ name: 'assignConstant', file: 'HERE/page/errors.js' }],
    ),
  },
  'bigint-mix': { type: 'TypeError', message: /BigInt/, frames: call('addBigInt', 'bigint-mix') },
  'reference-error': {
    type: 'ReferenceError',
    message: /thereIsNoSuchName/,
    frames: call('readMissing', 'reference-error'),
  },
  'range-error': { type: 'RangeError', message: /array length/i, frames: call('allocate', 'range-error') },
  'syntax-error': {
    type: 'SyntaxError',
    message: /JSON/,
    // The event points into the JSON in Chromium (platform.md §B1): the stack is right.
    frames: each(
      [native('JSON.parse'), { name: 'parseJson', at: 'syntax-error' }],
      [{ name: 'parseJson', at: 'syntax-error' }],
      [native('parse'), { name: 'parseJson', at: 'syntax-error' }],
    ),
  },
  'bad-regexp': {
    type: 'SyntaxError',
    message: each(
      'Invalid regular expression: /(/: Unterminated group',
      'unterminated parenthetical',
      'Invalid regular expression: missing )',
    ),
    frames: each(
      [native('RegExp.constructor'), { name: 'compile', at: 'bad-regexp' }],
      [{ name: 'compile', at: 'bad-regexp' }],
      [native('RegExp'), { name: 'compile', at: 'bad-regexp' }],
    ),
  },
  'uri-error': {
    type: 'URIError',
    message: /URI/,
    frames: each(
      [native('decodeURIComponent'), { name: 'decode', at: 'uri-error' }],
      [{ name: 'decode', at: 'uri-error' }],
      [native('decodeURIComponent'), { name: 'decode', at: 'uri-error' }],
    ),
  },
  'eval-error': { type: 'EvalError', message: 'made by hand', frames: call('evaluate', 'eval-error') },
  'error-without-new': {
    type: 'TypeError',
    message: 'made without new',
    frames: call('forgetNew', 'error-without-new'),
  },
  'stack-overflow': {
    type: each('RangeError', 'InternalError', 'RangeError'),
    message: /call stack|recursion/,
    // V8 notices at the function's head, the others in its body.
    frames: Array.from({ length: 5 }, () => ({ name: 'deeper', file: 'HERE/page/errors.js' })),
    depth: each(50, 100, 100),
  },
  recursion: {
    type: 'Error',
    message: 'thirty down',
    frames: [
      { name: 'down', at: 'recursion' },
      ...Array.from({ length: 30 }, () => ({ name: 'down', at: 'recursion-down' })),
      { name: 'recurse', at: 'recursion-start' },
    ],
  },
  'dom-exception': {
    type: 'SyntaxError',
    message: /'\[' is not a valid selector/,
    frames: each(
      [{ name: 'query', at: 'dom-exception' }],
      [{ name: 'query', at: 'dom-exception' }],
      [native('querySelector'), { name: 'query', at: 'dom-exception' }],
    ),
  },
  'dom-exception-made': {
    type: 'AbortError',
    message: 'the user left',
    // One made by a script has no stack but in Firefox (platform.md §B1): the event says where it was thrown.
    // In WebKit that is the reporter's wrapper, from which it is thrown on.
    frames: each<readonly ExpectedFrame[]>(
      [{ name: '', at: 'dom-exception-made' }],
      [{ name: 'abort', at: 'dom-exception-made' }],
      [],
    ),
  },
  'aggregate-error': {
    type: 'AggregateError',
    message: 'two of them',
    frames: call('aggregate', 'aggregate-error'),
    inner: [
      { type: 'TypeError', message: 'first', frames: call('aggregate', 'aggregate-error-first') },
      { type: 'String', message: 'second, a string' },
    ],
  },
  'cross-realm': {
    type: 'TypeError',
    message: 'of another realm',
    frames: call('crossRealm', 'cross-realm'),
  },
  handled: {
    type: 'RangeError',
    message: 'taken care of',
    frames: call('handle', 'handled'),
    handled: true,
    properties: { coupon: 'SPRING' },
  },
  'handled-string': { type: 'String', message: 'a string, taken care of', frames: [], handled: true },
  'handled-null': { type: 'Null', message: 'null', frames: [], handled: true },
  'report-error': error('given to reportError', 'report', 'report-error'),
};
