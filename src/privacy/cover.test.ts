import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toFrames } from '../exception/frames.js';
import { toException } from '../exception/to-exception.js';
import type { Exception } from '../wire/index.js';
import { bare } from './address.js';
import { createCover, UNREAD } from './cover.js';

const cover = createCover({});
const of = (value: unknown): Exception => cover.exception(toException({ value, handled: true }));

describe('an exception', () => {
  it('has no secret in its message, nor where the message stands above the calls', () => {
    const {
      message,
      stackTrace = '',
      frames,
    } = of(new Error('login: password=hunter2\nof anna@example.com'));
    expect(message).toBe('login: password=***\nof ***');
    expect(stackTrace.startsWith('Error: login: password=***\nof ***\n    at ')).toBe(true);
    expect(frames?.length).toBeGreaterThan(3);
  });

  it('has none where the message was changed after V8 had written it above the calls', () => {
    const error = new Error('token=abc\nsecret=def');
    error.message = `changed: ${error.message}`;
    expect(JSON.stringify(of(error))).not.toMatch(/abc|def/);
  });

  it('has none where the message looks like calls', () => {
    const text =
      'token=abc\n    at f (https://a.example/b.js:1:2)\nsecret=def\n    at g (https://a.example/b.js:1:2)';
    expect(JSON.stringify(of(new Error(text)))).not.toMatch(/abc|def/);
  });

  it('has none inside: causes, children, what is no error', () => {
    const error = new AggregateError([new Error('token=abc'), { password: 'def' }], 'all', {
      cause: new TypeError('Bearer ghi123', { cause: 'jkl@example.com' }),
    });
    expect(JSON.stringify(of(error))).not.toMatch(/abc|def|ghi|jkl/);
    expect(JSON.stringify(toException({ value: error, handled: true }))).toMatch(/abc.*def.*ghi.*jkl/s);
  });

  it('has stacks of Gecko as they are', () => {
    const error = Object.assign(new Error('token=abc'), {
      stack: 'f@https://a.example/b.js?token=1:1:2\nload@https://a.example/anna@example.com.js:3:4\n',
    });
    expect(of(error)).toMatchObject({ message: 'token=***', stackTrace: error.stack });
  });
});

describe('the options', () => {
  const given = 'anna@example.com at https://u:p@a.example/?token=abc and /cart?user=anna';

  it.each([
    [{}, '*** at https://a.example/ and /cart?user=***'],
    [{ mask: false }, 'anna@example.com at https://a.example/ and /cart?user=anna'],
    [{ urls: 'full' }, '*** at https://u:***/?token=*** and /cart?user=***'],
    [{ urls: 'full', mask: false }, given],
    [{ mask: (text: string) => text.replace('cart', 'x') }, '*** at https://a.example/ and /x?user=***'],
  ] as const)('%s', (options, expected) => {
    expect(createCover(options).text(given)).toBe(expected);
  });

  it('a function that throws costs the text, not the report', () => {
    const throws = () => {
      throw new Error('theirs');
    };
    const { message, stackTrace, frames, type } = createCover({ mask: throws }).exception(
      toException({ value: new RangeError('secret'), handled: true }),
    );
    expect({ message, type }).toEqual({ message: UNREAD, type: 'RangeError' });
    expect(stackTrace).toContain(UNREAD);
    expect(stackTrace).not.toContain('secret');
    expect(stackTrace).toContain('cover.test.ts');
    expect(frames?.length).toBeGreaterThan(3);
    const unreadable = createCover({ mask: () => Object.create(null) as string });
    expect(unreadable.text('x')).toBe(UNREAD);
  });
});

interface Entry {
  readonly id: string;
  readonly stack: string | null;
  readonly message: string | null;
}

describe.each([
  ['the corpus', new URL('../../../shared/corpus/stacks/stacks.json', import.meta.url), 230],
  ['the part of it that is kept here', new URL('../exception/fixtures/stacks.json', import.meta.url), 30],
] as const)('of %s', (_, file, least) => {
  describe.skipIf(!existsSync(file))('is there', () => {
    const read = () => JSON.parse(readFileSync(file, 'utf8')) as Entry[];
    const entries = existsSync(file) ? read().filter(({ stack }) => stack) : [];

    it('has entries', () => expect(entries.length).toBeGreaterThanOrEqual(least));

    it.each(entries.map((entry) => [entry.id, entry] as const))('%s: no frame is touched', (_id, entry) => {
      const { stack, message } = entry;
      const exception = { type: 'Error', message: message ?? '', stackTrace: stack ?? '' };
      const full = createCover({ urls: 'full' }).exception(exception);
      const frames = toFrames(exception.stackTrace, exception.message);
      expect(toFrames(full.stackTrace ?? '', full.message)).toEqual(frames);
      // By default the addresses alone change. What has a line and no column after a query, as no engine writes it, is
      // taken for the end of the query: a time of day in an address looks the same.
      if (/\?[^:\s]*:\d+\)/.test(exception.stackTrace)) return;
      const { stackTrace = '', message: told } = cover.exception(exception);
      const bared = (text: string | undefined) => text && bare(text);
      expect(toFrames(bare(stackTrace), told)).toEqual(
        frames.map((frame) => ({ ...frame, fileName: bared(frame.fileName), code: bared(frame.code) })),
      );
    });
  });
});
