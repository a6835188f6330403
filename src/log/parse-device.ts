// The only file that knows ua-parser-js (1.0.41, the last MIT line). It is 9 kB of gzip and needed once per browser
// update, so it is a chunk of its own, loaded when idle; device.ts keeps what it found.
import { UAParser } from 'ua-parser-js';
import type { Facts, HighEntropyValues } from '../platform/platform.js';
import type { Device } from '../wire/index.js';

export type DeviceFacts = Pick<Device, 'osName' | 'osVersion'> &
  Pick<Device, 'model' | 'oemName' | 'browserName' | 'browserVersion'>;

const UNKNOWN = 'unknown';

/** Names App Center standardised (its swagger, Device.osName), for those ua-parser-js has. */
const OS_NAMES: Readonly<Record<string, string>> = { 'Mac OS': 'macOS', 'Chromium OS': 'ChromeOS' };

/**
 * Versions browsers froze in their user agent: https://www.chromium.org/updates/ua-reduction/ ,
 * https://bugs.webkit.org/show_bug.cgi?id=216593 . They are no truth, so "unknown" is said instead.
 */
function isFrozen(facts: Facts, os: string, version: string): boolean {
  const ua = facts.userAgent;
  if (os === 'macOS') return version === '10.15.7' || version === '10.15';
  if (os === 'Windows') return version === '10';
  if (os === 'Android') return ua.includes('Android 10; K)');
  if (os === 'ChromeOS') return ua.includes('14541.0.0');
  // iOS 26 keeps saying 18_6 (and 18_7); Safari's own version tells.
  return os === 'iOS' && /^18[._]/.test(version) && /Version\/(?:2[6-9]|[3-9]\d)/.test(ua);
}

/** https://learn.microsoft.com/microsoft-edge/web-platform/how-to-detect-win11 */
function hintedVersion(os: string, version: string): string {
  const major = Number.parseInt(version, 10);
  if (os === 'Windows') return major >= 13 ? '11' : major >= 1 ? '10' : UNKNOWN;
  return version || UNKNOWN;
}

/** The brand that is a browser: not the GREASE one ("Not;A=Brand"), and not the engine where there is a product. */
function productOf(brands: HighEntropyValues['fullVersionList'] = []) {
  const real = brands.filter(({ brand }) => !/not.?a.?brand/i.test(brand.replace(/[^a-z]/gi, ' ')));
  return real.find(({ brand }) => brand !== 'Chromium') ?? real[0];
}

/** Client Hints first, ua-parser-js for the rest; what neither tells is "unknown", never a guess. */
export async function parseDevice(facts: Facts): Promise<DeviceFacts> {
  const { browser, device, os } = UAParser(facts.userAgent);
  const { hints } = facts;
  const high = await hints
    ?.getHighEntropyValues(['platformVersion', 'model', 'fullVersionList'])
    .catch((): HighEntropyValues => ({}));
  const named = hints?.platform || OS_NAMES[os.name ?? ''] || os.name || UNKNOWN;
  // An iPad says it is a Mac, but no Mac has a touch screen: https://bugs.webkit.org/show_bug.cgi?id=217372
  const isPad = named === 'macOS' && !hints && facts.maxTouchPoints > 1;
  const osName = isPad ? 'iPadOS' : named;
  const version = os.version ?? '';
  const parsed = isPad || !version || isFrozen(facts, osName, version) ? UNKNOWN : version;
  const product = productOf(high?.fullVersionList);
  const model = isPad ? 'iPad' : high?.model || (device.model === 'K' ? '' : device.model);
  const found: DeviceFacts = {
    osName,
    osVersion: high?.platformVersion ? hintedVersion(osName, high.platformVersion) : parsed,
  };
  const oemName = isPad ? 'Apple' : device.vendor;
  const browserName = product?.brand ?? browser.name;
  const browserVersion = product?.version ?? browser.version;
  if (model) found.model = model;
  if (oemName) found.oemName = oemName;
  if (browserName) found.browserName = browserName.replace(/^Google /, '').replace(/^Microsoft /, '');
  if (browserVersion) found.browserVersion = browserVersion;
  return found;
}
