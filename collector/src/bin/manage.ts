// The short commands. They open the data folder without taking it, so that a collector may run on it meanwhile.
import { randomUUID } from 'node:crypto';
import { generatePassword, hashPassword } from '../access/password.js';
import { readSettings } from '../config.js';
import { FIRST_USER, openSqliteStore } from '../main.js';
import type { Store } from '../store/store.js';
import { type Arguments, allow } from './arguments.js';
import { UsageError } from './usage.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** `app add NAME`: the secret alone goes to stdout, for scripts. */
export async function addApp({ words, flags }: Arguments): Promise<void> {
  allow(flags, ['data', 'secret']);
  const name = only(words, 'app add takes one name; put one with spaces in quotes: app add "My app"');
  const secret = (flags.secret ?? randomUUID()).toLowerCase();
  if (!UUID.test(secret))
    throw new UsageError(`--secret takes a UUID, not "${secret}"; write e.g. ${randomUUID()}`);
  await withStore(flags, (store) => store.addApp({ name, secret, createdAt: Date.now() }));
  console.log(secret);
}

/** `app list`: a line for each app, its secret and its name. */
export async function listApps({ words, flags }: Arguments): Promise<void> {
  allow(flags, ['data']);
  if (words.length > 0) throw new UsageError('app list takes no name');
  const apps = await withStore(flags, (store) => store.apps());
  for (const app of apps) console.log(`${app.secret}  ${app.name}`);
}

/** `user password [NAME]`: the password alone goes to stdout. */
export async function setPassword({ words, flags }: Arguments): Promise<void> {
  allow(flags, ['data']);
  const name = words.length === 0 ? FIRST_USER : only(words, 'user password takes one name');
  const password = process.env.CRASHPOST_ADMIN_PASSWORD || generatePassword();
  const passwordHash = await hashPassword(password);
  const known = await withStore(flags, async (store) => {
    const user = await store.user(name);
    await store.putUser({ name, passwordHash });
    return user !== undefined;
  });
  console.error(known ? `${name} has a new password and is signed out everywhere:` : `${name} is new:`);
  console.log(password);
}

function only(words: readonly string[], message: string): string {
  const [word = '', ...more] = words;
  if (!word.trim() || more.length > 0) throw new UsageError(message);
  return word.trim();
}

async function withStore<T>(flags: Arguments['flags'], work: (store: Store) => Promise<T>): Promise<T> {
  const { data } = readSettings({ data: flags.data }, process.env);
  const store = await openSqliteStore(data, { held: false });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
