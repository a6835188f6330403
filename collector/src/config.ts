import { DEFAULT_LIMITS, type Limits } from './ingest/limits.js';
import { toLimits } from './ingest/to-limits.js';
import { toTrust } from './proxies.js';

/** What a collector runs with. */
export interface Settings {
  /** The data folder; made when it is missing. */
  readonly data: string;
  /** The address to listen on. Loopback by default: who opens it to a network gives it TLS, or puts TLS in front. */
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Files with the certificate chain and its key, in PEM; both empty for plain HTTP. */
  readonly tlsCert: string;
  readonly tlsKey: string;
  /** Whose `X-Forwarded-` headers are believed, see `toTrust`. */
  readonly trustProxy: string;
  /** How a line of the log is written; `auto` is `text` for a terminal, else `json`. */
  readonly log: 'auto' | 'text' | 'json';
  /** After how many days what was received is removed; 0: never. */
  readonly keepDays: number;
  readonly limits: Limits;
}

type Option = keyof Settings;

/** The settings that are given as text or number, before they are checked. */
export type Given = { readonly [Name in Option]?: unknown };

/** One sentence: which option, what it takes, what it was given, what to write instead. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

interface Rule<T> {
  readonly flag: string;
  readonly fallback: T;
  /** For people: what it takes, and an example. */
  readonly takes: readonly [what: string, example: string];
  /** Undefined for what it does not take. */
  read(value: unknown): T | undefined;
}

const readPath = (value: unknown) =>
  typeof value === 'string' && value !== '' && !value.includes('\0') ? value : undefined;

const RULES: { readonly [Name in Option]: Rule<Settings[Name]> } = {
  data: { flag: 'data', fallback: './data', takes: ['a folder', 'data'], read: readPath },
  host: {
    flag: 'host',
    fallback: '127.0.0.1',
    takes: ['an address or a host name', '127.0.0.1'],
    read: (value) => (typeof value === 'string' && /^[\w.:%-]+$/.test(value) ? value : undefined),
  },
  port: { flag: 'port', fallback: 8080, takes: ['a number from 0 to 65535', '8080'], read: readPort },
  tlsCert: { flag: 'tls-cert', fallback: '', takes: ['a file', 'fullchain.pem'], read: readPath },
  tlsKey: { flag: 'tls-key', fallback: '', takes: ['a file', 'privkey.pem'], read: readPath },
  trustProxy: {
    flag: 'trust-proxy',
    fallback: 'loopback',
    takes: ['none, loopback, private, or addresses with commas between them', '10.0.0.0/8'],
    read: (value) => (typeof value === 'string' && toTrust(value) ? value : undefined),
  },
  log: {
    flag: 'log',
    fallback: 'auto',
    takes: ['auto, text or json', 'json'],
    read: (value) => (value === 'auto' || value === 'text' || value === 'json' ? value : undefined),
  },
  keepDays: {
    flag: 'keep-days',
    fallback: 0,
    takes: ['a number of days, or 0 to keep everything', '90'],
    read: readDays,
  },
  limits: {
    flag: 'limits',
    fallback: DEFAULT_LIMITS,
    takes: ['app-center, or names and values with commas between', 'app-center,crashesPerMinute=600'],
    read: toLimits,
  },
};

const NAMES = Object.keys(RULES) as Option[];

/**
 * Settings from the calls of a program; defaults for what is not given. Throws `SettingsError`.
 * @param nameOf what the person who gave an option calls it.
 */
export function toSettings(given: Given, nameOf: (option: Option) => string = (option) => option): Settings {
  const read = (option: Option) => {
    const [value, rule] = [given[option], RULES[option]];
    const taken = value === undefined ? rule.fallback : rule.read(value);
    if (taken === undefined) throw complaint(nameOf(option), { takes: rule.takes, given: value });
    return [option, taken];
  };
  const settings = Object.fromEntries(NAMES.map(read)) as unknown as Settings;
  if ((settings.tlsCert === '') !== (settings.tlsKey === '')) {
    const names = `${nameOf('tlsCert')} and ${nameOf('tlsKey')}`;
    throw new SettingsError(`${names} go together: a certificate and its key, or neither`);
  }
  return settings;
}

/**
 * Settings from the command line, else the environment, else defaults. Throws `SettingsError`.
 * @param flags by their names on the command line: `tls-cert`.
 */
export function readSettings(
  flags: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string | undefined>>,
): Settings {
  const variable = (option: Option) => `CRASHPOST_${RULES[option].flag.toUpperCase().replaceAll('-', '_')}`;
  const given = NAMES.map((option) => [option, flags[RULES[option].flag] ?? env[variable(option)]]);
  const nameOf = (option: Option) => {
    const { flag } = RULES[option];
    return flags[flag] === undefined && env[variable(option)] !== undefined ? variable(option) : `--${flag}`;
  };
  return toSettings(Object.fromEntries(given), nameOf);
}

function readDays(days: unknown): number | undefined {
  const number = typeof days === 'string' && /^\d{1,5}$/.test(days) ? Number(days) : days;
  return typeof number === 'number' && number >= 0 && number <= 36_500 ? number : undefined;
}

function readPort(port: unknown): number | undefined {
  const number = typeof port === 'string' && /^\d{1,5}$/.test(port) ? Number(port) : port;
  const isPort = typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= 65_535;
  return isPort ? number : undefined;
}

function complaint(
  name: string,
  { takes: [what, example], given }: { takes: Rule<unknown>['takes']; given: unknown },
): SettingsError {
  const shown = typeof given === 'string' ? JSON.stringify(given) : String(given);
  return new SettingsError(`${name} takes ${what}, not ${shown}; write e.g. ${sampleOf(name, example)}`);
}

function sampleOf(name: string, example: string): string {
  if (name.startsWith('--')) return `${name} ${example}`;
  if (name.startsWith('CRASHPOST_')) return `${name}=${example}`;
  return `${name}: ${/^\d+$/.test(example) ? example : `'${example}'`}`;
}
