import { describe, expect, it } from 'vitest';
import { toOrigins } from './origins.js';

describe('origins', () => {
  it.each([
    ['https://Shop.example', ['https://shop.example']],
    [
      'https://shop.example/, http://a:80,https://b:8443',
      ['https://shop.example', 'http://a', 'https://b:8443'],
    ],
    ['capacitor://localhost null https://a,https://a', ['capacitor://localhost', 'null', 'https://a']],
    ['https://bücher.example', ['https://xn--bcher-kva.example']],
    ['any', undefined],
    ['', undefined],
  ])('%j are %j', (text, origins) => expect(toOrigins(text)).toEqual(origins));

  it.each([
    'shop.example',
    'https://shop.example/path',
    'https://a?b',
    'https://u@a',
    'any,https://a',
    'https://',
    '*',
  ])('%j are none', (text) =>
    expect(() => toOrigins(text)).toThrow(/is no origin; write e\.g\. https:\/\/shop\.example/),
  );
});
