import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_FRAMES, toFrames } from './frames.js';

/** `class.method file:line:column`, for tables. */
const shown = (stack: string, message = '') =>
  toFrames(stack, message).map(
    ({ className, methodName, fileName, lineNumber, columnNumber, code }) =>
      `${[className, methodName].filter(Boolean).join('.') || '-'} ${fileName ?? '-'}:${lineNumber ?? '-'}:${columnNumber ?? '-'}${code ? ` [${code}]` : ''}`,
  );

describe('V8', () => {
  it.each([
    ['at checkout (https://a.example/app.js:12:7)', 'checkout https://a.example/app.js:12:7'],
    ['at https://a.example/app.js:1:1', '- https://a.example/app.js:1:1'],
    ['at Cart.total (https://a.example/app.js:3:9)', 'Cart.total https://a.example/app.js:3:9'],
    ['at new Cart (https://a.example/app.js:3:9)', 'Cart.constructor https://a.example/app.js:3:9'],
    ['at async load (https://a.example/app.js:3:9)', 'load https://a.example/app.js:3:9'],
    ['at async https://a.example/app.js:3:9', '- https://a.example/app.js:3:9'],
    ['at Shop.go [as run] (https://a.example/app.js:3:9)', 'Shop.go https://a.example/app.js:3:9'],
    [
      'at Object.<anonymous> (https://a.example/app.js:3:9)',
      'Object.<anonymous> https://a.example/app.js:3:9',
    ],
    ['at Array.map (<anonymous>)', 'Array.map -:-:-'],
    ['at async Promise.all (index 1)', 'Promise.all -:-:-'],
    ['at TEST.eval(webpack:///./a.jsx?:295:108)', 'TEST.eval webpack:///./a.jsx?:295:108'],
    [
      'at Foo.[Symbol.iterator] (https://a.example/app.js:3:9)',
      'Foo.[Symbol.iterator] https://a.example/app.js:3:9',
    ],
    [
      'at Object.callback (async https://a.example/app.js:3:9)',
      'Object.callback https://a.example/app.js:3:9',
    ],
    ['at Array.prototype.map (native code)', 'Array.prototype.map -:-:-'],
    [
      'at Invoker<int (MyClass::*)(int) const>::invoke(int) (https://a.example/t.wasm:wasm-function[7]:0x50)',
      'Invoker<int (MyClass::*)(int) const>::invoke(int) https://a.example/t.wasm:-:- [wasm-function[7]:0x50]',
    ],
    // Read wrong by error-stack-parser on its own: it deletes parentheses from URLs (platform.md §B3).
    ['at f (https://a.example/(shop)/page 1.js:3:9)', 'f https://a.example/(shop)/page 1.js:3:9'],
    ['at https://a.example/(shop)/page.js:3:9', '- https://a.example/(shop)/page.js:3:9'],
    ['at f (https://a.example/a.js?b=(x):3:9)', 'f https://a.example/a.js?b=(x):3:9'],
    ['at a (b) c (https://a.example/a.js:3:9)', 'a (b) c https://a.example/a.js:3:9'],
    [
      'at g (eval at f (https://a.example/a.js:78:35), <anonymous>:1:24)',
      'g -:1:24 [eval at f (https://a.example/a.js:78:35)]',
    ],
    [
      'at inner (https://a.example/t.wasm:wasm-function[0]:0x50)',
      'inner https://a.example/t.wasm:-:- [wasm-function[0]:0x50]',
    ],
  ])('%s', (line, expected) => {
    expect(shown(`TypeError: x\n    ${line}`, 'x')).toEqual([expected]);
  });

  const frame = '    at real (https://a.example/a.js:1:2)';

  it('takes no line of the message for a frame', () => {
    const message = 'it broke\n    at fake (http://evil.example/x.js:9:9)\n    at https://b.example/y.js:1:1';
    expect(shown(`Error: ${message}\n${frame}`, message)).toEqual(['real https://a.example/a.js:1:2']);
  });

  it('takes only the unbroken run at the end when the message was changed later', () => {
    const stack = `Error: see\n    at fake (http://evil.example/x.js:9:9)\nbelow\n${frame}`;
    expect(shown(stack, 'other')).toEqual(['real https://a.example/a.js:1:2']);
  });

  it('finds the end of a header whose name looks like frames, or begins like the message', () => {
    const name = 'One\n    at evil (https://evil.example/x.js:9:9)';
    expect(shown(`${name}: plain\n${frame}`, 'plain')).toEqual(['real https://a.example/a.js:1:2']);
    const shouting = 'E\n    at fake (http://evil.example/x.js:9:9)';
    expect(shown(`Error: ${shouting}\n${frame}`, shouting)).toEqual(['real https://a.example/a.js:1:2']);
  });

  it('knows the header by the message, whatever the name became', () => {
    const message = 'server said\n    at handler (server.js:10:5)';
    expect(shown(`Error: ${message}\n${frame}`, message)).toEqual(['real https://a.example/a.js:1:2']);
  });

  it('keeps the position of a line that is too long', () => {
    const long = `    at f (https://a.example/${'a'.repeat(3_000)}.js:12:34)`;
    expect(toFrames(`Error: x\n${long}`, 'x')).toMatchObject([
      { methodName: 'f', lineNumber: 12, columnNumber: 34 },
    ]);
  });

  it('takes every frame when text follows them', () => {
    expect(shown(`Error: x\n${frame}\nFrom previous event:\n${frame}\nend`)).toHaveLength(2);
  });

  it('finds nothing in a header alone', () => {
    expect(shown("SyntaxError: Unexpected token '<'", "Unexpected token '<'")).toEqual([]);
  });
});

