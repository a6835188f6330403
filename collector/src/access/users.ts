// What may be done with users, by whichever way it is asked.
import type { Store } from '../store/store.js';
import { AccessError, toName } from './apps.js';
import { hashPassword, MAX_PASSWORD } from './password.js';

/** Every method rejects with `AccessError`. */
export interface Users {
  list(): Promise<string[]>;
  add(name: string, password: string): Promise<void>;
  /** Also signs the user out everywhere. */
  setPassword(name: string, password: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** Characters of a password that somebody chose; generated ones have 112 bits. */
const MIN_PASSWORD = 8;

export function createUsers(store: Pick<Store, 'user' | 'users' | 'putUser' | 'removeUser'>): Users {
  const put = async (name: string, password: string) => {
    if (password.length < MIN_PASSWORD)
      throw new AccessError('invalid', `A password has at least ${MIN_PASSWORD} characters`);
    if (password.length > MAX_PASSWORD)
      throw new AccessError('invalid', `A password has at most ${MAX_PASSWORD} characters`);
    await store.putUser({ name, passwordHash: await hashPassword(password) });
  };
  const check = async (name: string) => {
    if (await store.user(name)) return;
    const names = (await store.users()).join(', ');
    throw new AccessError(
      'unknown',
      `There is no user "${name}"; ${names ? `there is ${names}` : 'add one first'}`,
    );
  };
  return {
    list: () => store.users(),
    async add(text, password) {
      const name = toName(text, 'A user');
      if (await store.user(name)) throw new AccessError('conflict', `There is a user ${name} already`);
      await put(name, password);
    },
    async setPassword(name, password) {
      await check(name);
      await put(name, password);
    },
    async remove(name) {
      await check(name);
      const [, another] = await store.users();
      if (another === undefined)
        throw new AccessError('conflict', `${name} is the only user: nobody could sign in any more`);
      await store.removeUser(name);
    },
  };
}
