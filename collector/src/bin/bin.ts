#!/usr/bin/env node
import { SettingsError, StartError, StoreError } from '../main.js';
import { type Arguments, parseArguments } from './arguments.js';
import { addApp, listApps, setPassword } from './manage.js';
import { serve } from './serve.js';
import { HELP, UsageError } from './usage.js';
import { VERSION } from './version.js';

type Command = (args: Arguments) => Promise<void>;

const COMMANDS: readonly [words: readonly string[], run: Command][] = [
  [['serve'], serve],
  [['app', 'add'], addApp],
  [['app', 'list'], listApps],
  [['user', 'password'], setPassword],
];

async function run(args: readonly string[]): Promise<void> {
  const { words, flags } = parseArguments(args);
  if (flags.help) return console.log(HELP);
  if (flags.version) return console.log(VERSION);
  const given = words.length === 0 ? ['serve'] : words;
  for (const [name, command] of COMMANDS) {
    const rest = given.slice(name.length);
    if (name.every((word, i) => word === given[i])) return command({ words: rest, flags });
  }
  throw new UsageError(
    `"${given.join(' ')}" is no command; "crashpost-collector --help" lists what there is`,
  );
}

run(process.argv.slice(2)).catch((error: unknown) => {
  const usage = error instanceof UsageError || error instanceof SettingsError;
  const foreseen = usage || error instanceof StartError || error instanceof StoreError;
  console.error(foreseen ? `crashpost-collector: ${error.message}` : error);
  process.exitCode = usage ? 2 : 1;
});