describe('Gecko and JavaScriptCore', () => {
  it.each([
    ['checkout@https://a.example/app.js:12:7', 'checkout https://a.example/app.js:12:7'],
    ['@https://a.example/app.js:12:7', '- https://a.example/app.js:12:7'],
    ['total@https://a.example/npm/pkg@1.0/a.js:12:7', 'total https://a.example/npm/pkg@1.0/a.js:12:7'],
    ['https://a.example/app.js:12:7', '- https://a.example/app.js:12:7'],
    ['async*load@https://a.example/app.js:12:7', 'load https://a.example/app.js:12:7'],
    ['setTimeout handler*poll@https://a.example/app.js:12:7', 'poll https://a.example/app.js:12:7'],
    ['ca/<@https://a.example/app.js:12:7', 'ca/< https://a.example/app.js:12:7'],
    ['map@[native code]', 'map -:-:-'],
    ['evald@', 'evald -:-:-'],
    ['my.wasm-function[crash]@[wasm code]', 'my.wasm-function[crash] -:-:-'],
    ['f@https://a.example/(shop)/a b.js:1:2', 'f https://a.example/(shop)/a b.js:1:2'],
    ['obj["@fn"]@Scratchpad/1:10:29', 'obj["@fn"] Scratchpad/1:10:29'],
    ['f@https://a.example/a.js line 78 > eval:1:24', 'f -:1:24 [https://a.example/a.js line 78 > eval]'],
    [
      'inner@https://a.example/t.wasm:wasm-function[0]:0x50',
      'inner https://a.example/t.wasm:-:- [wasm-function[0]:0x50]',
    ],
  ])('%s', (line, expected) => {
    expect(shown(`${line}\n`)).toEqual([expected]);
  });
});

it('takes no function name for a header where the message is the same', () => {
  expect(shown('checkout@https://a.example/app.js:12:7\n', 'checkout')).toEqual([
    'checkout https://a.example/app.js:12:7',
  ]);
});

describe('hostile stacks', () => {
  it('are never given to error-stack-parser where they have no frame (its #57: 478 bytes took 15 s)', () => {
    expect(toFrames(`Error: ${'{"a":"b","c":"d"},'.repeat(2_000)}\nfrom server`)).toEqual([]);
  });

  it('make no frame of a text with a port in it', () => {
    expect(toFrames('Error: see https://status.example.com:8080', 'other')).toEqual([]);
  });

  it(`have at most ${MAX_FRAMES} frames`, () => {
    expect(toFrames('    at f (https://a.example/a.js:1:2)\n'.repeat(20_000))).toHaveLength(MAX_FRAMES);
  });

  it('never throw, whatever they are made of', () => {
    const piece = fc.constantFrom(
      'at ',
      '@',
      '(',
      ')',
      ' ',
      '"',
      ':1',
      ':1:2',
      'https://a/',
      '\n',
      'eval at ',
      ', ',
      ' > ',
      ' line 1',
      '<anonymous>',
      '[as ',
      ']',
      '[native code]',
      '\ue000',
      ':wasm-function[',
      '*',
      'new ',
      'async ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string())), fc.string(), (pieces, header) => {
        for (const frame of toFrames(pieces.join(''), header)) {
          expect(frame.lineNumber === undefined || Number.isSafeInteger(frame.lineNumber)).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
