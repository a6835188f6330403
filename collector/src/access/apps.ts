// What may be done with apps, by whichever way it is asked: command, site, API.
import { randomUUID } from 'node:crypto';
import type { App, Store } from '../store/store.js';
import { AccessError } from './access-error.js';
import { toOrigins } from './origins.js';

export { AccessError };

/** Every method rejects with `AccessError`, or `StoreError` `duplicate` for a name or secret that is another app's. */
export interface Apps {
  list(): Promise<App[]>;
  /** @param secret a UUID in any case; a generated one when there is none. */
  add(name: string, secret?: string): Promise<App>;
  /** The app of a name, or of one of its secrets. */
  named(text: string): Promise<App>;
  rename(app: App, name: string): Promise<App>;
  disable(app: App): Promise<App>;
  enable(app: App): Promise<App>;
  /** @param origins of pages that alone may send, with commas between; `any` for all. */
  limitTo(app: App, origins: string): Promise<App>;
  /** A new secret beside the one it has; both are taken until `endRotation`. */
  rotate(app: App, secret?: string): Promise<App>;
  /** From now on only the new secret is taken. */
  endRotation(app: App): Promise<App>;
}

interface Deps {
  readonly store: Pick<Store, 'apps' | 'addApp' | 'changeApp'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export function createApps({ store, now }: Deps): Apps {
  const change = async (app: App): Promise<App> => {
    if (!(await store.changeApp(app))) throw new AccessError('unknown', `There is no app ${app.name}`);
    return app;
  };
  return {
    list: () => store.apps(),
    add: async (name, secret) =>
      store.addApp({ name: toName(name, 'An app'), secret: toSecret(secret), createdAt: now() }),
    named: async (text) => toNamed(await store.apps(), text),
    rename: async (app, name) => change({ ...app, name: toName(name, 'An app') }),
    disable: async (app) => change({ ...app, disabledAt: app.disabledAt ?? now() }),
    enable: async ({ disabledAt: _, ...app }) => change(app),
    async limitTo({ origins: _, ...app }, text) {
      const origins = toOrigins(text);
      return change({ ...app, ...(origins && { origins }) });
    },
    async rotate(app, secret) {
      if (app.previousSecret !== undefined) {
        const message = `${app.name} has two secrets already; end that rotation before you begin another`;
        throw new AccessError('conflict', message);
      }
      return change({ ...app, secret: toSecret(secret), previousSecret: app.secret });
    },
    async endRotation({ previousSecret, ...app }) {
      if (previousSecret === undefined)
        throw new AccessError('conflict', `${app.name} has one secret: there is no rotation to end`);
      return change(app);
    },
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Characters. */
const MAX_NAME = 100;

function toSecret(secret: string = randomUUID()): string {
  if (UUID.test(secret)) return secret.toLowerCase();
  throw new AccessError('invalid', `A secret is a UUID, not "${secret}"; e.g. ${randomUUID()}`);
}

/**
 * A name of an app, a user or a token, without blanks around it. Throws `AccessError` `invalid`.
 * @param who what is to have it, at the start of a sentence.
 */
export function toName(text: string, who: string): string {
  const name = text.trim();
  if (name !== '' && name.length <= MAX_NAME && !/\p{Cc}/u.test(name)) return name;
  throw new AccessError('invalid', `${who} needs a name of 1 to ${MAX_NAME} characters, in one line`);
}

/** By name before by secret: a name may look like one. */
function toNamed(apps: readonly App[], text: string): App {
  const secret = text.toLowerCase();
  const found =
    apps.find(({ name }) => name === text) ??
    apps.find((app) => app.secret === secret || app.previousSecret === secret);
  if (found) return found;
  const names = apps.map(({ name }) => name).join(', ');
  throw new AccessError(
    'unknown',
    `There is no app "${text}"; ${names ? `there is ${names}` : 'there is none yet'}`,
  );
}
