import { attempt, type Guard } from '../platform/guard.js';
import type { Facts, Platform } from '../platform/platform.js';
import type { Device } from '../wire/index.js';
import type { DeviceFacts } from './parse-device.js';
import { SDK_VERSION } from './version.js';

/** Stands for the chunk of its own that `parse-device.ts` is. */
export type LoadParser = () => Promise<{ parseDevice(facts: Facts): Promise<DeviceFacts> }>;

export interface DeviceOptions {
  readonly platform: Platform;
  readonly guard: Guard;
  readonly app: Pick<Device, 'appVersion' | 'appBuild'>;
  readonly load: LoadParser;
}

const OS_NAMES: Record<string, string> = {
  iPhone: 'iOS',
  iPad: 'iPadOS',
  'Mac OS': 'macOS',
};
const BROWSER_NAMES: Record<string, string> = { Edg: 'Edge', OPR: 'Opera', Version: 'Safari' };

/** What the user agent tells at a glance, for the errors before the chunk has come, and where it cannot come. */
function glance({ userAgent, hints }: Facts): DeviceFacts {
  const os = /Windows|Android|iPhone|iPad|Mac OS|Linux(?!; Android)|$/.exec(userAgent)?.[0] ?? '';
  // Chromium's cousins name Chrome first, and themselves last.
  const [, name = '', browserVersion] =
    /(Edg|OPR)\/([\d.]+)/.exec(userAgent) ?? /(Firefox|Chrome|Version)\/([\d.]+)|$/.exec(userAgent) ?? [];
  return {
    osName: hints?.platform || OS_NAMES[os] || os || 'unknown',
    osVersion: 'unknown',
    browserName: BROWSER_NAMES[name] ?? name,
    browserVersion,
  };
}

/**
 * The device, readable at any moment without waiting. Exact from the first visit's idle time on; until then, and
 * where the chunk cannot be loaded, what can be seen at a glance. Call once per page.
 */
export function createDevice({ platform, guard, app, load }: DeviceOptions): () => Device {
  const { facts, local, now } = platform;
  const key = 'crashpost.device';
  const { userAgent } = facts;
  let found = glance(facts);
  const kept = attempt(() => {
    const [known, device] = JSON.parse(local?.getItem(key) ?? '');
    return known === userAgent && device;
  });
  if (kept) found = kept;
  else
    platform.idle(
      guard(async () => {
        // No chunk (offline, blocked) or no room to keep it: the glance serves, and the next visit tries again.
        found = await (await load()).parseDevice(facts);
        local?.setItem(key, JSON.stringify([userAgent, found]));
      }),
    );
  return () => ({
    // The public document asks clients that are not App Center's own for this name (upload-crashes.md).
    sdkName: 'appcenter.custom',
    sdkVersion: SDK_VERSION,
    wrapperSdkName: 'crashpost',
    ...app,
    ...found,
    locale: facts.language,
    // App Center counts east of UTC as positive, Date the other way round. Read each time: travellers, summer time.
    timeZoneOffset: -new Date(now()).getTimezoneOffset(),
    screenSize: facts.screenSize,
    appNamespace: facts.origin,
  });
}
