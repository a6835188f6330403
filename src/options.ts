import type { Options } from './api.js';
import { attempt } from './platform/guard.js';

/** Options that hold, with their defaults, and what the app has said since by functions. */
export type Settings = Options & {
  appVersion: string;
  appBuild: string;
  ignore: readonly (string | RegExp)[];
  maxStorageSize: number;
  /** Crashes are kept, and not sent: a listener is to be asked first. */
  ask?: boolean;
  /** All logs are kept, and not sent. */
  quiet?: boolean;
  /** Nothing is reported. */
  off?: boolean;
  /** The person has agreed for good that crashes are sent. */
  always?: boolean;
  /** Given by the attributes of a script tag, others' among them. */
  byTag?: boolean;
};

/** As App Center's SDKs. Bytes. */
export const STORAGE_SIZE = 10 * 1024 * 1024;
export const MIN_STORAGE_SIZE = 24 * 1024;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The options, made sure of. Without the first two nothing can begin. What else cannot be is told (`explain.ts`), and errs
 * on the side of privacy where that is at stake.
 * @throws the name of the option that cannot be what it is
 */
export function toSettings(options: Options): Settings {
  if (!UUID.test(options?.appSecret)) throw 'appSecret';
  // No base is given: "crashes.example.com" would become a path of the page's own.
  const url = attempt(() => new URL(options.logUrl));
  if (!url || !/^https?:/.test(url.protocol)) throw 'logUrl';
  return {
    ...options,
    ignore: options.ignore ?? [/^ResizeObserver loop/],
    maxStorageSize: options.maxStorageSize ?? STORAGE_SIZE,
    // What is not set at build time comes as undefined, and versions come as numbers.
    appVersion: `${options.appVersion ?? '0.0.0'}`,
    appBuild: `${options.appBuild ?? '1'}`,
    appSecret: options.appSecret.toLowerCase(),
    logUrl: url.origin + url.pathname.replace(/\/+$/, ''),
  };
}
