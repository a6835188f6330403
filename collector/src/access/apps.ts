// What may be done with apps, by whichever way it is asked: command, site, API.
import { randomUUID } from 'node:crypto';
import type { App, AppChange, Store } from '../store/store.js';
import { parseUuid } from '../texts.js';
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
  /** Only what is wished; what others have changed since `app` was read stays changed. */
  change(app: App, wish: Wish): Promise<App>;
  /** A new secret beside the one it has; both are taken until `endRotation`. */
  rotate(app: App, secret?: string): Promise<App>;
  /** From now on only the new secret is taken. */
  endRotation(app: App): Promise<App>;
}

/** What is absent stays. */
export interface Wish {
  readonly name?: string;
  readonly disabled?: boolean;
  /** Of pages that alone may send, with commas between; `any` for all. */
  readonly origins?: string;
}

interface Deps {
  readonly store: Pick<Store, 'apps' | 'addApp' | 'changeApp'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export function createApps({ store, now }: Deps): Apps {
  const change = async (app: App, to: AppChange, conflict = ''): Promise<App> => {
    const changed = await store.changeApp(app.id, to);
    if (changed) return changed;
    const isThere = (await store.apps()).some(({ id }) => id === app.id);
    if (isThere) throw new AccessError('conflict', conflict);
    throw new AccessError('unknown', `There is no app ${app.name}`);
  };
  return {
    list: () => store.apps(),
    add: async (name, secret) =>
      store.addApp({ name: toName(name, 'An app'), secret: toSecret(secret), createdAt: now() }),
    named: async (text) => toNamed(await store.apps(), text),
    change: async (app, { name, disabled, origins }) =>
      change(app, {
        ...(name !== undefined && { name: toName(name, 'An app') }),
        ...(disabled !== undefined && { disabledAt: disabled ? now() : null }),
        ...(origins !== undefined && { origins: toOrigins(origins) ?? null }),
      }),
    rotate: async (app, secret) => {
      const conflict = `${app.name} has two secrets already; end that rotation before you begin another`;
      return change(app, { newSecret: toSecret(secret) }, conflict);
    },
    endRotation: async (app) => {
      const conflict = `${app.name} has one secret: there is no rotation to end`;
      if (app.previousSecret === undefined) throw new AccessError('conflict', conflict);
      return change(app, { endedSecret: app.previousSecret }, conflict);
    },
  };
}

/** Characters. */
const MAX_NAME = 100;

function toSecret(secret: string = randomUUID()): string {
  const uuid = parseUuid(secret);
  if (uuid !== undefined) return uuid;
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
