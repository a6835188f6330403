// Words for what is wrong with a call, in the chunk: few pages need them, and those once.
import type { Options } from './api.js';
import { attempt } from './platform/guard.js';

/** What to write, by the name of the option that cannot be what it is; and what tells that it can. */
interface Rule {
  readonly instead: string;
  readonly holds?: (value: never) => boolean;
}

const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
const isText = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';
const switched: Rule = { instead: 'true, or false', holds: isBoolean };
const text: Rule = { instead: "'a text'", holds: isText };

const isFunction = (value: unknown): boolean => typeof value === 'function';
const isPattern = (value: unknown): boolean => typeof value === 'string' || value instanceof RegExp;

/** Those without `holds` are looked at elsewhere: nothing can begin with them, or they have parts. */
export const RULES: Readonly<Record<keyof Options, Rule>> = {
  appSecret: { instead: "'(what crashpost-collector app add printed)'" },
  logUrl: { instead: "'https://(your collector)'" },
  appVersion: text,
  appBuild: text,
  userId: text,
  ignore: {
    instead: "['part of a message', /or a pattern/]",
    holds: (value: unknown) => Array.isArray(value) && value.every(isPattern),
  },
  beforeSend: { instead: '(log) => log, and null for a log to drop', holds: isFunction },
  sampleRate: {
    instead: '(a number from 0 to 1)',
    holds: (value: unknown) => Number(value) >= 0 && Number(value) <= 1,
  },
  sessions: switched,
  wrapCallbacks: switched,
  iframes: switched,
  resources: switched,
  mask: {
    instead: "(text) => text.replace('a secret', '***'), or false",
    holds: (value: unknown) => value === false || isFunction(value),
  },
  urls: { instead: "'full', or leave it out", holds: (value: unknown) => value === 'full' },
  // Its kinds are looked at by the trail.
  breadcrumbs: { instead: 'false, or { clicks: false }' },
  uncleanExits: switched,
  maxStorageSize: { instead: '(bytes, 24576 at least)', holds: (value: unknown) => Number(value) >= 24_576 },
  consent: { instead: "'ask', or leave it out", holds: (value: unknown) => value === 'ask' },
  debug: switched,
};

/** What is kept with the options, and was not given. */
const OWN = ['ask', 'quiet', 'off', 'always', 'byTag'];

/** JSON has none of some values, and throws at others. */
const show = (value: unknown): string | undefined =>
  attempt(() => JSON.stringify(value)) ?? attempt(() => String(value));

const cannotBe = (name: string, value: unknown, { instead }: Rule): string =>
  `${name} cannot be ${show(value)}; write ${name}: ${instead}`;

/** How many letters have to be changed, put in, left out or swapped to make `b` of `a` (optimal string alignment). */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number) => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i++) {
    rows[i] = [i];
    for (let j = 1; j <= b.length; j++) {
      const differs = Number(a[i - 1] !== b[j - 1]);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const least = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + differs);
      rows[i]?.push(swapped ? Math.min(least, at(i - 2, j - 2) + 1) : least);
    }
  }
  return at(a.length, b.length);
}

/** What peers call it. */
const OTHERS: Readonly<Record<string, keyof Options>> = {
  dsn: 'logUrl',
  url: 'logUrl',
  release: 'appVersion',
  version: 'appVersion',
  ignoreerrors: 'ignore',
  user: 'userId',
  token: 'appSecret',
};

/** The option that was most likely meant. */
export function nearest(name: string): string | undefined {
  const given = name.toLowerCase().replace(/[^a-z]/g, '');
  const near = Object.keys(RULES)
    .map((known) => ({ known, far: distance(given, known.toLowerCase()) }))
    .sort((a, b) => a.far - b.far)[0];
  return near && near.far <= Math.max(1, given.length / 4) ? near.known : OTHERS[given];
}

/**
 * Says which options are unknown, with the right name where there is one near, and which are not what they have to be.
 * A script tag has attributes of others: only those that look like ours are told of.
 */
export function checkOptions(options: object, say: (text: string) => void): void {
  const { byTag } = options as { byTag?: boolean };
  for (const [name, value] of Object.entries(options)) {
    if (OWN.includes(name) || value === undefined || value === null) continue;
    const rule: Rule | undefined = RULES[name as keyof Options];
    if (rule) {
      if (rule.holds && !rule.holds(value as never)) say(cannotBe(name, value, rule));
      continue;
    }
    const meant = nearest(name);
    if (meant) say(`there is no option ${name}; write ${meant}`);
    else if (!byTag) say(`there is no option ${name}`);
  }
}

/** What there is to complain of. */
export interface About {
  /** `start` threw it: what `toSettings` threw, or a fault of ours. */
  readonly reason?: unknown;
  readonly options?: Options;
  /** `start` was called again: what holds since the first call. */
  readonly settings?: object;
  /** What was called before `start`, and whether it still has not been. */
  readonly called?: string;
  readonly isLate?: () => boolean;
}

/** As `toSettings` makes them alike. */
const alike = (value: unknown): string => `${show(value)}`.toLowerCase().replace(/\/+"$|"/g, '');

function explainAgain(options: Options, settings: object): string | undefined {
  const other = Object.entries(options ?? {})
    .filter(([name, value]) => {
      const holds = settings[name as keyof object] as unknown;
      return value !== undefined && alike(value) !== alike(holds) && String(value) !== String(holds);
    })
    .map(([name]) => name);
  if (other.length === 0) return undefined;
  return `start was called twice, and the first options hold: ${other.join(', ')} would be other ones; call stop() before`;
}

const told = new Set<string>();

/** A sentence on what is wrong, and what to write instead; nothing where nothing is. */
export function explain({ reason, options, settings, called, isLate }: About): string | undefined {
  if (called) {
    // One call that comes too early may be followed by many.
    if (told.has('early') || !isLate?.()) return undefined;
    told.add('early');
    return `${called} was called before start: it waits until start is called`;
  }
  if (settings) return explainAgain(options as Options, settings);
  const rule = RULES[reason as keyof Options];
  const what = rule ? cannotBe(`${reason}`, options?.[reason as keyof Options], rule) : reason;
  return `not started: ${what}`;
}
