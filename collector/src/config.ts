import { APP_CENTER_LIMITS, DEFAULT_LIMITS, type Limits } from './ingest/limits.js';

/** What a collector runs with. */
export interface Settings {
  /** The data folder; made when it is missing. */
  readonly data: string;
  /** The address to listen on. Loopback by default: who opens it to a network puts TLS in front. */
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly limits: Limits;
}

/** The settings that are given as text or number, before they are checked. */
export type Given = { readonly [Name in Option]?: unknown };

type Option = 'data' | 'host' | 'port' | 'limits';

/** One sentence: which option, what it takes, what it was given, what to write instead. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

const DEFAULTS = { data: './data', host: '127.0.0.1', port: 8080 };
const VARIABLES = {
  data: 'CRASHPOST_DATA',
  host: 'CRASHPOST_HOST',
  port: 'CRASHPOST_PORT',
  limits: 'CRASHPOST_LIMITS',
};

/**
 * Settings from the calls of a program; defaults for what is not given. Throws `SettingsError`.
 * @param nameOf what the person who gave an option calls it.
 */
export function toSettings(given: Given, nameOf: (option: Option) => string = (option) => option): Settings {
  const say = (option: Option, takes: string) => complaint(nameOf(option), { takes, given: given[option] });
  const { data = DEFAULTS.data, host = DEFAULTS.host, port = DEFAULTS.port } = given;
  if (typeof data !== 'string' || !data || data.includes('\0')) throw say('data', 'a folder|data');
  if (typeof host !== 'string' || !/^[\w.:%-]+$/.test(host))
    throw say('host', 'an address or a host name|127.0.0.1');
  const number = typeof port === 'string' && /^\d{1,5}$/.test(port) ? Number(port) : port;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number > 65_535) {
    throw say('port', 'a number from 0 to 65535|8080');
  }
  const limits = toLimits(given.limits);
  if (!limits) throw say('limits', LIMITS_TAKE);
  return { data, host, port: number, limits };
}

const LIMITS_TAKE = 'app-center, or names and values with commas between|app-center,crashesPerMinute=600';

/** Limits from what a program gives, some of them by name, or from text as the command line takes it. */
function toLimits(given: unknown): Limits | undefined {
  if (given === undefined) return DEFAULT_LIMITS;
  const entries = typeof given === 'string' ? given.split(',').map(toEntry) : Object.entries(given ?? {});
  let limits = DEFAULT_LIMITS;
  for (const [name, value] of entries) {
    if (name === 'app-center') limits = APP_CENTER_LIMITS;
    else if (!(name in limits) || typeof value !== typeof limits[name as keyof Limits]) return undefined;
    else if (typeof value === 'number' && !(value >= 0)) return undefined;
    else limits = { ...limits, [name]: value };
  }
  return limits;
}

/** `crashesPerMinute=600`, `requiredFields=true`. */
function toEntry(text: string): [name: string, value: unknown] {
  const [name = '', value = ''] = text.split('=').map((part) => part.trim());
  if (value === 'true' || value === 'false') return [name, value === 'true'];
  return [name, /^(?:\d+|Infinity)$/.test(value) ? Number(value) : value];
}

/** Settings from the command line, else the environment, else defaults. Throws `SettingsError`. */
export function readSettings(flags: Given, env: Readonly<Record<string, string | undefined>>): Settings {
  const given = (option: Option) => flags[option] ?? env[VARIABLES[option]];
  const all = { data: given('data'), host: given('host'), port: given('port'), limits: given('limits') };
  return toSettings(all, (option) => (flags[option] === undefined ? VARIABLES[option] : `--${option}`));
}

function complaint(name: string, { takes, given }: { takes: string; given: unknown }): SettingsError {
  const [what = '', example = ''] = takes.split('|');
  const shown = typeof given === 'string' ? JSON.stringify(given) : String(given);
  const sample = sampleOf(name, example);
  return new SettingsError(`${name} takes ${what}, not ${shown}; write e.g. ${sample}`);
}

function sampleOf(name: string, example: string): string {
  if (name.startsWith('--')) return `${name} ${example}`;
  if (name.startsWith('CRASHPOST_')) return `${name}=${example}`;
  return `${name}: ${/^\d+$/.test(example) ? example : `'${example}'`}`;
}
