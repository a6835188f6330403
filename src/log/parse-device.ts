// The only file that knows ua-parser-js (1.0.41, the last MIT line). It is 9 kB of gzip and needed once per browser
// update, so it is a chunk of its own, loaded when idle; device.ts keeps what it found.
import { UAParser } from 'ua-parser-js';
import type { Facts, HighEntropyValues, Platform } from '../platform/platform.js';
import type { DeviceFacts } from './device.js';

/** What is known without waiting, and what the browser adds when it is asked, where it answers. */
interface Told {
  readonly facts: Facts;
  readonly known: DeviceFacts;
  readonly high: HighEntropyValues | undefined;
}

const UNKNOWN = 'unknown';
/** How long the browser may think about its hints. Milliseconds. */
const PATIENCE = 2_000;

/**
 * https://developers.google.com/search/docs/crawling-indexing/overview-google-crawlers : crawlers pose as phones and
 * computers. Not every "bot" is one (Cubot makes phones): its version or its address follows.
 */
const CRAWLER =
  /compatible; ([\w-]+)(?:\/(\d[\d.]*))?|([\w-]*(?:bot|spider|crawler)[\w-]*)(?:\/(\d[\d.]*)| \(\+)/i;

/** Where a reduced user agent has zeros, the browser has other digits; Epiphany says WebKit's number for its own. */
const REDUCED = /(\.0){3}$|^605\.1\.15$/;

/** Safari itself, and nobody who claims to be like it; the first part of its version is that of its iOS. */
const SAFARI = /Gecko\) Version\/(\d+)[\d.]*(?: Mobile\/\w+)? Safari\/[\d.]+$/;

/** https://learn.microsoft.com/microsoft-edge/web-platform/how-to-detect-win11 */
function windowsOf(platformVersion: string): string {
  const [major = -1, minor = 0] = platformVersion.split('.').map(Number);
  if (major >= 13) return '11';
  if (major >= 1 && major <= 10) return '10';
  return (major === 0 && ['', '7', '8', '8.1'][minor]) || UNKNOWN;
}

/** iPhones and iPads: iPads say they are Macs, and iOS 26 goes on saying 18_6 or 18_7, as Firefox does for every iOS. */
function iosOf(userAgent: string, version: string): string {
  // Apps of Meta say it themselves: "FBSV/17.5.1", "(iPhone15,2; iOS 17_5; en_US".
  const [, own] = /(?:FBSV\/|\(iP\S+; iOS )([\d._]+)/.exec(userAgent) ?? [];
  if (own) return own.replaceAll('_', '.');
  const safari = SAFARI.exec(userAgent)?.[1];
  const isFrozen = userAgent.includes('Macintosh') || (/^18\.[67]$/.test(version) && safari !== '18');
  return isFrozen ? (safari ?? UNKNOWN) : version || UNKNOWN;
}

/**
 * The version its user agent claims, unless it is one of those that browsers have frozen there:
 * https://www.chromium.org/updates/ua-reduction/ , https://bugs.webkit.org/show_bug.cgi?id=216593 (macOS; may become
 * 10_15_8: https://bugs.webkit.org/show_bug.cgi?id=306804), https://bugs.webkit.org/show_bug.cgi?id=298260 (iOS),
 * https://bugzilla.mozilla.org/show_bug.cgi?id=1865766 (Firefox's "Android 10").
 */
function claimedVersion(userAgent: string, os: string, version: string): string {
  if (os === 'iOS' || os === 'iPadOS') return iosOf(userAgent, version);
  const isFrozen =
    (os === 'macOS' && /^10\.15(\.[78])?$/.test(version)) ||
    (os === 'Windows' && version === '10') ||
    (os === 'ChromeOS' && version === '14541.0.0') ||
    (os === 'Android' && /Android 10; (K[;)]|Mobile|Tablet)/.test(userAgent));
  // webOS has "TV" there.
  return !isFrozen && /^\d/.test(version) ? version : UNKNOWN;
}

