import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MAX_FRAMES, toFrames } from './frames.js';
import { withoutOurs } from './lines.js';
import { countSteps } from './steps.fixture.js';

const steps = (stack: string, message = ''): number => countSteps(() => toFrames(stack, message));

it('counts: the textbook pattern that takes the square, and the cube, of the length', () => {
  const spend = (pattern: RegExp, n: number) => countSteps(() => pattern.test(`${'a'.repeat(n)}!`));
  expect(spend(/a*$/, 200) / spend(/a*$/, 100)).toBeGreaterThan(3.5);
  expect(spend(/a*a*$/, 100) / spend(/a*a*$/, 50)).toBeGreaterThan(7);
  expect(spend(/^a*!$/, 200) / spend(/^a*!$/, 100)).toBeLessThan(2.1);
});

/** What hurts parsers of stacks: what a pattern may begin to match at, many times in one line. */
const HURTING = [
  '(',
  ')',
  '@',
  ' @',
  '(a',
  '@a',
  '(a.b',
  '@ ',
  '((at eval at ',
  ' ',
  '\t',
  '"',
  "'",
  '.',
  '*',
  'a',
  'async ',
  'async*',
  'handler*',
  ' [as ',
  ' [as [',
  '[',
  ']',
  ':1',
  ':1:1',
  ':(//',
  '-extension:(//',
  ' line 1 > eval',
  ' line 1',
  'eval at ',
  ', <anonymous>',
  '<anonymous>',
  ':wasm-function[0]',
  ':wasm-function[',
  ':0x50',
  '/a',
  '../',
  'https://a/',
  'data:',
  'new ',
  'index 1',
  '[native code]',
  'native',
  'crashpostCallback',
  'a.crashpostCallback',
  '\r',
  '\u2028',
  '\ud800',
  '\ue000',
  '\u00a0',
  'é',
] as const;

/** The ways a text of the page's gets into a stack. */
const INTO: Record<string, (text: string) => string> = {
  'a V8 name': (text) => `    at ${text} (https://a.example/b.js:1:2)`,
  'a V8 place': (text) => `    at f (https://a.example/${text}:1:2)`,
  'a bare V8 place': (text) => `    at ${text}:1:2`,
  'a V8 line': (text) => `    at ${text}`,
  'a Gecko name': (text) => `${text}@https://a.example/b.js:1:2`,
  'a Gecko place': (text) => `f@https://a.example/${text}:1:2`,
  'a line': (text) => text,
};

it.each(Object.keys(INTO))('%s that is twice as long takes twice the work', (into) => {
  const wrap = INTO[into] as (text: string) => string;
  const grown = HURTING.map((text) => {
    const times = Math.ceil(400 / text.length);
    return { text, growth: steps(wrap(text.repeat(2 * times))) / steps(wrap(text.repeat(times))) };
  });
  expect(grown.filter(({ growth }) => growth > 2.2)).toEqual([]);
});

/** Steps a character may cost: `escape` makes six of one, and the parser looks at each some twenty times. */
const PER_CHARACTER = 200;
/** Looking for the message in what may be a header of 1,024 characters. */
const ONCE = 100_000;

const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...HURTING) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('\n', '\n    at ', 'Error: ', ': ', '@https://a.example/b.js:1:2\n'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);
const hostile = fc
  .array(fc.tuple(piece, fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 300 }))), { maxLength: 12 })
  .map((parts) => parts.map(([text, times]) => text.repeat(times)).join(''));

it('whatever a stack and a message are made of: no throw, frames enough for a report, work by the character', () => {
  const property = fc.property(hostile, hostile, fc.boolean(), (text, message, header) => {
    const stack = header ? `Error: ${message}\n${text}` : text;
    let frames = 0;
    const work = countSteps(() => {
      frames = toFrames(stack, message).length;
    });
    expect(frames).toBeLessThanOrEqual(MAX_FRAMES);
    expect(work).toBeLessThanOrEqual(PER_CHARACTER * (stack.length + message.length) + ONCE);
    const ours = countSteps(() => withoutOurs(stack));
    expect(ours).toBeLessThanOrEqual(20 * stack.length + ONCE);
  });
  fc.assert(property, { numRuns: 1_000 });
});

it('a stack of millions of characters costs no more than a cap', () => {
  const long = 2_000_000;
  const stacks = [
    'a'.repeat(long),
    `    at ${'('.repeat(long)}`,
    `Error: ${'{"a":"b","c":"d"},'.repeat(long / 18)}\nfrom server`,
    '    at f (https://a.example/b.js:1:2)\n'.repeat(20_000),
    `    at ${'é'.repeat(900)} (https://a.example/b.js:1:2)\n`.repeat(2_000),
    `${'(@'.repeat(500)}\n`.repeat(2_000),
    '\n'.repeat(long),
  ];
  // 256 lines of 1,024 characters.
  const cap = 256 * 1_024 * PER_CHARACTER + ONCE;
  for (const stack of stacks) expect(steps(stack, 'x')).toBeLessThanOrEqual(cap);
  expect(cap).toBeLessThan(100_000_000);
});

it('looks for calls of ours in so much of a stack, and no further', () => {
  const ours = (stack: string): number => countSteps(() => withoutOurs(stack));
  for (const line of ['\n', `\n${'a'.repeat(99)}.`, 'crashpostCallback@a\n']) {
    const long = line.repeat(1_000_000 / line.length);
    expect(ours(long + long)).toBe(ours(long));
  }
});
