import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Exception, MAX_INNER_EXCEPTIONS } from '../wire/index.js';
import { MAX_MESSAGE, MAX_STACK_TRACE } from './fit.js';
import { toException } from './to-exception.js';

const of = (value: unknown) => toException({ value, handled: false });

/** The exception and all inside it. */
const allOf = (exception: Exception): Exception[] => [
  exception,
  ...(exception.innerExceptions ?? []).flatMap(allOf),
];

describe('an error', () => {
  it('has type, message, frames and the raw stack', () => {
    const error = new TypeError('x is not a function');
    const exception = of(error);
    expect(exception).toMatchObject({ type: 'TypeError', message: 'x is not a function' });
    expect(exception.stackTrace).toBe(error.stack);
    expect(exception.frames?.[0]?.fileName).toContain('to-exception.test.ts');
    expect(exception.frames?.[0]?.lineNumber).toBeGreaterThan(0);
    expect(exception.frames?.[0]?.columnNumber).toBeGreaterThan(0);
  });

  it('has no call of ours in its stack', () => {
    const error = new Error('x');
    error.stack =
      'Error: x\n    at f (https://a/a.js:1:2)\n    at crashpostCallback (https://a/c.js:1:9)\n    at g (https://a/a.js:3:4)';
    const { stackTrace, frames } = of(error);
    expect(stackTrace).toBe('Error: x\n    at f (https://a/a.js:1:2)\n    at g (https://a/a.js:3:4)');
    expect(frames?.map(({ methodName }) => methodName)).toEqual(['f', 'g']);
  });

  it('is named by its own name, its prototype, its class', () => {
    class CartError extends TypeError {}
    class Named extends Error {
      override name = 'Own';
    }
    class ByPrototype extends CartError {}
    Object.defineProperty(ByPrototype.prototype, 'name', { value: 'Cart', writable: true });
    class Below extends ByPrototype {}
    const e = class extends Error {};
    expect(of(new CartError('x')).type).toBe('CartError');
    expect(of(new Named('x')).type).toBe('Own');
    expect(of(new ByPrototype('x')).type).toBe('Cart');
    expect(of(new Below('x')).type).toBe('Below');
    expect(of(Object.assign(new Below('x'), { name: 'TypeError' })).type).toBe('TypeError');
    expect(of(new e('x')).type).toBe('e');
    // A class without a name has its parent's.
    expect(of(new (class extends RangeError {})('x')).type).toBe('RangeError');
    expect(of(new DOMException('x', 'AbortError')).type).toBe('AbortError');
    expect(of(Object.assign(new Error('x'), { name: '' })).type).toBe('Error');
    expect(of(Object.assign(new CartError('x'), { name: 42 })).type).toBe('CartError');
    expect(of(Object.setPrototypeOf(new TypeError('x'), null)).type).toBe('Error');
  });

  it('is known from another realm, and when it was copied', () => {
    expect(of(runInNewContext('new TypeError("far")'))).toMatchObject({ type: 'TypeError', message: 'far' });
    const copied = {
      name: 'ApiError',
      message: 'copied',
      stack: 'ApiError: copied\n    at f (https://a/a.js:1:2)',
    };
    expect(of(copied)).toMatchObject({
      type: 'ApiError',
      message: 'copied',
      frames: [{ methodName: 'f', fileName: 'https://a/a.js', lineNumber: 1, columnNumber: 2 }],
    });
    // Without a stack it is data like any other.
    expect(of({ message: 'data', code: 7 })).toEqual({
      type: 'Object',
      message: '{"message":"data","code":7}',
    });
  });

  it.each([
    [42, '42'],
    [null, 'null'],
    [10n, '10'],
    [Symbol('s'), 'Symbol(s)'],
    [{ code: 'E1' }, '{"code":"E1"}'],
    [new TypeError('within'), 'TypeError: within'],
    [undefined, ''],
  ])('may have the message %s, which is shown as text', (message, text) => {
    expect(of(Object.defineProperty(new Error('x'), 'message', { value: message })).message).toBe(text);
  });

  it('has its cause and the errors of an AggregateError as inner exceptions', () => {
    const exception = of(
      new AggregateError([new RangeError('a'), 'b'], 'all', { cause: new Error('c', { cause: 7 }) }),
    );
    expect(exception.innerExceptions).toMatchObject([
      { type: 'RangeError', message: 'a' },
      { type: 'String', message: 'b' },
      { type: 'Error', message: 'c', innerExceptions: [{ type: 'Number', message: '7' }] },
    ]);
  });

  it('may be its own cause', () => {
    const circle = new Error('circle');
    circle.cause = new Error('other', { cause: circle });
    expect(of(circle).innerExceptions).toMatchObject([{ message: 'other' }]);
    expect(of(circle).innerExceptions?.[0]).not.toHaveProperty('innerExceptions');
  });

  it('may have a chain of thousands, or thousands of children: App Center takes 16 in all, the last says so', () => {
    let deep = new Error('0');
    for (let i = 1; i < 5_000; i++) deep = new Error(String(i), { cause: deep });
    const chain = allOf(of(deep));
    expect(chain.map(({ message }) => message).slice(0, -1)).toEqual(
      Array.from({ length: MAX_INNER_EXCEPTIONS - 1 }, (_, i) => String(4_999 - i)),
    );
    expect(chain.at(-1)).toEqual({ type: '…', message: 'more were left out' });

    const many = new AggregateError(
      Array.from({ length: 10_000 }, (_, i) => new Error(`child ${i}`)),
      'many',
    );
    const { innerExceptions = [] } = of(many);
    expect(innerExceptions).toHaveLength(MAX_INNER_EXCEPTIONS - 1);
    expect(innerExceptions.at(-2)?.message).toBe('child 13');
    expect(innerExceptions.at(-1)?.message).toBe('more were left out');

    // Where all have room, nothing is marked.
    const few = new AggregateError(Array.from({ length: 14 }, (_, i) => i));
    expect(allOf(of(few)).map(({ type }) => type)).toEqual(['AggregateError', ...Array(14).fill('Number')]);
  });

  it('tells children before the causes of the first of them, and each once', () => {
    const shared = new Error('shared');
    let deep = new Error('deep');
    for (let i = 0; i < 50; i++) deep = new Error('deep', { cause: deep });
    const { innerExceptions = [] } = of(new AggregateError([deep, shared, shared], 'all', { cause: shared }));
    expect(innerExceptions.map(({ message }) => message)).toEqual(['deep', 'shared']);
    expect(allOf(of(new AggregateError(Array(100_000).fill(shared)))).length).toBe(2);
    // The same text twice is two.
    expect(of(new AggregateError(['timeout', 'timeout', null, null])).innerExceptions).toHaveLength(4);
  });

  it('has both errors of a SuppressedError, and an error that a plain value holds', () => {
    const suppressed = Object.assign(new Error('disposing'), {
      name: 'SuppressedError',
      error: new TypeError('in dispose'),
      suppressed: 'the first',
    });
    expect(of(suppressed).innerExceptions).toMatchObject([
      { type: 'TypeError', message: 'in dispose' },
      { type: 'String', message: 'the first' },
    ]);
    expect(of({ error: new RangeError('held') })).toMatchObject({
      type: 'Object',
      message: '{"error":"RangeError: held"}',
      innerExceptions: [{ type: 'RangeError', message: 'held' }],
    });
    expect(of({ reason: new RangeError('held') }).innerExceptions).toHaveLength(1);
    // Fields that only have the name.
    expect(of(Object.assign(new Error('x'), { error: null, reason: 'busy' }))).not.toHaveProperty(
      'innerExceptions',
    );
    expect(of({ cause: 'data', errors: ['data'] })).not.toHaveProperty('innerExceptions');
    expect(of({ errors: [new Error('a'), 'b'] }).innerExceptions).toMatchObject([{ message: 'a' }]);
  });

  it('may have a hostile list of errors', () => {
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    const throwing = Object.defineProperty([1, 2], 0, {
      get: () => {
        throw new Error('getter');
      },
    });
    const sliced = Object.assign([new RangeError('child')], { slice: () => 'no array' });
    for (const errors of [proxy, throwing, 7, { length: 2 ** 40 }])
      expect(of(Object.assign(new Error('kept'), { errors })).message).toBe('kept');
    expect(of(Object.assign(new Error('kept'), { errors: sliced })).innerExceptions).toMatchObject([
      { type: 'RangeError' },
    ]);
  });

  it('is cut with a mark where it is too long', () => {
    const error = new Error('m'.repeat(1_000_000));
    error.stack = `${error}\n${'    at f (https://a.example/a.js:1:2)\n'.repeat(10_000)}`;
    const { message = '', stackTrace = '', frames = [] } = of(error);
    expect(message).toBe(`${'m'.repeat(MAX_MESSAGE)}… [991808 cut]`);
    // The message stands above the frames too: cut like the message itself, it leaves room for them.
    expect(stackTrace.startsWith(`Error: ${message}\n    at f (https://a.example/a.js:1:2)\n`)).toBe(true);
    expect(stackTrace.length).toBeLessThan(MAX_STACK_TRACE + 40);
    expect(stackTrace).toMatch(/… \[\d+ cut\]$/);
    expect(frames[0]).toMatchObject({ methodName: 'f', fileName: 'https://a.example/a.js', lineNumber: 1 });
  });

  it('is not cut inside of a pair of surrogates', () => {
    expect(of(new Error(`${'m'.repeat(MAX_MESSAGE - 1)}😀😀`)).message).toBe(
      `${'m'.repeat(MAX_MESSAGE - 1)}… [4 cut]`,
    );
    expect(of(new Error(`${'m'.repeat(MAX_MESSAGE - 2)}😀`)).message).toHaveLength(MAX_MESSAGE);
  });

  it('costs a field, not the report, where a getter throws or gives nonsense', () => {
    const explode = () => {
      throw new Error('getter');
    };
    for (const field of ['message', 'name', 'stack', 'cause', 'errors', 'constructor']) {
      const hostile = Object.defineProperty(new RangeError('kept'), field, { get: explode });
      expect(of(hostile).type).toMatch(/^(RangeError|Error)$/);
      if (field !== 'message') expect(of(hostile).message).toBe('kept');
      const odd = Object.defineProperty(new RangeError('kept'), field, { value: [1, { a: 2 }] });
      expect(() => JSON.stringify(of(odd))).not.toThrow();
    }
  });
});