function osVersionOf({ facts, high }: Told, os: string, claimed = ''): string {
  const told = high?.platformVersion;
  // Empty on Linux.
  if (!told) return claimedVersion(facts.userAgent, os, claimed);
  if (os === 'Windows') return windowsOf(told);
  // Android 14 is one, whichever browser says it: Chromium says 14.0.0.
  return os === 'ChromeOS' ? told : told.replace(/(\.0)+$/, '');
}

const OTHER_NAMES: Readonly<Record<string, string>> = {
  'Chrome WebView': 'Android WebView',
  'Chrome Headless': 'HeadlessChrome',
  'Mobile Safari': 'Safari',
};

/** Name and version as the user agent has them, by the names that Client Hints use. */
function claimedBrowser({ userAgent, hints }: Facts, name = '', version = ''): readonly [string, string] {
  // Safari is Apple's: WebKitGTK's "Version/60.5" and a PlayStation's are none, and a Tizen television's is Blink
  // (537.36). WebKit's own number stands at 605.1.15.
  if (name === 'WebKit' || (name === 'Safari' && !userAgent.includes('Mac OS X')))
    return [userAgent.includes('WebKit/6') ? 'WebKit' : '', ''];
  // Chrome's own brand would be known.
  if (name === 'Chrome' && hints) return ['Chromium', version.replace(REDUCED, '')];
  return [OTHER_NAMES[name] ?? name, version.replace(REDUCED, '')];
}

function browserOf({ known, high }: Told, claimed: readonly [string, string]) {
  const name = known.browserName ?? claimed[0];
  // Headless, Chromium says so in its user agent alone (measured: Chromium 156).
  const listed = known.browserName || name !== 'HeadlessChrome' ? name : 'Chromium';
  const full = high?.fullVersionList?.find(({ brand }) => brand.endsWith(listed))?.version;
  const version = full || (name === claimed[0] ? claimed[1] : known.browserVersion);
  return { ...(name && { browserName: name }), ...(name && version && { browserVersion: version }) };
}

/** May be refused (by a permissions policy), and may never be answered. */
const ask = ({ facts: { hints }, later }: Pick<Platform, 'facts' | 'later'>) =>
  new Promise<HighEntropyValues | undefined>((resolve) => {
    later(() => resolve(undefined), PATIENCE);
    // Not with `then` and `catch`, which a page may replace with what throws.
    const tell = async () => {
      try {
        resolve(await hints?.getHighEntropyValues(['platformVersion', 'model', 'fullVersionList']));
      } catch {
        resolve(undefined);
      }
    };
    tell();
  });

/**
 * Adds to what is known already. Client Hints first, ua-parser-js for the rest; what neither tells is "unknown" or
 * absent, never a guess.
 */
export async function parseDevice(
  platform: Pick<Platform, 'facts' | 'later'>,
  known: DeviceFacts,
): Promise<DeviceFacts> {
  const { facts } = platform;
  const { userAgent } = facts;
  const crawler = CRAWLER.exec(userAgent)?.slice(1).filter(Boolean);
  if (crawler) {
    const [browserName = '', browserVersion] = crawler;
    return { osName: UNKNOWN, osVersion: UNKNOWN, browserName, ...(browserVersion && { browserVersion }) };
  }
  const high = facts.hints && (await ask(platform));
  const told = { facts, known, high };
  const { browser, device, os } = UAParser(userAgent);
  // A reduced user agent has a K for the model; ua-parser-js knows who makes the one that is hinted.
  const { vendor } = high?.model ? UAParser(`(Linux; Android 10; ${high.model})`).device : device;
  const osName = known.osName === UNKNOWN ? (os.name ?? UNKNOWN) : known.osName;
  const isPad = osName === 'iPadOS';
  const [, own] = /(?:FBDV\/|\()(iP\w+,\d+)/.exec(userAgent) ?? [];
  const model = own ?? (isPad ? 'iPad' : high?.model || device.model?.replace(/^K$/, ''));
  return {
    osName,
    osVersion: osVersionOf(told, osName, os.version),
    ...(model && { model }),
    ...(vendor && { oemName: vendor }),
    ...browserOf(told, claimedBrowser(facts, browser.name, browser.version)),
  };
}
