import { describe, expect, it } from 'vitest';
import { MAX_PROPERTIES, MAX_PROPERTY_LENGTH } from '../wire/index.js';
import { toProperties } from './to-log.js';

describe('properties', () => {
  it('are what App Center takes of them', () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`key${i}`, i]));
    expect(Object.keys(toProperties(many))).toEqual(Object.keys(many).slice(0, MAX_PROPERTIES));
    expect(toProperties({ [`k${'x'.repeat(200)}`]: 'v'.repeat(200) })).toEqual({
      [`k${'x'.repeat(124)}`]: 'v'.repeat(MAX_PROPERTY_LENGTH),
    });
  });

  it('are not cut inside of a pair of surrogates', () => {
    expect(toProperties({ a: `${'v'.repeat(124)}😀` })).toEqual({ a: 'v'.repeat(124) });
    expect(toProperties({ a: `${'v'.repeat(123)}😀` })).toEqual({ a: `${'v'.repeat(123)}😀` });
  });

  it('lose one that cannot be read, not all', () => {
    const given = Object.defineProperty({ a: '1', c: Object.create(null) }, 'b', {
      enumerable: true,
      get: () => JSON.parse('{'),
    });
    expect(toProperties(given)).toEqual({ a: '1', b: 'undefined', c: 'undefined' });
  });
});
