// What error-stack-parser 2.1.4 breaks, each with the stack that shows it: why frames.ts gives it no stack as it is.
import ErrorStackParser from 'error-stack-parser';
import { describe, expect, it } from 'vitest';
import { toFrames } from './frames.js';
import { countSteps } from './steps.fixture.js';

/** `name file:line:column`. */
const ours = (stack: string, message: string): string[] =>
  toFrames(stack, message).map(
    ({ className, methodName, fileName, lineNumber, columnNumber, code }) =>
      `${[className, methodName].filter(Boolean).join('.') || '-'} ${fileName ?? '-'}:${lineNumber ?? '-'}:${columnNumber ?? '-'}${code ? ` [${code}]` : ''}`,
  );
const theirs = (stack: string): string[] =>
  ErrorStackParser.parse({ name: 'Error', message: '', stack }).map(
    ({ functionName, fileName, lineNumber, columnNumber }) =>
      `${functionName ?? '-'} ${fileName ?? '-'}:${lineNumber ?? '-'}:${columnNumber ?? '-'}`,
  );

interface Row {
  readonly breaks: string;
  readonly stack: string;
  readonly message?: string;
  readonly frames: readonly string[];
  readonly parsed: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    breaks: 'parentheses of a URL are deleted',
    stack: 'Error: x\n    at f (https://a.example/(shop)/page (1).js:3:9)',
    frames: ['f https://a.example/(shop)/page (1).js:3:9'],
    parsed: ['f https://a.example/shop/page 1.js:3:9'],
  },
  {
    breaks: 'parentheses of a bare URL are deleted',
    stack: 'Error: x\n    at https://a.example/a.js?b=(c):3:9',
    frames: ['- https://a.example/a.js?b=(c):3:9'],
    parsed: ['- https://a.example/a.js?b=c:3:9'],
  },
  {
    breaks: 'parentheses of a URL are deleted, in Gecko too',
    stack: 'f@https://a.example/(shop)/page.js:3:9\n',
    frames: ['f https://a.example/(shop)/page.js:3:9'],
    parsed: ['f https://a.example/shop/page.js:3:9'],
  },
  {
    breaks: 'a call in evaluated text is said to be where eval was called',
    stack: 'Error: x\n    at g (eval at f (https://a.example/a.js:78:35), <anonymous>:1:24)',
    frames: ['g -:1:24 [eval at f (https://a.example/a.js:78:35)]'],
    parsed: ['g https://a.example/a.js:78:35'],
  },
  {
    breaks: 'in Gecko the column of evaluated text is lost as well',
    stack: 'g@https://a.example/a.js line 78 > eval:1:24\n',
    frames: ['g -:1:24 [https://a.example/a.js line 78 > eval]'],
    parsed: ['g https://a.example/a.js:78:-'],
  },
  {
    breaks: 'new Function stays in the file name',
    stack: 'anonymous@https://a.example/a.js line 80 > Function:3:7\n',
    frames: ['anonymous -:3:7 [https://a.example/a.js line 80 > Function]'],
    parsed: ['anonymous https://a.example/a.js line 80 > Function:3:7'],
  },
  {
    breaks: 'function and offset of a wasm module stay in the file name',
    stack:
      'Error: x\n    at inner (https://a.example/t.wasm:wasm-function[0]:0x50)\n    at f (https://a.example/a.js:1:2)',
    frames: ['inner https://a.example/t.wasm:-:- [wasm-function[0]:0x50]', 'f https://a.example/a.js:1:2'],
    parsed: ['inner https://a.example/t.wasm:wasm-function[0]:0x50:-:-', 'f https://a.example/a.js:1:2'],
  },
  {
    breaks: 'a module compiled from bytes is said to be in a file of an odd name',
    stack: 'inner@https://a.example/a.js line 5 > WebAssembly.instantiate:wasm-function[0]:0x50\n',
    frames: ['inner -:-:- [https://a.example/a.js line 5 > WebAssembly.instantiate:wasm-function[0]:0x50]'],
    parsed: ['inner https://a.example/a.js line 5 > WebAssembly.instantiate:wasm-function[0]:0x50:-:-'],
  },
  {
    breaks: 'native frames are dropped',
    stack:
      'Error: x\n    at f (https://a.example/a.js:1:2)\n    at Array.map (<anonymous>)\n    at async Promise.all (index 1)',
    frames: ['f https://a.example/a.js:1:2', 'Array.map -:-:-', 'Promise.all -:-:-'],
    parsed: ['f https://a.example/a.js:1:2'],
  },
  {
    breaks: 'native code is said to be a file',
    stack: 'f@https://a.example/a.js:1:2\nmap@[native code]',
    frames: ['f https://a.example/a.js:1:2', 'map -:-:-'],
    parsed: ['f https://a.example/a.js:1:2', 'map [native code]:-:-'],
  },
  {
    breaks: 'lines of a message are taken for frames',
    message: 'it broke\n    at fake (http://evil.example/x.js:9:9)',
    stack:
      'Error: it broke\n    at fake (http://evil.example/x.js:9:9)\n    at f (https://a.example/a.js:1:2)',
    frames: ['f https://a.example/a.js:1:2'],
    parsed: ['fake http://evil.example/x.js:9:9', 'f https://a.example/a.js:1:2'],
  },
  {
    breaks: 'a header alone is taken for a frame',
    message: "Unexpected token '<'",
    stack: "SyntaxError: Unexpected token '<'",
    frames: [],
    parsed: ["- SyntaxError: Unexpected token '<':-:-"],
  },
  {
    breaks: 'async stays in the name',
    stack: 'Error: x\n    at async load (https://a.example/a.js:1:2)',
    frames: ['load https://a.example/a.js:1:2'],
    parsed: ['async load https://a.example/a.js:1:2'],
  },
  {
    breaks: 'a name with a parenthesis, and the file is part of it',
    stack: 'Error: x\n    at GET /users/ (id) (https://a.example/a.js:1:2)',
    frames: ['GET /users/ (id) https://a.example/a.js:1:2'],
    parsed: ['GET /users/ id https://a.example/a.js:1:2'],
  },
];

describe('error-stack-parser alone', () => {
  it.each(ROWS)('$breaks', ({ stack, message = 'x', frames, parsed }) => {
    expect(ours(stack, message)).toEqual(frames);
    // It still does: when this fails, look whether what prevents it is still needed.
    expect(theirs(stack)).toEqual(parsed);
  });

  it('takes work by a power of the length (its #57: 478 characters of JSON took 15 s)', () => {
    const json = (n: number): string => `Error: ${'{"a":"b"},'.repeat(n)}\nfrom server`;
    const growth = (parse: (stack: string) => unknown): number => {
      const [half, full] = [4, 8].map((n) => countSteps(() => parse(json(n)))) as [number, number];
      return full / half;
    };
    expect(growth(theirs)).toBeGreaterThan(3.5);
    expect(growth(toFrames)).toBeLessThan(2.2);
  });
});
