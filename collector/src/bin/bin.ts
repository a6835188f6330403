#!/usr/bin/env node
import { AccessError } from '../access/apps.js';
import { SettingsError, StartError, StoreError } from '../main.js';
import { VERSION } from '../version.js';
import { APP_COMMANDS } from './apps.js';
import { parseArguments, UsageError } from './arguments.js';
import { type Command, choose } from './command.js';
import { helpOf } from './help.js';
import { SERVE } from './serve.js';
import { USER_COMMANDS } from './users.js';

const COMMANDS: readonly Command[] = [SERVE, ...APP_COMMANDS, ...USER_COMMANDS];

async function run(args: readonly string[]): Promise<void> {
  const { words, flags } = parseArguments(args);
  if (flags.help) return console.log(helpOf(COMMANDS, words));
  if (flags.version) return console.log(VERSION);
  const [command, rest] = choose(COMMANDS, { words, flags });
  return command.run(rest);
}

function isUsage(error: unknown): boolean {
  if (error instanceof AccessError) return error.code === 'invalid';
  return error instanceof UsageError || error instanceof SettingsError;
}

run(process.argv.slice(2)).catch((error: unknown) => {
  const usage = isUsage(error);
  const foreseen =
    usage || [AccessError, StartError, StoreError].some((foreseenError) => error instanceof foreseenError);
  console.error(foreseen && error instanceof Error ? `crashpost-collector: ${error.message}` : error);
  process.exitCode = usage ? 2 : 1;
});
