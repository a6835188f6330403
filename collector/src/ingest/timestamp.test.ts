import { describe, expect, it } from 'vitest';
import { parseTimestamp } from './timestamp.js';

describe('a timestamp', () => {
  it.each([
    ['2017-03-13T18:05:42Z', 0],
    ['2017-03-13T18:05:42.1Z', 100],
    ['2017-03-13T18:05:42.999Z', 999],
    ['2017-03-13T18:05:42.1234567Z', 123],
    ['2017-03-13T18:05:42.123456789Z', 123],
    ['2017-03-13t20:05:42.5+02:00', 500],
    ['2017-03-13T13:05:42-0500', 0],
    ['2017-03-13 18:05:42', 0],
    ['  2017-03-13T18:05:42  ', 0],
    ['Mon, 13 Mar 2017 18:05:42 GMT', 0],
    ['13 Mar 2017 20:05:42 +0200', 0],
  ])('%s', (text, ms) => {
    expect(parseTimestamp(text)).toBe(Date.UTC(2017, 2, 13, 18, 5, 42, ms));
  });

  it.each([
    undefined,
    null,
    1489428342000,
    '',
    'yesterday',
    '2017-13-45T99:99:99Z',
    '2017-03-13',
    '0001-01-01T00:00:00Z',
    '1970-01-01T00:00:01Z',
  ])('says nothing: %s', (value) => {
    expect(parseTimestamp(value)).toBeUndefined();
  });
});
