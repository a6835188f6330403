import { expect, it } from 'vitest';
import { fakePlatform } from '../platform/platform.fixture.js';
import type { Thrown } from '../thrown.js';
import { MAX_SEEN, onResource } from './on-resource.js';

/** The messages reported when each of these fails to load. */
function failed(...targets: object[]): string[] {
  const platform = fakePlatform();
  const all: Thrown[] = [];
  onResource(platform, (thrown) => all.push(thrown));
  for (const target of targets) platform.dispatch('error', { target });
  return all.map(({ value, handled }) => {
    expect(value).toMatchObject({ name: 'ResourceError', stack: '' });
    expect(handled).toBe(true);
    return (value as Error).message;
  });
}

const URL = 'https://cdn.example/a';

it('names what did not load; the query of a script only', () => {
  expect(
    failed(
      { localName: 'script', src: `${URL}.js?v=2#x` },
      { localName: 'img', currentSrc: `${URL}@2x.png?user=anna`, src: `${URL}.png` },
      { localName: 'link', rel: 'stylesheet', href: `${URL}.css?v=2` },
      { localName: 'object', data: `${URL}.pdf#page=2` },
    ),
  ).toEqual([
    `<script> did not load: ${URL}.js?v=2`,
    `<img> did not load: ${URL}@2x.png`,
    `<link> did not load: ${URL}.css`,
    `<object> did not load: ${URL}.pdf`,
  ]);
});

it('reports an address once', () => {
  const image = (src: string) => ({ localName: 'img', src });
  expect(failed(image(`${URL}?1`), image(`${URL}?2`), image(`${URL}/b`))).toHaveLength(2);
});

it('remembers so many addresses, and begins anew', () => {
  const scripts = Array.from({ length: MAX_SEEN }, (_, i) => ({
    localName: 'script',
    src: `${URL}.js?cb=${i}`,
  }));
  const [first = {}] = scripts;
  expect(failed(...scripts, first)).toHaveLength(MAX_SEEN);
  const other = { localName: 'script', src: `${URL}.js` };
  expect(failed(...scripts, other, first)).toHaveLength(MAX_SEEN + 2);
});

it('says little of an address that is the data', () => {
  expect(failed({ localName: 'img', src: `data:image/png;base64,${'A'.repeat(10_000)}` })).toEqual([
    '<img> did not load: data:image/png',
  ]);
  expect(failed({ localName: 'script', src: `data:,${'a'.repeat(10_000)}` })[0]?.length).toBeLessThan(1_100);
});

it('takes nothing else for a failed load', () => {
  const harmless = ['icon', 'preload', 'prefetch', 'preconnect', 'manifest'].map((rel) => ({
    localName: 'link',
    rel,
    href: URL,
  }));
  // The window; elements without an address; an SVG's address, which is an object.
  expect(failed({}, { src: URL }, { localName: 'img', src: '' }, ...harmless)).toEqual([]);
  expect(failed({ localName: 'image', href: { baseVal: URL } })).toEqual([]);
});
