import { describe, expect, it } from 'vitest';
import { textOf } from './text-of.js';
import { toException } from './to-exception.js';

class Receipt {
  constructor(readonly total: number) {}
}
class Price {
  toString() {
    return '12 EUR';
  }
}
class NavigationFailure {
  get message() {
    return 'inherited';
  }
}

/** An element as far as it is looked at; its text is not to be told. */
const element = (nodeName: string, id: unknown) => ({
  nodeName,
  id,
  textContent: 'private',
  toString: () => 'x',
});

/** As the platform's own objects are: all fields inherited, the tag its own. */
const platformObject = (tag: string, fields: object) =>
  Object.create({ ...fields, [Symbol.toStringTag]: tag, secret: 'private' });

describe('a value that is no error', () => {
  it.each([
    ['a string', 'String', 'a string'],
    ['', 'String', ''],
    [42, 'Number', '42'],
    [Number.NaN, 'Number', 'NaN'],
    [10n, 'BigInt', '10'],
    [true, 'Boolean', 'true'],
    [Symbol('s'), 'Symbol', 'Symbol(s)'],
    [null, 'Null', 'null'],
    [undefined, 'Undefined', 'undefined'],
    [{ a: 1 }, 'Object', '{"a":1}'],
    [Object.create(null), 'Object', '{}'],
    [JSON.parse('{"__proto__":1}'), 'Object', '{"__proto__":1}'],
    [[1], 'Array', '[1]'],
    [[undefined, Number.NaN], 'Array', '[null,null]'],
    [new Map([['a', { b: 1 }]]), 'Map', '[["a",{"b":1}]]'],
    [new Set([1, 'b']), 'Set', '[1,"b"]'],
    [new Date(0), 'Date', '1970-01-01T00:00:00.000Z'],
    [new Date(Number.NaN), 'Date', 'Invalid Date'],
    [/a+/g, 'RegExp', '/a+/g'],
    [new URL('https://a.example/b'), 'URL', 'https://a.example/b'],
    [Promise.resolve(1), 'Promise', '{}'],
    [new String('boxed'), 'String', 'boxed'],
    [new Number(7), 'Number', '7'],
    [new Receipt(12), 'Receipt', '{"total":12}'],
    [new Price(), 'Price', '12 EUR'],
    [new Uint8Array(3), 'Uint8Array', '[Uint8Array]'],
    [element('BUTTON', 'buy'), 'Object', '<BUTTON#buy>'],
    [element('FORM', {}), 'Object', '<FORM>'],
    [
      function thrown() {
        return 'private';
      },
      'Function',
      'function thrown',
    ],
  ])('%s', (value, type, message) => {
    expect(toException({ value, handled: false })).toEqual({ type, message });
  });

  it('tells what matters of the platform’s own objects', () => {
    expect(textOf(platformObject('Event', { type: 'change', target: element('BODY', '') }))).toBe(
      '{"type":"change","target":"<BODY>"}',
    );
    expect(textOf(new Response(null, { status: 404 }))).toContain('"status":404');
    expect(textOf(new Event('change'))).toContain('"type":"change"');
    const code = platformObject('CloseEvent', { type: 'close', code: 1006, reason: 'gone' });
    expect(textOf(code)).toBe('{"type":"close","code":1006,"reason":"gone"}');
    const failed = platformObject('ErrorEvent', { type: 'error', message: 'm', error: new TypeError('e') });
    expect(textOf(failed)).toBe('{"type":"error","message":"m","error":"TypeError: e"}');
    expect(textOf({ window: platformObject('Window', { status: '' }) })).toBe('{"window":{"status":""}}');
  });

  it('is shown with what has no JSON inside of it', () => {
    const value: Record<string, unknown> = {
      big: 1n,
      sign: Symbol('s'),
      run: () => 1,
      error: new RangeError('r'),
      when: new Date(0),
      bytes: new Uint8Array(2),
    };
    value.self = value;
    Object.defineProperty(value, 'bad', { enumerable: true, get: () => JSON.parse('{') });
    expect(textOf(value)).toBe(
      '{"big":"1","sign":"Symbol(s)","error":"RangeError: r","when":"1970-01-01T00:00:00.000Z","bytes":"[Uint8Array]","self":"…"}',
    );
    const shared = { a: 1 };
    expect(textOf([shared, shared])).toBe('[{"a":1},{"a":1}]');
    expect(textOf({ toJSON: () => JSON.parse('{') })).toBe('{}');
    expect(textOf(new NavigationFailure())).toBe('{}');
  });

  it('is cut where it has no end', () => {
    let deep: object = {};
    for (let i = 0; i < 100_000; i++) deep = { deep };
    expect(textOf(deep)).toBe(`${'{"deep":'.repeat(10)}"…"${'}'.repeat(10)}`);
    expect(textOf(new Array(4_000_000_000)).length).toBeLessThan(50_000);
    expect(textOf({ text: 'x'.repeat(1_000_000), more: 1, most: 2 })).toBe(
      `{"text":"${'x'.repeat(8_192)}… [991808 cut]","more":"…"}`,
    );
    expect(textOf(new Uint8Array(50_000_000))).toBe('[Uint8Array]');
  });
});
