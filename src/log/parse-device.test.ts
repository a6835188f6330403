import { describe, expect, it } from 'vitest';
import { fakePlatform } from '../platform/platform.fixture.js';
import type { Facts, HighEntropyValues } from '../platform/platform.js';
import { type DeviceFacts, glance } from './device.js';
import { ANDROIDS } from './devices/androids.fixture.js';
import { DESKTOPS } from './devices/desktops.fixture.js';
import { IPHONES } from './devices/iphones.fixture.js';
import { OTHERS } from './devices/others.fixture.js';
import type { Saying } from './devices/saying.fixture.js';
import { WINDOWS } from './devices/windows.fixture.js';
import { parseDevice } from './parse-device.js';

const brands = (brand: Saying['brand'], version = (whole: string) => whole) => [
  { brand: 'Not;A=Brand', version: version('8.0.0.0') },
  { brand: 'Chromium', version: version('156.0.8078.79') },
  ...(brand ? [{ brand: brand[0], version: version(brand[1]) }] : []),
];

function toFacts({ userAgent, maxTouchPoints = 0, brand, high }: Saying): Facts {
  const hints = {
    brands: brands(brand, (whole) => whole.split('.')[0] ?? ''),
    mobile: false,
    platform: '',
    getHighEntropyValues: async () => ({ fullVersionList: brands(brand), ...high }),
  };
  return {
    ...fakePlatform().facts,
    userAgent,
    maxTouchPoints,
    hints: brand === undefined ? undefined : hints,
  };
}

const parse = (facts: Facts): Promise<DeviceFacts> => parseDevice(fakePlatform({ facts }), glance(facts));

describe.each([
  ['Windows', WINDOWS],
  ['a computer', DESKTOPS],
  ['an Android', ANDROIDS],
  ['an iPhone or iPad', IPHONES],
  ['something else', OTHERS],
])('of %s', (_, rows) => {
  it.each(rows)('the truth is told: %s', async (_, saying, truth) => {
    expect(await parse(toFacts(saying))).toEqual(truth);
  });

  it.each(rows)('the glance says nothing that is taken back: %s', (_, saying, truth) => {
    const { osName, osVersion, browserName, browserVersion, ...more } = glance(toFacts(saying));
    expect(more).toEqual({});
    expect(osVersion).toBe('unknown');
    expect([truth.osName, 'unknown']).toContain(osName);
    expect([truth.browserName, undefined]).toContain(browserName);
    if (browserVersion) expect(`${truth.browserVersion}.`).toContain(`${browserVersion}.`);
  });
});

describe('the glance names', () => {
  // A glance that says nothing would tell no lie either.
  it.each<[string, string, string]>([
    ['Windows, hinted 15.0.0', 'Windows', 'Chrome'],
    ['Edge', 'Windows', 'Edge'],
    ['Brave, which has Chrome for a user agent', 'macOS', 'Brave'],
    ['Safari on a Mac', 'macOS', 'Safari'],
    ['Firefox on Linux', 'Linux', 'Firefox'],
    ['a Chromebook, hinted', 'ChromeOS', 'Chrome'],
    ['a reduced Android, hinted', 'Android', 'Chrome'],
    ['Firefox on Android', 'Android', 'Firefox'],
    ['iOS 17', 'iOS', 'Safari'],
    ['an iPad that says it is a Mac', 'iPadOS', 'Safari'],
    ['an iPad that says so', 'iPadOS', 'Safari'],
  ])('%s: %s, %s', (name, osName, browserName) => {
    const [, saying] =
      [...WINDOWS, ...DESKTOPS, ...ANDROIDS, ...IPHONES].find(([label]) => label === name) ?? [];
    if (!saying) throw new Error(`no row ${name}`);
    expect(glance(toFacts(saying))).toMatchObject({ osName, browserName });
  });
});

describe('hints that are asked for', () => {
  const known = { osName: 'Windows', osVersion: 'unknown', browserName: 'Chrome', browserVersion: '156' };
  const answering = (getHighEntropyValues: unknown): Facts => {
    const facts = toFacts(WINDOWS[0]?.[1] ?? { userAgent: '' });
    return { ...facts, hints: { ...facts.hints, getHighEntropyValues } as Facts['hints'] };
  };

  it.each<[string, unknown]>([
    ['are refused', () => Promise.reject(new Error('permissions policy'))],
    [
      'throw',
      () => {
        throw new Error('no');
      },
    ],
    ['cannot be asked for', undefined],
    ['are null', async () => null],
  ])('%s: what is known without them is told', async (_, ask) => {
    expect(await parse(answering(ask))).toEqual(known);
  });

  it('never come: they are waited for two seconds, no more', async () => {
    const platform = fakePlatform({
      facts: answering(() => new Promise<HighEntropyValues>(() => undefined)),
    });
    let found: DeviceFacts | undefined;
    const parsed = parseDevice(platform, known).then((device) => {
      found = device;
    });
    await platform.tick(1_900);
    expect(found).toBeUndefined();
    await platform.tick(200);
    await parsed;
    expect(found).toEqual(known);
  });
});
