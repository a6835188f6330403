// Row 14: the collector's disk is full. 503, nothing acknowledged is lost, and it goes on when there is room.
import { expect, test } from '@playwright/test';
import { fillDisk } from './disk-full.js';
import { keepResult } from './results.js';
import { RUN } from './row.js';

test('14 collector: disk full', async () => {
  test.setTimeout(120_000);
  const { acknowledged, missing, refused, timeless, recovered } = await fillDisk();
  const statuses = Object.keys(refused);
  keepResult(RUN, {
    row: '14',
    engine: 'collector',
    title: 'disk full',
    text: `${acknowledged} acknowledged before, while and after it was full, ${missing.length} missing; ${refused[503]} posts refused meanwhile, by status ${statuses}; acknowledging again ${recovered} ms after there was room`,
  });
  expect(acknowledged).toBeGreaterThan(20);
  expect(missing).toEqual([]);
  expect(statuses).toEqual(['503']);
  // Each says when to come again.
  expect(timeless).toBe(0);
});
