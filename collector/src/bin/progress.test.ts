import { expect, it } from 'vitest';
import { countText, createProgress, sizeText } from './progress.js';

function createHere(isTTY: boolean) {
  const written: string[] = [];
  const clock = { ticks: 0 };
  const out = { isTTY, write: (text: string) => written.push(text) > 0 };
  return { written, clock, progress: createProgress(out, () => clock.ticks) };
}

it('is one line that changes, on a terminal, a few times a second', () => {
  const { written, clock, progress } = createHere(true);
  for (clock.ticks = 0; clock.ticks <= 600; clock.ticks += 50) progress.at(() => `${clock.ticks}`);
  progress.done('all');
  expect(written).toEqual(['\r\u001b[K250', '\r\u001b[K500', '\r\u001b[Kall\n']);
});

it('is a line now and then elsewhere, and asks for no text that it does not show', () => {
  const { written, clock, progress } = createHere(false);
  let asked = 0;
  for (clock.ticks = 0; clock.ticks <= 25_000; clock.ticks += 1000) progress.at(() => `${++asked}`);
  progress.begin('checking');
  progress.done('all');
  expect(written).toEqual(['1\n', '2\n', 'checking\n', 'all\n']);
});

it('numbers are for people', () => {
  expect([0, 999, 1000, 122_000_000, 5e15].map(sizeText)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '122.0 MB',
    '5000.0 TB',
  ]);
  expect(countText(100_000)).toBe('100,000');
});
