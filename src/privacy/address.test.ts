import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countSteps } from '../exception/steps.fixture.js';
import { bare } from './address.js';

it.each([
  ['https://shop.example/cart?user=anna#top', 'https://shop.example/cart'],
  ['https://shop.example/?q', 'https://shop.example/'],
  ['https://shop.example#anna', 'https://shop.example'],
  ['https://anna:pass@shop.example/a', 'https://shop.example/a'],
  ['https://anna:p@ss@shop.example/', 'https://shop.example/'],
  ['blob:https://shop.example/4a1b2c3d', 'blob:https://shop.example/4a1b2c3d'],
  ['wss://shop.example/live?token=1', 'wss://shop.example/live'],
  // A script's own query is how its source map is found.
  ['https://shop.example/app.js?v=12', 'https://shop.example/app.js?v=12'],
  ['https://cdn.example/app.mjs?v=12', 'https://cdn.example/app.mjs?v=12'],
  ['https://cdn.example/gtag/js?id=1', 'https://cdn.example/gtag/js?id=1'],
  ['https://user@cdn.example/app.js?v=12', 'https://cdn.example/app.js?v=12'],
  ['webpack:///./src/App.vue?vue&type=script', 'webpack:///./src/App.vue?vue&type=script'],
  ['https://shop.example/react@18.2.0/react.js', 'https://shop.example/react@18.2.0/react.js'],
])('of %s stays %s', (address, expected) => expect(bare(address)).toBe(expected));

it.each([
  ['no (https://a.example/b?c=d).', 'no (https://a.example/b).'],
  ["'wss://a.example/?t=1' failed", "'wss://a.example/' failed"],
  ['{"url":"https://a.example/b?c=d#e","n":1}', '{"url":"https://a.example/b","n":1}'],
  ['<https://a.example/b?c=d> and http://e.example/?f', '<https://a.example/b> and http://e.example/'],
])('of the text %s stays %s', (text, expected) => expect(bare(text)).toBe(expected));

it.each([
  ['    at f (https://a.example/b?c=d#e:12:7)', '    at f (https://a.example/b:12:7)'],
  ['    at https://a.example/b?t=10:30:12:7', '    at https://a.example/b:12:7'],
  ["    at f (https://a.example/b#it's(here):12:7)", '    at f (https://a.example/b:12:7)'],
  ['f@https://u:p@a.example/b?c=d:12:7', 'f@https://a.example/b:12:7'],
  ['f@https://a.example/b?c=d line 78 > eval:1:2', 'f@https://a.example/b line 78 > eval:1:2'],
  [
    '    at eval (eval at f (https://a.example/b?c=d:12:7), <anonymous>:1:2)',
    '    at eval (eval at f (https://a.example/b:12:7), <anonymous>:1:2)',
  ],
  ['    at f (https://a.example/b.js?c=d:12:7)', '    at f (https://a.example/b.js?c=d:12:7)'],
])('of the call %s stays %s', (line, expected) => {
  expect(bare(line)).toBe(expected);
  // A log is bared as JSON.
  const json = JSON.stringify({ stackTrace: `Error\n${line}\n${line}` });
  expect(JSON.parse(bare(json))).toEqual({ stackTrace: `Error\n${expected}\n${expected}` });
});

it('leaves JSON that can be read, and as much of it', () => {
  const piece = fc.oneof(
    fc.constantFrom('https://', 'a', '@', '?', '#', '/', '"', '\\', ':1', ')', '\n', ' ', '.js', '<', '>'),
    fc.string({ unit: 'binary', maxLength: 3 }),
  );
  const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 4 }), (texts) => {
      expect(JSON.parse(bare(JSON.stringify(texts)))).toHaveLength(texts.length);
    }),
    { numRuns: 2_000 },
  );
});

it('takes twice the work for a text twice as long', () => {
  const hurting = '://,@,/,?,#,://a?,://a?b:1,:1:1,),.,://a@,js?,.js,:,a,"'.split(',');
  const grown = hurting.flatMap((text) =>
    ['', '://', '://a?', '://a.js?'].map((before) => {
      const of = (times: number) => countSteps(() => bare(before + text.repeat(times)));
      return { before, text, growth: of(600) / of(300) };
    }),
  );
  expect(grown.filter(({ growth }) => growth > 2.2)).toEqual([]);
});
