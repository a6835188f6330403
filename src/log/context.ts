import { cutText } from '../platform/text.js';
import { type Device, MAX_USER_ID } from '../wire/index.js';
import { createDevice, type DeviceOptions } from './device.js';

/** What every log of one visit shares. */
export interface Context {
  readonly device: () => Device;
  /** Another one after some time in the background. */
  sid: string;
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
  const { appVersion, appBuild } = app;
  return {
    device: createDevice({ ...options, app: { appVersion, appBuild } }),
    sid: platform.uuid(),
    // Read each time: who is signed in may change.
    get userId() {
      return app.userId ? cutText(`${app.userId}`, MAX_USER_ID) : undefined;
    },
    launched: platform.now(),
    processName: platform.facts.processName ?? platform.facts.origin,
  };
}
