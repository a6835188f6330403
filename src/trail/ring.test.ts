import { describe, expect, it } from 'vitest';
import { toFittingJson } from '../exception/fit.js';
import { MAX_BREADCRUMB_BYTES, MAX_BREADCRUMBS } from '../wire/index.js';
import { createRing, MAX_CRUMB_TEXT, toCrumbText } from './ring.js';

const crumb = (text: string) => ({ at: 1_795_000_000_000, kind: 'app', text });
const bytesOf = (data: object) => new TextEncoder().encode(JSON.stringify(data)).length;

describe('a ring', () => {
  it('keeps the last hundred, oldest first', () => {
    const ring = createRing(() => 0);
    expect(ring.crumbs()).toBeUndefined();
    for (let i = 0; i < MAX_BREADCRUMBS + 5; i++) ring.add(crumb(`${i}`));
    const texts = ring.crumbs()?.map(({ text }) => text);
    expect(texts).toHaveLength(MAX_BREADCRUMBS);
    expect([texts?.[0], texts?.at(-1)]).toEqual(['5', '104']);
    expect(ring.last(2).map(({ text }) => text)).toEqual(['103', '104']);
  });

  it.each(['x', '\u0001', '\u{1f600}', 'ä'])(
    'has never more bytes than a log takes, of whatever characters (%j)',
    (character) => {
      const ring = createRing(() => 0);
      for (let i = 0; i < 300; i++) ring.add(crumb(character.repeat(i % MAX_CRUMB_TEXT)));
      const crumbs = ring.last(MAX_BREADCRUMBS);
      expect(bytesOf(crumbs)).toBeLessThanOrEqual(MAX_BREADCRUMB_BYTES);
      expect(crumbs.length).toBeGreaterThan(5);
      expect(crumbs.at(-1)?.text).toBe(character.repeat(299 % MAX_CRUMB_TEXT));
      const exception = { type: 'E', message: character.repeat(8_000), stackTrace: character.repeat(16_000) };
      expect(bytesOf(JSON.parse(toFittingJson({ exception, breadcrumbs: crumbs })))).toBeLessThan(61_441);
    },
  );

  it('gives a burst of errors its last ten: one history is enough for it', () => {
    let now = 5_000;
    const ring = createRing(() => now);
    for (let i = 0; i < 20; i++) ring.add(crumb(`${i}`));
    expect(ring.crumbs()).toHaveLength(20);
    now += 999;
    expect(ring.crumbs()).toHaveLength(10);
    now += 1;
    expect(ring.crumbs()).toHaveLength(20);
    // The clock was put back by an hour.
    now -= 3_600_000;
    expect(ring.crumbs()).toHaveLength(20);
  });
});

describe('a text', () => {
  it('is covered before it is cut', () => {
    const text = toCrumbText(`${'x'.repeat(250)} anna@shop.example`, (one) => one.replace(/\S+@\S+/, '***'));
    expect(text).toBe(`${'x'.repeat(250)} ***`);
    expect(toCrumbText('y'.repeat(10_000), (one) => one)).toBe('y'.repeat(MAX_CRUMB_TEXT));
  });

  it('has no half of a pair at its end', () => {
    expect(toCrumbText('\u{1f600}'.repeat(200), (one) => one)).toBe('\u{1f600}'.repeat(128));
    expect(toCrumbText(`x${'\u{1f600}'.repeat(200)}`, (one) => one)).toBe(`x${'\u{1f600}'.repeat(127)}`);
  });
});
