import { DEFAULT_LIMITS, type Limits } from './ingest/limits.js';

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

type Option = 'data' | 'host' | 'port';

/** One sentence: which option, what it takes, what it was given, what to write instead. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

const DEFAULTS = { data: './data', host: '127.0.0.1', port: 8080 };
const VARIABLES = { data: 'CRASHPOST_DATA', host: 'CRASHPOST_HOST', port: 'CRASHPOST_PORT' };

/**
 * Settings from the calls of a program; defaults for what is not given. Throws `SettingsError`.
 * @param nameOf what the person who gave an option calls it.
 */
export function toSettings(
  given: Given & { readonly limits?: Partial<Limits> | undefined },
  nameOf: (option: Option) => string = (option) => option,
): Settings {
  const say = (option: Option, takes: string) => complaint(nameOf(option), { takes, given: given[option] });
  const { data = DEFAULTS.data, host = DEFAULTS.host, port = DEFAULTS.port } = given;
  if (typeof data !== 'string' || !data || data.includes('\0')) throw say('data', 'a folder|data');
  if (typeof host !== 'string' || !/^[\w.:%-]+$/.test(host))
    throw say('host', 'an address or a host name|127.0.0.1');
  const number = typeof port === 'string' && /^\d{1,5}$/.test(port) ? Number(port) : port;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number > 65_535) {
    throw say('port', 'a number from 0 to 65535|8080');
  }
  return { data, host, port: number, limits: { ...DEFAULT_LIMITS, ...given.limits } };
}

/** Settings from the command line, else the environment, else defaults. Throws `SettingsError`. */
export function readSettings(flags: Given, env: Readonly<Record<string, string | undefined>>): Settings {
  const given = (option: Option) => flags[option] ?? env[VARIABLES[option]];
  const all = { data: given('data'), host: given('host'), port: given('port') };
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
