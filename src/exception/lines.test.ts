import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_FRAMES, toFrames } from './frames.js';
import { withoutOurs } from './lines.js';

describe('withoutOurs', () => {
  it.each([
    [
      'JavaScriptCore',
      'f@https://a.example/a.js:1:2',
      'crashpostCallback@https://a.example/crashpost.min.js:1:9',
    ],
    [
      'JavaScriptCore, with the call of a Proxy',
      'f@https://a.example/a.js:1:2',
      'crashpostCallback@https://a.example/crashpost.min.js:1:9\n@[native code]',
    ],
    [
      'Gecko, an async parent',
      'f@https://a.example/a.js:1:2',
      'async*crashpostCallback@https://a.example/c.js:1:9',
    ],
    ['V8', '    at f (https://a.example/a.js:1:2)', '    at crashpostCallback (https://a.example/c.js:1:9)'],
    [
      'V8, async and of a class',
      '    at f (https://a.example/a.js:1:2)',
      '    at async Response.crashpostCallback (https://a.example/c.js:1:9)',
    ],
    [
      'V8, by another name',
      '    at f (https://a.example/a.js:1:2)',
      '    at Object.crashpostCallback [as json] (https://a.example/c.js:1:9)',
    ],
  ])('%s', (_, line, own) => {
    expect(withoutOurs(`${line}\n${own}\n${line}`)).toBe(`${line}\n${line}`);
    expect(withoutOurs(`${line}\n${own}`)).toBe(line);
    expect(withoutOurs(`${line}\n${own}\n${own}\n`)).toBe(`${line}\n`);
  });

  it.each([
    'f@https://a.example/crashpostCallback.js:1:2',
    '    at f (https://a.example/crashpostCallback (1).js:1:2)',
    '    at https://a.example/crashpostCallback@1.0/a.js:1:2',
    'Error: crashpostCallback is not what it was',
    'mycrashpostCallback@https://a.example/a.js:1:2',
    'crashpostCallbacks@https://a.example/a.js:1:2',
    '    at crashpostCallbacks (https://a.example/a.js:1:2)',
  ])('leaves %s', (line) => {
    expect(withoutOurs(`Error: x\n${line}\n${line}`)).toBe(`Error: x\n${line}\n${line}`);
  });

  it('leaves every other line as it is, in its order', () => {
    const own = 'crashpostCallback@https://a.example/c.js:1:9';
    const line = fc.oneof(
      fc.constant(own),
      fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\n', '')),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const rest = lines.filter((one) => one !== own);
        expect(withoutOurs(['top', ...lines].join('\n'))).toBe(['top', ...rest].join('\n'));
      }),
    );
  });

  it('finds the end of a header whose message has a stack with calls of ours in it', () => {
    const inner =
      'load failed: Error: x\n    at g (https://a.example/g.js:1:2)\n    at crashpostCallback (https://a.example/c.js:1:9)';
    const stack = `Error: ${inner}\n    at f (https://a.example/a.js:1:2)`;
    expect(toFrames(stack, inner)).toMatchObject([{ methodName: 'f' }]);
  });
});

describe('more frames than are kept', () => {
  const frames = (count: number): string =>
    Array.from({ length: count }, (_, i) => `f${i}@https://a.example/a.js:${i + 1}:2\n`).join('');

  it('has all of a hundred', () => {
    expect(toFrames(frames(100))).toHaveLength(MAX_FRAMES);
    expect(toFrames(frames(100))[99]).toMatchObject({ methodName: 'f99' });
  });

  it('says how many are missing in the place of the hundredth', () => {
    const cut = toFrames(frames(136));
    expect(cut).toHaveLength(MAX_FRAMES);
    expect(cut[98]).toMatchObject({ methodName: 'f98' });
    expect(cut[99]).toEqual({ methodName: '… [37 frames cut]' });
  });

  it('says "at least" of more than it reads', () => {
    expect(toFrames(frames(20_000))[99]).toEqual({ methodName: '… [157+ frames cut]' });
    expect(
      toFrames(`Error: x\n${'    at f (https://a.example/b.js:1:2)\n'.repeat(200_000)}`, 'x')[99],
    ).toEqual({
      methodName: '… [156+ frames cut]',
    });
  });
});

describe("the page's own characters", () => {
  it.each([
    '\ue000',
    '\ue028\ue029',
    '\u2028',
    '\u2029',
    '\r',
    '\ud800',
    '\udc00x',
    '\u00a0',
    '\ufeff',
    'ü',
    '😀',
    '%28',
    '%u2028',
  ])('%j stays in names and URLs', (text) => {
    const expected = [{ methodName: `a${text}b`, fileName: `https://a.example/c${text}d.js`, lineNumber: 1 }];
    expect(toFrames(`a${text}b@https://a.example/c${text}d.js:1:2`)).toMatchObject(expected);
    expect(toFrames(`    at a${text}b (https://a.example/c${text}d.js:1:2)`)).toMatchObject(expected);
  });
});

describe('a data: module, whose frames hold all of its text', () => {
  const file = `data:text/javascript,${'x'.repeat(100_000)}`;

  it('is no reason to lose the frames after it', () => {
    const stack = `Error: x\n    at f (${file}:1:2)\n    at ${file}:3:4\n    at g (https://a.example/a.js:5:6)`;
    expect(toFrames(stack, 'x')).toMatchObject([
      { methodName: 'f', lineNumber: 1, columnNumber: 2 },
      { lineNumber: 3, columnNumber: 4 },
      { methodName: 'g', fileName: 'https://a.example/a.js', lineNumber: 5 },
    ]);
  });

  it('is a hint of its own length only: half a file name is not longer than a line', () => {
    expect(toFrames(`f@${file}:1:2`)[0]?.fileName?.length).toBeLessThanOrEqual(1_024);
  });
});
