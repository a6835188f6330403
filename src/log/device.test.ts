import { describe, expect, it, vi } from 'vitest';
import { createGuard } from '../platform/guard.js';
import { fakePlatform, settled, withArrayToJson } from '../platform/platform.fixture.js';
import type { Facts, Platform } from '../platform/platform.js';
import { createDevice } from './device.js';
import { parseDevice } from './parse-device.js';

const app = { appVersion: '1.0', appBuild: '1' };
const KEY = 'crashpost.device';
const DAY = 86_400_000;
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0';

const make = (platform: Platform = fakePlatform(), load = vi.fn(async () => ({ parseDevice }))) => ({
  device: createDevice({ platform, guard: createGuard(platform, true), app, load }),
  platform,
  load,
});
const visit = async (overrides: Partial<Platform> = {}, load?: ReturnType<typeof make>['load']) => {
  const made = make(fakePlatform(overrides), load);
  await settled();
  return made;
};
/** Chrome with a reduced user agent, as it is on Windows. */
const chrome = (version: string, platformVersion: string): Facts => ({
  ...fakePlatform().facts,
  userAgent:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
  hints: {
    brands: [{ brand: 'Google Chrome', version: version.split('.')[0] ?? '' }],
    mobile: false,
    platform: 'Windows',
    getHighEntropyValues: async () => ({
      platformVersion,
      fullVersionList: [{ brand: 'Google Chrome', version }],
    }),
  },
});

describe('the device', () => {
  it.each<[string, () => Promise<never>]>([
    ['cannot come', () => Promise.reject(new Error('blocked'))],
    ['has not come', () => new Promise<never>(() => undefined)],
  ])('is complete where the chunk %s', async (_, load) => {
    const { device } = await visit({}, vi.fn(load));
    expect(device()).toEqual({
      sdkName: 'appcenter.custom',
      sdkVersion: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      wrapperSdkName: 'crashpost',
      osName: 'Linux',
      osVersion: 'unknown',
      locale: 'en-GB',
      timeZoneOffset: expect.any(Number),
      screenSize: '1280x800',
      appNamespace: 'https://shop.example',
      ...app,
    });
  });

  it('has a locale where the browser has none', () => {
    const facts = { ...fakePlatform().facts, language: '' };
    expect(make(fakePlatform({ facts })).device()).toMatchObject({ locale: 'unknown' });
  });

  it.each([
    [-330, 330],
    [480, -480],
  ])('counts the time zone as App Center does, east is positive: %i is %i', (offset, expected) => {
    const spy = vi.spyOn(Date.prototype, 'getTimezoneOffset').mockReturnValue(offset);
    expect(make().device().timeZoneOffset).toBe(expected);
    spy.mockRestore();
  });
});

describe('what the chunk found', () => {
  it('is kept: the next visit has it at once, and loads nothing', async () => {
    const { platform, device } = await visit();
    const { local } = platform;
    const next = make(fakePlatform({ local }));
    expect(next.device()).toEqual(device());
    expect(next.device()).toMatchObject({ browserName: 'Chrome' });
    await settled();
    expect(next.load).not.toHaveBeenCalled();
  });

  it('is looked for again with another user agent', async () => {
    const { local } = (await visit()).platform;
    const { load, device } = await visit({ local, facts: { ...fakePlatform().facts, userAgent: FIREFOX } });
    expect(load).toHaveBeenCalledOnce();
    expect(device()).toMatchObject({ browserName: 'Firefox', browserVersion: '153.0' });
  });

  it('is found again on a page that makes texts of arrays', () =>
    withArrayToJson(async () => {
      const facts = chrome('156.0.8078.79', '10.0.0');
      const { local } = (await visit({ facts })).platform;
      expect((await visit({ local, facts })).load).not.toHaveBeenCalled();
      const next = await visit({ local, facts: chrome('157.0.8120.3', '10.0.0') });
      expect(next.load).toHaveBeenCalledOnce();
    }));

  it('is looked for again with other brands, though the user agent is frozen', async () => {
    const { local } = (await visit({ facts: chrome('156.0.8078.79', '10.0.0') })).platform;
    const facts = chrome('157.0.8120.3', '10.0.0');
    // Nothing of the old version meanwhile.
    expect(make(fakePlatform({ local, facts, idle: () => undefined })).device()).toMatchObject({
      browserVersion: '157',
    });
    const { device } = await visit({ local, facts });
    expect(device()).toMatchObject({ osVersion: '10', browserVersion: '157.0.8120.3' });
  });

  it('is looked for again after a day: systems are updated, and browsers a little, without a sign', async () => {
    const { local, now } = (await visit({ facts: chrome('156.0.8078.79', '10.0.0') })).platform;
    const facts = chrome('156.0.8078.101', '15.0.0');
    const soon = await visit({ local, facts, now: () => now() + DAY - 1 });
    expect(soon.load).not.toHaveBeenCalled();
    const later = await visit({ local, facts, now: () => now() + DAY });
    expect(later.device()).toMatchObject({ osVersion: '11', browserVersion: '156.0.8078.101' });
  });

  it('stays where it cannot be looked for again', async () => {
    const first = await visit();
    const { local, now } = first.platform;
    const load = vi.fn(() => Promise.reject(new Error('offline')));
    const next = await visit({ local, now: () => now() + 2 * DAY }, load);
    expect(load).toHaveBeenCalledOnce();
    expect(next.device()).toEqual(first.device());
  });

  it('is looked for again by a newer reporter, whose parser may know better', async () => {
    const { local } = (await visit()).platform;
    const kept = local?.getItem(KEY) ?? '';
    const { sdkVersion } = make().device();
    expect(kept).toContain(sdkVersion);
    local?.setItem(KEY, kept.replace(sdkVersion, '0.0.1'));
    expect((await visit({ local })).load).toHaveBeenCalledOnce();
  });

  it('is mended where it was kept wrong', async () => {
    const { local } = (await visit()).platform;
    const [of, time] = JSON.parse(local?.getItem(KEY) ?? '');
    for (const kept of ['[', 'null', '7', JSON.stringify([of, time, null]), JSON.stringify([of, time, {}])]) {
      local?.setItem(KEY, kept);
      const { load, device } = await visit({ local });
      expect(load, kept).toHaveBeenCalledOnce();
      expect(device()).toMatchObject({ osName: 'Linux', osVersion: 'unknown', browserName: 'Chrome' });
    }
  });

  it('serves this visit where it cannot be kept', async () => {
    expect((await visit({ local: undefined })).device()).toMatchObject({ browserName: 'Chrome' });
  });
});
