import { describe, expect, it, vi } from 'vitest';
import { createGuard } from '../platform/guard.js';
import { fakePlatform, settled } from '../platform/platform.fixture.js';
import type { Facts, HighEntropyValues } from '../platform/platform.js';
import { createDevice } from './device.js';
import { parseDevice } from './parse-device.js';

const app = { appVersion: '1.0', appBuild: '1' };
const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0';
const UA = {
  windows: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36`,
  edge: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36 Edg/156.0.0.0`,
  mac: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Safari/605.1.15',
  android: `Mozilla/5.0 (Linux; Android 10; K) ${CHROME} Mobile Safari/537.36`,
  oldAndroid: `Mozilla/5.0 (Linux; Android 13; SM-S918B Build/TP1A) ${CHROME} Mobile Safari/537.36`,
  ios26:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
  ios17:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
  firefox: 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
};

const facts = (
  userAgent: string,
  hints?: HighEntropyValues & { platform: string },
  maxTouchPoints = 0,
): Facts => ({
  ...fakePlatform().facts,
  userAgent,
  maxTouchPoints,
  hints: hints && {
    platform: hints.platform,
    brands: [],
    mobile: false,
    getHighEntropyValues: async () => hints,
  },
});
const brands = [
  { brand: 'Not;A=Brand', version: '8.0.0.0' },
  { brand: 'Chromium', version: '156.0.8078.79' },
  { brand: 'Google Chrome', version: '156.0.8078.79' },
];

describe('a device says the truth where the browser tells, and "unknown" where it does not', () => {
  it.each<[string, Facts, object]>([
    [
      'Windows 11',
      facts(UA.windows, { platform: 'Windows', platformVersion: '15.0.0', fullVersionList: brands }),
      { osName: 'Windows', osVersion: '11', browserName: 'Chrome', browserVersion: '156.0.8078.79' },
    ],
    [
      'Windows 10',
      facts(UA.windows, { platform: 'Windows', platformVersion: '10.0.0', fullVersionList: brands }),
      { osName: 'Windows', osVersion: '10' },
    ],
    ['Windows without hints', facts(UA.windows), { osName: 'Windows', osVersion: 'unknown' }],
    ['Edge', facts(UA.edge), { browserName: 'Edge', browserVersion: '156.0.0.0' }],
    [
      'a Mac in Safari',
      facts(UA.mac),
      { osName: 'macOS', osVersion: 'unknown', browserName: 'Safari', browserVersion: '19.1' },
    ],
    [
      'a Mac in Chrome',
      facts(UA.windows, { platform: 'macOS', platformVersion: '15.1.0', fullVersionList: brands }),
      { osName: 'macOS', osVersion: '15.1.0' },
    ],
    [
      'an iPad that says it is a Mac',
      facts(UA.mac, undefined, 5),
      { osName: 'iPadOS', osVersion: 'unknown', model: 'iPad', oemName: 'Apple' },
    ],
    [
      'a reduced Android',
      facts(UA.android),
      { osName: 'Android', osVersion: 'unknown', browserName: 'Chrome' },
    ],
    [
      'an Android with hints',
      facts(UA.android, {
        platform: 'Android',
        platformVersion: '15.0.0',
        model: 'Pixel 9',
        fullVersionList: brands,
      }),
      { osName: 'Android', osVersion: '15.0.0', model: 'Pixel 9' },
    ],
    ['an older Android', facts(UA.oldAndroid), { osVersion: '13', model: 'SM-S918B', oemName: 'Samsung' }],
    ['iOS 26, frozen at 18_6', facts(UA.ios26), { osName: 'iOS', osVersion: 'unknown', model: 'iPhone' }],
    ['iOS 17', facts(UA.ios17), { osName: 'iOS', osVersion: '17.5' }],
    [
      'Firefox on Linux',
      facts(UA.firefox),
      { osName: 'Linux', osVersion: 'unknown', browserName: 'Firefox', browserVersion: '153.0' },
    ],
  ])('%s', async (_, given, expected) => {
    expect(await parseDevice(given)).toMatchObject(expected);
  });

  it('goes on where the browser refuses its hints', async () => {
    const given = facts(UA.windows, { platform: 'Windows' });
    const refusing = {
      ...given,
      hints: { ...given.hints, getHighEntropyValues: () => Promise.reject(new Error()) },
    };
    expect(await parseDevice(refusing as Facts)).toMatchObject({ osName: 'Windows', browserName: 'Chrome' });
  });
});

describe('the device', () => {
  const make = (platform = fakePlatform(), load = vi.fn(async () => ({ parseDevice }))) => ({
    device: createDevice({ platform, guard: createGuard(platform, true), app, load }),
    platform,
    load,
  });

  it('is complete before the chunk has come, and where it cannot come', async () => {
    const { device } = make(
      fakePlatform(),
      vi.fn(() => Promise.reject(new Error('blocked'))),
    );
    await settled();
    expect(device()).toMatchObject({
      osName: 'Linux',
      osVersion: 'unknown',
      browserName: 'Chrome',
      appVersion: '1.0',
    });
  });

  it.each([
    [UA.edge, 'Windows', 'Edge'],
    [UA.mac, 'macOS', 'Safari'],
    [UA.android, 'Android', 'Chrome'],
    [UA.ios17, 'iOS', 'Safari'],
    [UA.firefox, 'Linux', 'Firefox'],
  ])('at a glance: %s', (userAgent, osName, browserName) => {
    const platform = fakePlatform({ facts: facts(userAgent) });
    const load = vi.fn(() => new Promise<never>(() => {}));
    expect(createDevice({ platform, guard: createGuard(platform, true), app, load })()).toMatchObject({
      osName,
      browserName,
    });
  });

  it('loads the chunk once per user agent', async () => {
    const first = make();
    await settled();
    const second = make(fakePlatform({ local: first.platform.local }));
    await settled();
    expect(first.load).toHaveBeenCalledOnce();
    expect(second.load).not.toHaveBeenCalled();
    expect(second.device()).toEqual(first.device());
    const updated = make(fakePlatform({ local: first.platform.local, facts: facts(UA.firefox) }));
    await settled();
    expect(updated.load).toHaveBeenCalledOnce();
    expect(updated.device()).toMatchObject({ browserName: 'Firefox' });
  });

  it('mends what was kept wrong', async () => {
    for (const kept of ['[', 'null', '7', `["${fakePlatform().facts.userAgent}",null]`]) {
      const platform = fakePlatform();
      platform.local?.setItem('crashpost.device', kept);
      const { load, device } = make(platform);
      await settled();
      expect(load).toHaveBeenCalledOnce();
      expect(device()).toMatchObject({ osName: 'Linux', osVersion: 'unknown' });
      expect(platform.local?.getItem('crashpost.device')).toContain('Linux');
    }
  });

  it('counts the time zone as App Center does: east is positive', () => {
    const spy = vi.spyOn(Date.prototype, 'getTimezoneOffset').mockReturnValue(-330);
    expect(make().device().timeZoneOffset).toBe(330);
    spy.mockRestore();
  });
});
