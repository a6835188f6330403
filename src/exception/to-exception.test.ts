import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_INNER_EXCEPTIONS } from '../wire/index.js';
import { MAX_MESSAGE, MAX_STACK_TRACE, toException } from './to-exception.js';

const of = (value: unknown) => toException({ value, handled: false });

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

  it('is named by its own name, its prototype, its class', () => {
    class CartError extends Error {}
    class Named extends Error {
      override name = 'Own';
    }
    expect(of(new CartError('x')).type).toBe('CartError');
    expect(of(new Named('x')).type).toBe('Own');
    expect(of(new DOMException('x', 'AbortError')).type).toBe('AbortError');
    expect(of(Object.assign(new Error('x'), { name: '' })).type).toBe('Error');
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

  it('may be its own cause, or have a chain of thousands', () => {
    const circle = new Error('circle');
    circle.cause = new Error('other', { cause: circle });
    expect(of(circle).innerExceptions).toMatchObject([{ message: 'other' }]);
    let deep = new Error('0');
    for (let i = 1; i < 5_000; i++) deep = new Error(String(i), { cause: deep });
    let depth = 0;
    for (let at = of(deep); at.innerExceptions; at = at.innerExceptions[0] ?? { type: '' }) depth++;
    expect(depth).toBe(MAX_INNER_EXCEPTIONS);
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
    const { message = '', stackTrace = '' } = of(error);
    expect(message).toHaveLength(MAX_MESSAGE + '… [991808 cut]'.length);
    expect(message.endsWith('… [991808 cut]')).toBe(true);
    expect(stackTrace.length).toBeLessThan(MAX_STACK_TRACE + 40);
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
  it.each([
    ['a string', 'String', 'a string'],
    ['', 'String', ''],
    [42, 'Number', '42'],
    [10n, 'BigInt', '10'],
    [true, 'Boolean', 'true'],
    [Symbol('s'), 'Symbol', 'Symbol(s)'],
    [null, 'Null', 'null'],
    [undefined, 'Undefined', 'undefined'],
    [{ a: 1 }, 'Object', '{"a":1}'],
    [Object.create(null), 'Object', '{}'],
    [[1], 'Array', '[1]'],
    [new Map(), 'Map', '{}'],
  ])('%s', (value, type, message) => {
    expect(of(value)).toEqual({ type, message });
  });

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
    expect(toException({ value: null, handled: false, event: muted })).toEqual({
      type: 'Error',
      message: 'Script error.',
      frames: [],
    });
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
