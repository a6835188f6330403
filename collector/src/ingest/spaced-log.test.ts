import { expect, it } from 'vitest';
import { createSpacedLog } from './spaced-log.js';

it('lets one line through every ten seconds, and counts the others', () => {
  const lines: string[] = [];
  let time = 0;
  const log = createSpacedLog(
    (message) => lines.push(message),
    () => time,
  );
  for (time = 0; time <= 10_000; time += 2_500) log('failed');
  expect(lines).toEqual(['failed', 'failed (and 3 times since the last such line)']);
});
