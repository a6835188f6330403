import {
  type Expectations,
  type Expected,
  type ExpectedFrame,
  each,
  native,
  type PerEngine,
} from './expected.js';

/** Names in Chromium, Firefox and WebKit, and what calls the function where the engine itself does. */
type Names = readonly [chromium: string, firefox: string, webkit: string];

const CALLS: Readonly<Record<string, readonly [message: string, names: string | Names]>> = {
  'static-method': ['in a static method', ['Cart.parse', 'parse', 'parse']],
  'class-constructor': ['in a constructor', ['Cart.constructor', 'Cart', 'Cart']],
  method: ['in a method', ['Cart.total', 'total', 'total']],
  getter: ['in a getter', ['get price', 'get price', 'price']],
  setter: ['in a setter', ['set price', 'set price', 'price']],
  'private-method': ['in a private method 1', '#secret'],
  'class-field': ['in a class field', ['Cart.later', 'later', '']],
  'odd-method': ['in a method of an odd name', 'odd name'],
  iterator: ['in an iterator', ['[Symbol.iterator]', '[Symbol.iterator]', '']],
  'object-method': ['in an object', ['Object.open', 'open', 'open']],
  'object-literal-getter': ['in a getter of an object', ['get name', 'get name', 'name']],
  arrow: ['in an arrow', 'add'],
  anonymous: ['in a function without a name', ['', 'run/<', '']],
  bound: ['in a bound function', 'unbound'],
  reflect: ['through Reflect.apply', 'target'],
  'proxy-trap': ['in a trap', ['Object.get', 'get', 'get']],
  'to-string': ['in toString', ['Object.toString', 'toString', 'toString']],
  'tagged-template': ['in a tag', 'tag'],
  'default-parameter': ['in a default', 'need'],
  'name-of-unicode': ['größer als 12 €', 'größeÄndern'],
  // Only V8 asks the function for its name.
  'name-set': ['in a renamed function', ['a name (with) odd@parts:1:2', 'handler', 'handler']],
};

const frame = (name: string, at: string): readonly ExpectedFrame[] => [{ name, at }];

/** A function that the engine's own code called, which Firefox does not list. */
const through = (
  name: string,
  at: string,
  [chromium, webkit]: readonly [string, string],
): PerEngine<readonly ExpectedFrame[]> =>
  each(
    [{ name, at }, native(chromium), { name: 'run' }],
    [{ name, at }, { name: 'run' }],
    [{ name, at }, native(webkit), { name: 'run' }],
  );

export const CALLED: Expectations = {
  ...Object.fromEntries(
    Object.entries(CALLS).map(([at, [message, names]]) => {
      const [chromium, firefox, webkit]: Names = typeof names === 'string' ? [names, names, names] : names;
      const frames = each(frame(chromium, at), frame(firefox, at), frame(webkit, at));
      const expected: Expected = { type: 'Error', message, frames };
      return [at, expected];
    }),
  ),
  'class-derived': {
    type: 'Error',
    message: 'in a method',
    frames: each(
      [
        { name: 'Basket.total', at: 'method' },
        { name: 'Basket.total', at: 'class-derived' },
      ],
      [
        { name: 'total', at: 'method' },
        { name: 'total', at: 'class-derived' },
      ],
      [
        { name: 'total', at: 'method' },
        { name: 'total', at: 'class-derived' },
      ],
    ),
  },
  'array-callback': {
    type: 'Error',
    message: 'in map',
    frames: through('onItem', 'array-callback', ['Array.map', 'map']),
  },
  'array-sort': {
    type: 'Error',
    message: 'in sort',
    frames: through('compare', 'array-sort', ['Array.sort', 'sort']),
  },
  'replace-callback': {
    type: 'Error',
    message: 'in replace',
    frames: through('onMatch', 'replace-callback', ['String.replace', 'anonymous']),
  },
  'to-json': {
    type: 'Error',
    message: 'in toJSON',
    frames: each(
      [{ name: 'Object.toJSON', at: 'to-json' }, native('JSON.stringify'), { name: 'run' }],
      [{ name: 'toJSON', at: 'to-json' }, { name: 'run' }],
      [{ name: 'toJSON', at: 'to-json' }, native('stringify'), { name: 'run' }],
    ),
  },
};
