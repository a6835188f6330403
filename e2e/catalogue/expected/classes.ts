import {
  call,
  type Expectations,
  type Expected,
  type ExpectedFrame,
  each,
  error,
  native,
  type PerEngine,
} from './expected.js';

/** V8 leaves the constructors out that a class did not write itself; the others name them, WebKit without a place. */
const made = (by: string, at: string): PerEngine<readonly ExpectedFrame[]> =>
  each(
    [{ name: by, at }],
    [
      { name: 'PaymentError', at: 'payment-error' },
      { name: by, at },
    ],
    [native('PaymentError'), { name: by, at }],
  );

/** App Center takes 16 exceptions; the last of them stands for the rest. */
const LEFT_OUT: Expected = { type: '…', message: 'more were left out' };

/** A chain of causes, each the cause of the one before. */
const chain = (from: number, to: number): Expected => ({
  type: 'Error',
  message: `number ${from}`,
  frames: call('causeDeep', 'cause-deep'),
  inner: [from < to ? chain(from + 1, to) : LEFT_OUT],
});

export const CLASSES: Expectations = {
  'class-without-name': {
    type: 'PaymentError',
    message: 'declined',
    frames: made('pay', 'class-without-name'),
  },
  'class-with-own-name': {
    type: 'Declined',
    message: 'declined',
    frames: made('payOwn', 'class-with-own-name'),
  },
  'class-with-prototype-name': {
    type: 'CardDeclined',
    message: 'expired',
    frames: each(
      [{ name: 'payByCard', at: 'class-with-prototype-name' }],
      [
        { name: 'PaymentError' },
        { name: 'CardError' },
        { name: 'payByCard', at: 'class-with-prototype-name' },
      ],
      [native('PaymentError'), native('CardError'), { name: 'payByCard', at: 'class-with-prototype-name' }],
    ),
  },
  // Its prototype has no name of its own, and inherits "TypeError": the constructor knows more.
  'class-extends-type-error': {
    type: 'ShapeError',
    message: 'not a cart',
    frames: each(
      [{ name: 'check', at: 'class-extends-type-error' }],
      [{ name: 'ShapeError' }, { name: 'check', at: 'class-extends-type-error' }],
      [native('ShapeError'), { name: 'check', at: 'class-extends-type-error' }],
    ),
  },
  'class-of-old-style': {
    type: 'OldError',
    message: 'made by a function',
    frames: each(
      [
        { name: 'OldError.constructor', at: 'class-of-old-style' },
        { name: 'old', at: 'class-of-old-style-thrown' },
      ],
      [
        { name: 'OldError', at: 'class-of-old-style' },
        { name: 'old', at: 'class-of-old-style-thrown' },
      ],
      [
        { name: 'OldError', at: 'class-of-old-style' },
        { name: 'old', at: 'class-of-old-style-thrown' },
      ],
    ),
  },
  'extra-properties': error('404 of /cart', 'request', 'extra-properties'),
  frozen: error('frozen', 'freeze', 'frozen'),
  // Without its prototype nothing says any more that it was a TypeError; in Firefox the stack goes with it.
  'sealed-prototype': error('without a prototype', each('bare', '', 'bare'), 'sealed-prototype'),
  'changed-message': error('as it was thrown', 'change', 'changed-message'),
  rethrown: error('caught and thrown again', 'first', 'rethrown'),
  'thrown-twice': error('thrown twice', 'twice', 'thrown-twice'),
  'cause-error': {
    ...error('orders cannot be shown', 'causeError', 'cause-error'),
    inner: [{ type: 'RangeError', message: 'page 7 of 3', frames: call('causeError', 'cause-error-inner') }],
  },
  'cause-string': {
    ...error('with a string', 'causeString', 'cause-string'),
    inner: [{ type: 'String', message: 'the disk is full' }],
  },
  'cause-object': {
    ...error('with an object', 'causeObject', 'cause-object'),
    inner: [{ type: 'Object', message: '{"code":"EFULL"}' }],
  },
  'cause-null': {
    ...error('with null', 'causeNull', 'cause-null'),
    inner: [{ type: 'Null', message: 'null' }],
  },
  'cause-cyclic': {
    ...error('outer', 'causeCyclic', 'cause-cyclic'),
    inner: [{ ...error('inner', 'causeCyclic', 'cause-cyclic-inner'), inner: [] }],
  },
  'cause-itself': { ...error('its own cause', 'causeItself', 'cause-itself'), inner: [] },
  'cause-deep': chain(0, 14),
  'aggregate-nested': {
    type: 'AggregateError',
    message: 'outer',
    frames: call('nest', 'aggregate-nested'),
    inner: [
      {
        type: 'AggregateError',
        message: 'inner',
        frames: call('nest', 'aggregate-nested-inner'),
        inner: [error('a leaf', 'nest', 'aggregate-nested-inner')],
      },
    ],
  },
  'aggregate-of-thousands': {
    type: 'AggregateError',
    message: 'ten thousand',
    frames: call('thousands', 'aggregate-of-thousands'),
    inner: [...Array.from({ length: 14 }, (_, i) => ({ type: 'Error', message: `number ${i}` })), LEFT_OUT],
  },
  suppressed: {
    type: 'SuppressedError',
    message: 'both',
    frames: call('suppress', 'suppressed'),
    inner: [
      { type: 'TypeError', message: 'while disposing', frames: call('suppress', 'suppressed-error') },
      { type: 'String', message: 'the first' },
    ],
  },
  'promise-any': {
    type: 'AggregateError',
    message: each('All promises were rejected', 'No Promise in Promise.any was resolved', ''),
    frames: each<readonly ExpectedFrame[]>([], [], [native('')]),
    inner: [error('one', 'any', 'promise-any'), error('two', 'any', 'promise-any')],
  },
};
