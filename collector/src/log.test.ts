import { expect, it } from 'vitest';
import { createLog } from './log.js';
import { StoreError } from './store/store.js';

function linesOf(format: 'text' | 'json', ...calls: Parameters<ReturnType<typeof createLog>>[]): string[] {
  const lines: string[] = [];
  const log = createLog({ format, write: (line) => lines.push(line), now: () => 0 });
  for (const call of calls) log(...call);
  return lines;
}

it('writes a line for a person', () => {
  expect(linesOf('text', ['it began'], ['it failed', new StoreError('full', 'the disk is full')])).toEqual([
    '1970-01-01T00:00:00.000Z it began',
    '1970-01-01T00:00:00.000Z it failed: the disk is full',
  ]);
});

it('writes a line for a program, also of what has many', () => {
  const error = new TypeError('x is\nnot a function');
  const [line = '', ...more] = linesOf('json', ['it failed', error]);
  expect([more, line.includes('\n')]).toEqual([[], false]);
  const time = '1970-01-01T00:00:00.000Z';
  expect(JSON.parse(line)).toEqual({ time, level: 'error', message: 'it failed', error: error.stack });
});

it.each([
  ['POST /logs?app-secret=0f3c8d1e-5b7a-4c2d-9e6f-1a2b3c4d5e6f&x=1', 'POST /logs?app-secret=…&x=1'],
  ['{"App-Secret": "0f3c8d1e-5b7a-4c2d-9e6f-1a2b3c4d5e6f"}', '{"App-Secret": "…"}'],
  ['another app has the secret 0f3c8d1e-5b7a-4c2d-9e6f-1a2b3c4d5e6f', 'another app has the secret …'],
  ['Authorization: Bearer cpt_AAAAAAAAAAAAAAAAAAAAAAAA', 'Authorization: Bearer …'],
  ['a token cpt_AAAAAAAAAAAAAAAAAAAAAAAA-_ here', 'a token cpt_… here'],
  ['Cookie: crashpost-session=abc_-d; x=1', 'Cookie: crashpost-session=…; x=1'],
  ["('ann', '$scrypt$ln=15,r=8,p=1$a/b+c$d')", "('ann', '$scrypt$…')"],
  [
    'Report 0f3c8d1e-5b7a-4c2d-9e6f-1a2b3c4d5e6f failed',
    'Report 0f3c8d1e-5b7a-4c2d-9e6f-1a2b3c4d5e6f failed',
  ],
])('hides what is secret in %j', (text, shown) => {
  expect(linesOf('text', [text], ['x', text]).map((line) => line.slice(25))).toEqual([shown, `x: ${shown}`]);
});
