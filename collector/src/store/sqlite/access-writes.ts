// Who may send, sign in and use the API: what is written of them.
import { type App, type AppChange, StoreError } from '../store.js';
import { APP_COLUMNS, type AppRow, toApp } from './app-row.js';
import type { Writes } from './calls.js';
import { type Connection, sqliteCode } from './connection.js';

type Of<M extends keyof Writes> = Pick<Writes, M>;

/** A session lives for days; one that ended this long before a new one ends is certainly over. */
const SESSION_LEFTOVER_MS = 365 * 24 * 3600 * 1000;

type AccessMethod = 'addApp' | 'changeApp' | 'putUser' | 'removeUser' | 'putSession' | 'removeSession';

/** Statements are prepared once, here. */
export function createAccessWrites(db: Connection): Of<AccessMethod | 'addToken' | 'removeToken'> {
  return { ...appWrites(db), ...userWrites(db), ...sessionWrites(db), ...tokenWrites(db) };
}

function appWrites(db: Connection): Of<'addApp' | 'changeApp'> {
  const insert = db.prepare<{ id: number }>(
    `INSERT INTO apps (name, secret, previous_secret, disabled_at, origins, created_at)
     VALUES (?, ?, ?, ?, ?, ?) RETURNING id`,
  );
  const update = createAppUpdate(db);
  const check = createAppCheck(db);
  return {
    addApp: (app) => () => {
      const { name, secret, previousSecret, disabledAt = null, origins, createdAt } = app;
      check(0, name, [secret, previousSecret]);
      const values = [name, secret, previousSecret ?? null, disabledAt, toText(origins), createdAt] as const;
      const [row] = insert.all(...values);
      if (!row) throw new StoreError('failed', 'an app was inserted without an id');
      return { ...app, id: row.id };
    },
    changeApp: (id, change) => () => {
      check(id, change.name, [change.newSecret]);
      return update(id, change);
    },
  };
}

const toText = (origins: AppChange['origins']): string | null => origins?.join(' ') || null;

/** Only the columns that are named: what others have changed since the app was read stays changed. */
function createAppUpdate(db: Connection): (id: number, change: AppChange) => App | undefined {
  const update = db.prepare<AppRow>(
    `UPDATE apps SET
       name = coalesce(?2, name),
       disabled_at = iif(?3, iif(?4 IS NULL, NULL, coalesce(disabled_at, ?4)), disabled_at),
       origins = iif(?5, ?6, origins),
       secret = coalesce(?7, secret),
       previous_secret = CASE WHEN ?7 IS NOT NULL THEN secret WHEN ?8 IS NULL THEN previous_secret END
     WHERE id = ?1 AND (?7 IS NULL OR previous_secret IS NULL) AND (?8 IS NULL OR previous_secret = ?8)
     RETURNING ${APP_COLUMNS}`,
  );
  return (id, { name = null, disabledAt, origins, newSecret = null, endedSecret = null }) => {
    const disabled = [Number(disabledAt !== undefined), disabledAt ?? null] as const;
    const limited = [Number(origins !== undefined), toText(origins)] as const;
    const [row] = update.all(id, name, ...disabled, ...limited, newSecret, endedSecret);
    return row && toApp(row);
  };
}

/** Throws `StoreError` `duplicate`. A secret stands for one app, whichever of its two it is. */
function createAppCheck(db: Connection) {
  const named = db.prepare('SELECT 1 FROM apps WHERE name = ? AND id <> ?');
  const known = db.prepare('SELECT 1 FROM apps WHERE secret = ?1 OR previous_secret = ?1');
  return (id: number, name: string | undefined, secrets: readonly (string | undefined)[]): void => {
    if (name !== undefined && named.all(name, id).length > 0)
      throw new StoreError('duplicate', `another app has the name ${name}`);
    for (const one of secrets)
      if (one !== undefined && known.all(one).length > 0)
        throw new StoreError('duplicate', `an app has the secret ${one} already`);
  };
}

function userWrites(db: Connection): Of<'putUser' | 'removeUser'> {
  const put = db.prepare(
    `INSERT INTO users (name, password_hash) VALUES (?, ?)
     ON CONFLICT (name) DO UPDATE SET password_hash = excluded.password_hash`,
  );
  const remove = db.prepare('DELETE FROM users WHERE name = ?');
  const endSessions = db.prepare('DELETE FROM sessions WHERE user_name = ?');
  return {
    putUser: (user) => () => {
      put.run(user.name, user.passwordHash);
      endSessions.run(user.name);
    },
    removeUser: (name) => () => {
      endSessions.run(name);
      return remove.run(name) > 0;
    },
  };
}

function sessionWrites(db: Connection): Of<'putSession' | 'removeSession'> {
  const endLeftovers = db.prepare('DELETE FROM sessions WHERE expires_at < ?');
  const begin = db.prepare('INSERT INTO sessions (token_hash, user_name, expires_at) VALUES (?, ?, ?)');
  const end = db.prepare('DELETE FROM sessions WHERE token_hash = ?');
  return {
    putSession: (session) => () => {
      endLeftovers.run(session.expiresAt - SESSION_LEFTOVER_MS);
      begin.run(session.tokenHash, session.userName, session.expiresAt);
    },
    removeSession: (tokenHash) => () => void end.run(tokenHash),
  };
}

function tokenWrites(db: Connection): Of<'addToken' | 'removeToken'> {
  const add = db.prepare('INSERT INTO tokens (name, token_hash, scope, created_at) VALUES (?, ?, ?, ?)');
  const remove = db.prepare('DELETE FROM tokens WHERE name = ?');
  return {
    addToken: (token) => () => {
      try {
        add.run(token.name, token.tokenHash, token.scope, token.createdAt);
      } catch (error) {
        if (!sqliteCode(error).startsWith('SQLITE_CONSTRAINT')) throw error;
        throw new StoreError('duplicate', `another token has the name ${token.name}`, { cause: error });
      }
    },
    removeToken: (name) => () => remove.run(name) > 0,
  };
}
