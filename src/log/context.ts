import type { Device } from '../wire/index.js';

/** What every log of one visit shares. */
export interface Context {
  readonly device: () => Device;
  readonly sid: string;
  readonly userId: string | undefined;
  /** When this page began. Milliseconds since the epoch. */
  readonly launched: number;
  readonly processName: string;
}
