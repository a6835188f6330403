// `user …`. The password alone goes to stdout.
import { generatePassword } from '../access/password.js';
import { createUsers, type Users } from '../access/users.js';
import { FIRST_USER } from '../main.js';
import type { Flags } from './arguments.js';
import { type Command, withStore } from './command.js';

const withUsers = <T>(flags: Flags, work: (users: Users) => Promise<T>): Promise<T> =>
  withStore(flags, (store) => work(createUsers(store)));

/** The password to give, and what to print of it: one that was given is known, and output ends in logs. */
function newPassword(): { password: string; print: () => void } {
  const given = process.env.CRASHPOST_PASSWORD;
  const password = given || generatePassword();
  return { password, print: () => given || console.log(password) };
}

const PASSWORD = 'CRASHPOST_PASSWORD in the environment is the password, instead of a generated one.';

const add: Command = {
  name: 'user add',
  takes: ['NAME'],
  options: ['data'],
  summary: 'add a user who may sign in, and print the password',
  details: PASSWORD,
  async run({ words: [name = ''], flags }) {
    const { password, print } = newPassword();
    await withUsers(flags, (users) => users.add(name, password));
    print();
  },
};

const list: Command = {
  name: 'user list',
  takes: [],
  options: ['data'],
  summary: 'print the name of every user',
  async run({ flags }) {
    for (const name of await withUsers(flags, (users) => users.list())) console.log(name);
  },
};

const setPassword: Command = {
  name: 'user password',
  takes: ['[NAME]'],
  options: ['data'],
  summary: `give a user (default: ${FIRST_USER}) a new password and print it`,
  details: `It also signs the user out everywhere. ${PASSWORD}`,
  async run({ words: [name = FIRST_USER], flags }) {
    const { password, print } = newPassword();
    await withUsers(flags, (users) => users.setPassword(name, password));
    console.error(`${name} has a new password and is signed out everywhere.`);
    print();
  },
};

const remove: Command = {
  name: 'user remove',
  takes: ['NAME'],
  options: ['data'],
  summary: 'remove a user and sign it out everywhere',
  async run({ words: [name = ''], flags }) {
    await withUsers(flags, (users) => users.remove(name));
    console.error(`${name} is removed.`);
  },
};

export const USER_COMMANDS: readonly Command[] = [add, list, setPassword, remove];