describe('anything else', () => {
  it('may be a revoked proxy, which even instanceof cannot touch', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(of(proxy)).toEqual({ type: 'Object', message: '[Object]' });
  });

  it('never makes it throw', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withNullPrototype: true }), (value) => {
        expect(of(value).type).toBeTypeOf('string');
      }),
    );
  });
});

describe('what only the event tells', () => {
  const event = { message: 'Uncaught TypeError: x is null', filename: 'https://a/a.js', lineno: 3, colno: 9 };

  it('serves where the value is withheld', () => {
    expect(toException({ value: null, handled: false, event })).toEqual({
      type: 'TypeError',
      message: 'x is null',
      frames: [{ fileName: 'https://a/a.js', lineNumber: 3, columnNumber: 9 }],
    });
    const muted = { message: 'Script error.', filename: '', lineno: 0, colno: 0 };
    const withheld = toException({ value: null, handled: false, event: muted });
    expect(withheld).toEqual({
      type: 'Error',
      message: expect.stringMatching(/^Script error\. .*browser withholds.*crossorigin and CORS/),
      frames: [],
    });
    // Firefox says where.
    const located = { ...muted, filename: 'https://cdn.example/a.js', lineno: 3, colno: 0 };
    expect(toException({ value: undefined, handled: false, event: located })).toMatchObject({
      message: withheld.message,
      frames: [{ fileName: 'https://cdn.example/a.js' }],
    });
  });

  it('gives way to the stack: the event says where it was thrown, in JSON it even points into the text', () => {
    const value = Object.assign(new TypeError('x is null'), {
      stack: 'TypeError: x is null\n    at f (https://a/b.js:7:8)',
    });
    expect(toException({ value, handled: false, event })).toMatchObject({
      frames: [{ methodName: 'f', fileName: 'https://a/b.js', lineNumber: 7, columnNumber: 8 }],
    });
  });

  it('has the cure only where the browser withheld something', () => {
    for (const message of ['ResizeObserver loop limit exceeded', 'Uncaught Error: Script error. in a worker'])
      expect(
        toException({ value: null, handled: false, event: { ...event, message } }).message,
      ).not.toContain('crossorigin');
    expect(of(new Error('Script error.')).message).toBe('Script error.');
  });

  it('gives a thrown string its position', () => {
    expect(
      toException({ value: 'no', handled: false, event: { ...event, message: 'Uncaught no' } }),
    ).toMatchObject({ type: 'String', message: 'no', frames: [{ lineNumber: 3 }] });
  });

  it('does not hide that undefined was thrown', () => {
    expect(
      toException({ value: undefined, handled: false, event: { ...event, message: 'Uncaught undefined' } }),
    ).toMatchObject({ type: 'Undefined' });
  });
});
