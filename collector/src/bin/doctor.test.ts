import { expect, it } from 'vitest';
import { ofDisk, ofTimes } from './doctor.js';

it('little room and a wrong clock are told', () => {
  expect([5e9, 9e8, 1e7].map((free) => ofDisk(free).state)).toEqual(['ok', 'warn', 'FAIL']);
  const now = Date.UTC(2027, 0, 1);
  expect(ofTimes(now, undefined)).toMatchObject({ state: 'ok', text: '2027-01-01 00:00 UTC' });
  expect(ofTimes(now, now + 3600_000)).toMatchObject({ state: 'warn', text: expect.stringContaining('NTP') });
  expect(ofTimes(0, undefined).state).toBe('FAIL');
});
