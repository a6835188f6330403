import type { Options } from './api.js';
import { attempt } from './platform/guard.js';

/** Options that hold, with their defaults. */
export type Settings = Options & {
  appVersion: string;
  appBuild: string;
  ignore: readonly (string | RegExp)[];
  maxStorageSize: number;
};

/** As App Center's SDKs. Bytes. */
const STORAGE_SIZE = 10 * 1024 * 1024;
const MIN_STORAGE_SIZE = 24 * 1024;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The options, made sure of.
 * @throws the name of the option that cannot be what it is; `explain.ts` says more
 */
export function toSettings(options: Options): Settings {
  if (!UUID.test(options?.appSecret)) throw 'appSecret';
  // No base is given: "crashes.example.com" would become a path of the page's own.
  const url = attempt(() => new URL(options.logUrl));
  if (!url || !/^https?:/.test(url.protocol)) throw 'logUrl';
  const { ignore = [/^ResizeObserver loop/] } = options;
  if (!Array.isArray(ignore) || !ignore.every((one) => typeof one === 'string' || one instanceof RegExp))
    throw 'ignore';
  if (options.mask && typeof options.mask !== 'function') throw 'mask';
  if ((options.urls ?? 'full') !== 'full') throw 'urls';
  if ((options.consent ?? 'ask') !== 'ask') throw 'consent';
  // What a script tag says is text.
  const maxStorageSize = Number(options.maxStorageSize ?? STORAGE_SIZE);
  if (!(maxStorageSize >= MIN_STORAGE_SIZE)) throw 'maxStorageSize';
  return {
    ...options,
    ignore,
    maxStorageSize,
    // What is not set at build time comes as undefined, and versions come as numbers.
    appVersion: `${options.appVersion ?? '0.0.0'}`,
    appBuild: `${options.appBuild ?? '1'}`,
    appSecret: options.appSecret.toLowerCase(),
    logUrl: url.origin + url.pathname.replace(/\/+$/, ''),
  };
}
