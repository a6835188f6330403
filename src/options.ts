import { attempt } from './platform/guard.js';

/** What `start` takes. */
export interface Options {
  /** The app's secret: the UUID that `crashpost-collector app add NAME` prints. */
  appSecret: string;
  /** Address of the collector, e.g. `https://crashes.example.com`; logs go to `/logs` below it. */
  logUrl: string;
  /** Version of your app, e.g. `1.4.2`. Default `0.0.0`. */
  appVersion?: string;
  /** Build of your app. Default `1`. */
  appBuild?: string;
  /** Who is signed in, if you want to know; at most 256 characters. */
  userId?: string;
  /** Say more in the console, errors of the reporter itself among it. Default false. */
  debug?: boolean;
}

/** Options that hold, with their defaults. */
export type Settings = Options & Required<Pick<Options, 'appVersion' | 'appBuild'>>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The options, made sure of.
 * @throws a sentence on what is wrong with which option, and what to write instead
 */
export function toSettings(options: Options): Settings {
  const wrong = (name: 'appSecret' | 'logUrl', instead: string): string =>
    `${name} cannot be ${JSON.stringify(options?.[name])}; write ${name}: ${instead}`;
  if (!UUID.test(options?.appSecret))
    throw wrong('appSecret', '\'(the UUID that "crashpost-collector app add" printed)\'');
  // No base is given: "crashes.example.com" would become a path of the page's own.
  const url = attempt(() => new URL(options.logUrl));
  if (!url || !/^http/.test(url.protocol)) throw wrong('logUrl', "'https://(your collector)'");
  return {
    appVersion: '0.0.0',
    appBuild: '1',
    ...options,
    appSecret: options.appSecret.toLowerCase(),
    logUrl: url.origin + url.pathname.replace(/\/+$/, ''),
  };
}
