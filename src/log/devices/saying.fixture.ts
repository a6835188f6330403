// What browsers say of themselves, and what is true of them: user agents as they were seen in the wild. Where no other
// source is given, it is peers.md §5 or the browser's own documentation (https://www.chromium.org/updates/ua-reduction/ ,
// https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/User-Agent/Firefox).
import type { HighEntropyValues } from '../../platform/platform.js';
import type { DeviceFacts } from '../device.js';

export interface Saying {
  readonly userAgent: string;
  readonly maxTouchPoints?: number;
  /** The brand that is neither the engine's nor made up, and its whole version; null where there is none but Chromium. */
  readonly brand?: readonly [name: string, version: string] | null;
  readonly high?: HighEntropyValues;
}

export type Row = readonly [name: string, saying: Saying, truth: DeviceFacts];

export const WIN = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';
export const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
export const LINUX = 'Mozilla/5.0 (X11; Linux x86_64)';
export const DROID = 'Mozilla/5.0 (Linux; Android 10; K)';
export const BLINK = 'AppleWebKit/537.36 (KHTML, like Gecko)';
export const WEBKIT = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
export const CHROME = `${BLINK} Chrome/156.0.0.0 Safari/537.36`;
export const MOBILE = `${BLINK} Chrome/156.0.0.0 Mobile Safari/537.36`;
export const FULL = '156.0.8078.79';
export const iPhone = (version: string): string =>
  `Mozilla/5.0 (iPhone; CPU iPhone OS ${version} like Mac OS X) ${WEBKIT}`;

export const google = ['Google Chrome', FULL] as const;
export const chrome = { browserName: 'Chrome', browserVersion: FULL };
export const mac = { model: 'Macintosh', oemName: 'Apple' };
export const apple = { osName: 'iOS', model: 'iPhone', oemName: 'Apple' };
export const pad = { osName: 'iPadOS', model: 'iPad', oemName: 'Apple' };
