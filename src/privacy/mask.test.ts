import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countSteps } from '../exception/steps.fixture.js';
import { MASKED, mask } from './mask.js';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N';

/** `[text]` becomes the mark, all other text stays. */
it.each([
  'Bearer tokens: fetch failed with Bearer [s3cr3t-and-more]',
  `401 for Authorization: Bearer [${JWT}]`,
  'Authorization: Basic [dXNlcjpwYXNz]',
  '{"authorization":["Basic dXNlcjpwYXNzd29yZA=="]}',
  'sent Basic [dXNlcjpwYXNzd29yZA==] to it',
  `cannot read [${JWT}] (expired)`,
  'key [sk_live_4eC39HqLyjWDarjtT1zdp7dc] refused',
  'key [sk-proj-abcdefghij0123456789] refused',
  'git said no to [ghp_16C7e42F292c6912E7710c838347Ae178B4a]',
  'Slack: [xoxb-1234567890-abcdefghijkl]',
  'maps: [AIzaSyDaGmWKa4JsXZ-HjGw7ISLn_3namBGewQe]',
  'aws: [AKIAIOSFODNN7EXAMPLE0]',
  'no account for [anna@example.com].',
  'no account for <[Anna.Maria+shop@mail.example.co.uk]>',
  'user=[12345@qq.com] at 163: [x@163.com]',
  'card [4111111111111111] declined',
  'card [4111 1111 1111 1111], declined',
  'card [5500-0000-0000-0004]',
  'amex [3782 822463 10005]; mastercard [2223003122003222]',
  'login failed: password=[hunter2]&again=[1]',
  'login failed: password = [hunter2], user = anna',
  `{"user":"anna","password":["it's a \\"pass phrase\\""],"n":1}`,
  '{\\"password\\":[\\"hunter2\\",\\"n\\":1}]',
  'pwd:[x] userPassword=[y] accessToken: [z] client_secret=[w] api_key=[v] apiKey=[u] x-api-key: [t]',
  'token=[abc], secret=[def] sessionId=[ghi]',
  'GET /api/cart?user=[anna]&page=[2] failed',
])('masks %s', (marked) => {
  const text = marked.replace(/\[([^\]]*)\]/g, '$1');
  expect(mask(text)).toBe(marked.replace(/\[[^\]]*\]/g, MASKED));
  expect(mask(mask(text))).toBe(mask(text));
});

it.each([
  "Cannot read properties of undefined (reading 'password')",
  'SyntaxError: Unexpected token < in JSON at position 0',
  'Unexpected token \'=\', "= 1" is not valid JSON',
  'unexpected token: identifier',
  'Unexpected token: punc (,)',
  'max_tokens: 4096, tokens=3, author: Anna, passed: 3',
  'Bearer token expired',
  'Basic validation of secrets failed (secret is not defined)',
  'lodash@4.17.21 and @angular/core@18.2.0 and react@19.0.0-rc.1 differ',
  'at 2026-11-23T10:00:00.123Z, 2026-11-23-10-00-00-123, 20261123100000123',
  'took from 1764000000000 to 1764000000016 (1764000000016000)',
  '4a1b2c3d-4111-4111-8111-411111111111 and 45645645-1234-4123-8123-123456789012',
  'main.4111111111111111a.js, d41d8cd98f00b204e9800998ecf8427e, 4111111111111111abcdef',
  'random 0.4111111111111111 and 4111111111111.1111 and 4111111111111112',
  'version 1.4.2-beta.4+37 build 3000',
  'Minified React error #418; see the docs',
  'a && b=c',
  'sk-button ghost_button',
])('leaves alone: %s', (text) => expect(mask(text)).toBe(text));

const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));

describe('never masks', () => {
  it('UUIDs', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.constantFrom('id ', 'id=', '5 ', '"', ''), (uuid, before) => {
        expect(mask(before + uuid)).toBe(before + uuid);
      }),
      { numRuns: 2_000 },
    );
  });

  it('times', () => {
    const times = fc.date({ min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(times, (date) => {
        const text = `${date.getTime()} ${date.toISOString()} ${date.toString()} ${date.toISOString().replace(/\D/g, '')}`;
        expect(mask(text)).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });

  it('hashes in the names of files, and fractions', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(8, 16, 20, 32, 40),
        fc.double({ noNaN: true, noInteger: true }),
        (length, number) =>
          fc.assert(
            fc.property(hex(length), (hash) => {
              // One in 2,000 of sixteen has no letter.
              fc.pre(/[a-f]/.test(hash));
              const text = `main.${hash}.js ${hash} chunk-${hash}.css ${number}`;
              expect(mask(text)).toBe(text);
            }),
            { numRuns: 20 },
          ),
      ),
    );
  });
});

/** What a pattern may begin to match at, or go on with, many times in one text. */
const HURTING =
  'a . % @ a@ a@a. 1 4 4- 4111 ? & = ?a ?a= && " \' \\ \\" : ] password password= password=" password="\\ passw token token\\ eyJ eyJ- sk- gh session api é'
    .split(' ')
    .concat(
      ' ',
      '4 ',
      '\t',
      '\n',
      '\u2028',
      'password ',
      'unexpected ',
      'bearer ',
      'basic ',
      'basic a',
      'bearer token',
    );

const steps = (text: string): number => countSteps(() => mask(text));

describe('its work', () => {
  it('is twice as much for a text twice as long', () => {
    const grown = HURTING.flatMap((text) =>
      ['', 'password="', 'a@', '?a', '4111'].map((before) => {
        const of = (times: number) => steps(before + text.repeat(times));
        const times = Math.ceil(600 / text.length);
        return { before, text, growth: of(2 * times) / of(times) };
      }),
    );
    expect(grown.filter(({ growth }) => growth > 2.2)).toEqual([]);
  });

  it('is bounded by the character, whatever the text is made of', () => {
    const piece = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...HURTING) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
    );
    const hostile = fc
      .array(fc.tuple(piece, fc.integer({ min: 1, max: 200 })), { maxLength: 10 })
      .map((parts) => parts.map(([text, times]) => text.repeat(times)).join(''));
    fc.assert(
      fc.property(hostile, (text) => {
        expect(steps(text)).toBeLessThanOrEqual(200 * text.length + 2_000);
      }),
      { numRuns: 500 },
    );
  });
});
