// What a command is, and which of them a person asked for.
import { readSettings } from '../config.js';
import { openSqliteStore } from '../main.js';
import type { SqliteStore } from '../store/sqlite/calls.js';
import { hasData } from '../store/sqlite/copies.js';
import { type Arguments, type Flags, type Option, UsageError } from './arguments.js';
import { Failure } from './failure.js';

export interface Command {
  /** What calls it: `app add`. */
  readonly name: string;
  /** What it takes besides, one word each: `NAME`, `[NAME]` where it may be left out. */
  readonly takes: readonly string[];
  readonly options: readonly Option[];
  /** For the list of commands: one line, without a full stop. */
  readonly summary: string;
  /** For its own help: whole sentences. */
  readonly details?: string;
  run(args: Arguments): Promise<void>;
}

/** The command that `words` begin with, and what is left of them. Throws `UsageError`. */
export function choose(commands: readonly Command[], { words, flags }: Arguments): [Command, Arguments] {
  const given = words.length === 0 ? ['serve'] : words;
  for (const command of commands) {
    const name = command.name.split(' ');
    if (!name.every((word, i) => word === given[i])) continue;
    const rest = given.slice(name.length).map((word) => word.trim());
    check(command, { words: rest, flags });
    return [command, { words: rest, flags }];
  }
  throw new UsageError(
    `"${given.join(' ')}" is no command; "crashpost-collector --help" lists what there is`,
  );
}

/** Refuses what the command would silently ignore. */
function check({ name, takes, options }: Command, { words, flags }: Arguments): void {
  const unknown = (Object.keys(flags) as Option[]).find((flag) => !options.includes(flag));
  if (unknown) throw new UsageError(`--${unknown} is no option of "${name}"; see "${name} --help"`);
  const needed = takes.filter((word) => !word.startsWith('[')).length;
  if (words.length >= needed && words.length <= takes.length && words.every(Boolean)) return;
  if (takes.length === 0) throw new UsageError(`${name} takes no "${words.join(' ')}"`);
  throw new UsageError(`${name} takes ${takes.join(' ')}; put in quotes what has blanks: ${name} "My app"`);
}

/** Runs `work` on the store of the data folder, without taking it: a collector may run on it meanwhile. */
export async function withStore<T>(flags: Flags, work: (store: SqliteStore) => Promise<T>): Promise<T> {
  const store = await openSqliteStore(dataOf(flags), { held: false });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** The data folder; throws `Failure` when nothing was ever kept in it: what only reads must not begin one. */
export function needData(flags: Flags): string {
  const data = dataOf(flags);
  if (hasData(data)) return data;
  throw new Failure(`There is no data in ${data}: name the folder of a collector with --data DIR`);
}

/** The data folder, as the person wrote it. Throws `SettingsError`. */
export function dataOf(flags: Flags): string {
  return readSettings({ data: flags.data }, { CRASHPOST_DATA: process.env.CRASHPOST_DATA }).data;
}
