// With which secrets posts come that should come with another: one that no app has, mistyped or ended too early, and the
// old one of an app that is given a new one. In memory: what matters is who still sends so.
import type { App } from '../store/store.js';
import { parseUuid } from '../texts.js';

/** What was counted of one secret. */
export interface Seen {
  readonly posts: number;
  /** Milliseconds since the epoch. */
  readonly lastAt: number;
}

export interface UnknownSecret extends Seen {
  /** How it begins: enough to be recognised, and no use to anybody. Empty where a post had none. */
  readonly start: string;
}

export interface SecretsSeen {
  /** When the counting began. Milliseconds since the epoch. */
  readonly since: number;
  /** A post came with the old secret of an app, or with one that no app has. */
  note(secret: string | undefined, app?: App): void;
  /** The old secret of an app; undefined when no post came with it. */
  old(app: App): Seen | undefined;
  /** Those that no app has, the latest first; at most `MAX_UNKNOWN`. */
  unknown(): UnknownSecret[];
}

const MAX_UNKNOWN = 20;

/** Old secrets: one an app, and those of rotations that have ended since. */
const MAX_OLD = 1_000;

/** Characters. */
const START = 8;

/** @param now milliseconds since the epoch. */
export function createSecretsSeen(now: () => number): SecretsSeen {
  const since = now();
  const old = new Map<string, Seen>();
  const unknown = new Map<string, Seen>();
  return {
    since,
    note(secret = '', app) {
      const name = parseUuid(secret) ?? secret.trim();
      if (app) count(old, name, { at: now(), max: MAX_OLD });
      else count(unknown, startOf(name), { at: now(), max: MAX_UNKNOWN });
    },
    old: ({ previousSecret }) => (previousSecret === undefined ? undefined : old.get(previousSecret)),
    unknown: () => [...unknown].map(([start, seen]) => ({ start, ...seen })).reverse(),
  };
}

/** Half at most: what is short may be somebody's password in the wrong field. */
function startOf(name: string): string {
  return name.slice(0, Math.min(START, name.length >> 1));
}

function count(seen: Map<string, Seen>, name: string, { at, max }: { at: number; max: number }): void {
  const posts = (seen.get(name)?.posts ?? 0) + 1;
  // Deleted first: a Map keeps the order of insertion, and the first is then always the one that was seen longest ago.
  seen.delete(name);
  seen.set(name, { posts, lastAt: at });
  if (seen.size <= max) return;
  // The one with the fewest posts, the oldest of such: who tries many secrets once must not hide one that clients have.
  let [least, fewest] = ['', Number.POSITIVE_INFINITY];
  for (const [other, { posts: n }] of seen) if (other !== name && n < fewest) [least, fewest] = [other, n];
  seen.delete(least);
}
