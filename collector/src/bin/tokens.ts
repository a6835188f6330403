// `token …`. The token alone goes to stdout, once.
import { createTokens, type Tokens } from '../access/tokens.js';
import type { Flags } from './arguments.js';
import { type Command, withStore } from './command.js';

const withTokens = <T>(flags: Flags, work: (tokens: Tokens) => Promise<T>): Promise<T> =>
  withStore(flags, (store) => work(createTokens({ store, now: Date.now })));

const add: Command = {
  name: 'token add',
  takes: ['NAME'],
  options: ['data', 'scope'],
  summary: 'add a token for a program that uses the API or /metrics, and print it',
  details: `The program sends it as "Authorization: Bearer TOKEN". It is shown this once. "read" may see what the site
shows, "admin" may also add and change apps.`,
  async run({ words: [name = ''], flags }) {
    console.log(await withTokens(flags, (tokens) => tokens.add(name, flags.scope ?? 'read')));
  },
};

const list: Command = {
  name: 'token list',
  takes: [],
  options: ['data'],
  summary: 'print the scope, the day and the name of every token',
  async run({ flags }) {
    for (const { name, scope, createdAt } of await withTokens(flags, (tokens) => tokens.list()))
      console.log(`${scope.padEnd(5)}  ${new Date(createdAt).toISOString().slice(0, 10)}  ${name}`);
  },
};

const remove: Command = {
  name: 'token remove',
  takes: ['NAME'],
  options: ['data'],
  summary: 'remove a token; it opens nothing from now on',
  async run({ words: [name = ''], flags }) {
    await withTokens(flags, (tokens) => tokens.remove(name));
    console.error(`${name} is removed.`);
  },
};

export const TOKEN_COMMANDS: readonly Command[] = [add, list, remove];
