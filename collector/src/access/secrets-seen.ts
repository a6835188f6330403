// With which secrets posts come that should come with another: one that no app has, mistyped or ended too early, and the
// old one of an app that is given a new one. Counted in memory, and kept by secrets-kept.ts.
import type { App } from '../store/store.js';
import type { SecretCounted, SecretsCounted } from '../store/upkeep.js';
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
  /** Those that no app has, of the last 30 days, the latest first; at most `MAX_UNKNOWN`. */
  unknown(): UnknownSecret[];
  /** All of it, without a secret in it. */
  counted(): SecretsCounted;
  /** Goes on from what was counted before; what was noted meanwhile is added. */
  goOnFrom(counted: SecretsCounted): void;
}

const MAX_UNKNOWN = 20;

/** Old secrets: one an app, and those of rotations that have ended since. */
const MAX_OLD = 1_000;

/** Characters. */
const START = 8;

/** Nobody sends so any more. Milliseconds. */
const PAST = 30 * 24 * 3600 * 1000;

type Counts = Map<string, Seen>;

/** @param now milliseconds since the epoch. */
export function createSecretsSeen(now: () => number): SecretsSeen {
  let since = now();
  const old: Counts = new Map();
  const unknown: Counts = new Map();
  return {
    get since() {
      return since;
    },
    note(secret = '', app) {
      const name = parseUuid(secret) ?? secret.trim();
      const one = { posts: 1, lastAt: now() };
      if (app) count(old, { name: oldName(app, name), ...one }, MAX_OLD);
      else count(unknown, { name: startOf(name), ...one }, MAX_UNKNOWN);
    },
    old: (app) => (app.previousSecret === undefined ? undefined : old.get(oldName(app, app.previousSecret))),
    unknown: () =>
      [...unknown]
        .filter(([, { lastAt }]) => now() - lastAt < PAST)
        .map(([start, seen]) => ({ start, ...seen }))
        .reverse(),
    counted: () => ({ since, unknown: listOf(unknown), old: listOf(old) }),
    goOnFrom(before) {
      since = Math.min(since, before.since);
      add(unknown, before.unknown, MAX_UNKNOWN);
      add(old, before.old, MAX_OLD);
    },
  };
}

/** Enough to know it from the others that the app has had. */
function oldName({ id }: App, secret: string): string {
  return `${id}/${startOf(secret)}`;
}

const listOf = (counts: Counts): SecretCounted[] => [...counts].map(([name, seen]) => ({ name, ...seen }));

/** Those of before stand before those of now, which were seen later. */
function add(counts: Counts, before: readonly SecretCounted[], max: number): void {
  const since = listOf(counts);
  counts.clear();
  for (const counted of [...before, ...since]) count(counts, counted, max);
}

/** Half at most: what is short may be somebody's password in the wrong field. */
function startOf(name: string): string {
  return name.slice(0, Math.min(START, name.length >> 1));
}

function count(counts: Counts, { name, posts, lastAt }: SecretCounted, max: number): void {
  const before = counts.get(name)?.posts ?? 0;
  // Deleted first: a Map keeps the order of insertion, and the first is then always the one that was seen longest ago.
  counts.delete(name);
  counts.set(name, { posts: before + posts, lastAt });
  if (counts.size > max) counts.delete(leastOf(counts, name, lastAt));
}

/**
 * One that is past; else the one with the fewest posts, the oldest of such: who tries many secrets once must not hide one
 * that clients have.
 */
function leastOf(counts: Counts, besides: string, now: number): string {
  let [least, fewest] = ['', Number.POSITIVE_INFINITY];
  for (const [name, { posts, lastAt }] of counts) {
    if (now - lastAt >= PAST) return name;
    if (name !== besides && posts < fewest) [least, fewest] = [name, posts];
  }
  return least;
}
