import { attempt, type Guard } from '../platform/guard.js';
import { toJson } from '../platform/json.js';
import type { Facts, Platform } from '../platform/platform.js';
import type { Device } from '../wire/index.js';
import { SDK_VERSION } from './version.js';

/** What a browser tells of itself, and of what it runs on. */
export type DeviceFacts = Pick<Device, 'osName' | 'osVersion'> &
  Pick<Device, 'model' | 'oemName' | 'browserName' | 'browserVersion'>;

/** Stands for the chunk of its own that `parse-device.ts` is. */
export type LoadParser = () => Promise<{
  parseDevice(platform: Pick<Platform, 'facts' | 'later'>, known: DeviceFacts): Promise<DeviceFacts>;
}>;

export interface DeviceOptions {
  readonly platform: Platform;
  readonly guard: Guard;
  readonly app: Pick<Device, 'appVersion' | 'appBuild'>;
  readonly load: LoadParser;
}

/** Where `localStorage` keeps what was found. */
export const DEVICE_NAME = 'crashpost.device';

const UNKNOWN = 'unknown';
const DAY = 86_400_000;

/** What browsers call themselves and their systems, by the names of App Center's swagger and of everybody. */
const NAMES: Record<string, string> = {
  iPhone: 'iOS',
  iPad: 'iPadOS',
  Macintosh: 'macOS',
  CrOS: 'ChromeOS',
  'Google Chrome': 'Chrome',
  'Microsoft Edge': 'Edge',
};
const nameOf = (name: string): string => NAMES[name] ?? name;

/**
 * What can be seen at a glance, for the errors before the chunk has come, and where it cannot come. It says nothing
 * that the chunk would take back, so it is silent on many a browser.
 */
export function glance({ userAgent, hints, maxTouchPoints }: Facts): DeviceFacts {
  // What a crawler says it runs on is what it wants to be served. Televisions say "Linux;" and "Linux/".
  const [, os = UNKNOWN] =
    /bot|spider|compatible;/i.exec(userAgent) ??
    /(Windows|Android|iPhone|iPad|Macintosh|CrOS|Linux(?= \w))/.exec(userAgent) ??
    [];
  // Safari is Apple's: others say "Version/", and count their own.
  const [, engine, major] =
    /(Mac OS X.*Gecko\) Version|Firefox)\/(\d+)\S*( (Mobile|Safari)\S*)*$/.exec(userAgent) ?? [];
  const brand = hints?.brands?.find(({ brand }) => !/Not.A.Brand|^Chromium|WebView/.test(brand));
  return {
    // An iPad says it is a Mac, but no Mac has a touch screen: https://bugs.webkit.org/show_bug.cgi?id=217372
    osName: nameOf(os === 'Macintosh' && maxTouchPoints > 1 ? 'iPad' : os),
    osVersion: UNKNOWN,
    browserName: brand ? nameOf(brand.brand) : engine?.replace(/^Mac.*/, 'Safari'),
    browserVersion: brand?.version ?? major,
  };
}

/**
 * The device, readable at any moment without waiting. Exact from the first visit's idle time on; until then, and
 * where the chunk cannot be loaded, what can be seen at a glance. Call once per page.
 */
export function createDevice({ platform, guard, app, load }: DeviceOptions): () => Device {
  const { facts, local, now, idle } = platform;
  let found = glance(facts);
  let low: string | undefined;
  const kept = attempt(() => {
    // Not the user agent alone: it is frozen while the brands' versions go on. And what an older release of ours made
    // of it, the newer one may mend.
    low = toJson([SDK_VERSION, facts.userAgent, facts.hints?.brands]);
    const [of, time, device] = JSON.parse(local?.getItem(DEVICE_NAME) ?? '');
    if (of !== low || !device.osName) return 0;
    found = device;
    return time;
  });
  // Neither shows an update of the system, or a small one of the browser.
  if (!(now() - kept < DAY))
    idle(
      guard(async () => {
        // No chunk (offline, blocked) or no room to keep it: what is known serves, and the next visit tries again.
        found = await (await load()).parseDevice(platform, found);
        local?.setItem(DEVICE_NAME, toJson([low, now(), found]));
      }),
    );
  return () => ({
    // The public document asks clients that are not App Center's own for this name (upload-crashes.md).
    sdkName: 'appcenter.custom',
    sdkVersion: SDK_VERSION,
    wrapperSdkName: 'crashpost',
    ...app,
    ...found,
    locale: facts.language || UNKNOWN,
    // App Center counts east of UTC as positive, Date the other way round. Read each time: travellers, summer time.
    timeZoneOffset: -new Date(now()).getTimezoneOffset(),
    screenSize: facts.screenSize,
    appNamespace: facts.origin,
  });
}
