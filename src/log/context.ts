import { cutText } from '../platform/text.js';
import { type Device, MAX_USER_ID } from '../wire/index.js';
import { createDevice, type DeviceOptions } from './device.js';

/** What every log of one visit shares. */
export interface Context {
  readonly device: () => Device;
  readonly sid: string;
  readonly userId: string | undefined;
  /** When this page began. Milliseconds since the epoch. */
  readonly launched: number;
  readonly processName: string;
}

export interface ContextOptions extends DeviceOptions {
  readonly app: DeviceOptions['app'] & { readonly userId?: string | undefined };
}

export function createContext(options: ContextOptions): Context {
  const { platform, app } = options;
  const { appVersion, appBuild, userId } = app;
  return {
    device: createDevice({ ...options, app: { appVersion, appBuild } }),
    sid: platform.uuid(),
    userId: userId && cutText(`${userId}`, MAX_USER_ID),
    launched: platform.now(),
    processName: platform.facts.processName ?? platform.facts.origin,
  };
}
