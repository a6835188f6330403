// Who may send, sign in and use the API: what is written of them.
import { type App, StoreError } from '../store.js';
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
  const update = db.prepare(
    `UPDATE apps SET name = ?, secret = ?, previous_secret = ?, disabled_at = ?, origins = ?, created_at = ?
     WHERE id = ?`,
  );
  const check = createAppCheck(db);
  const values = ({ name, secret, previousSecret, disabledAt, origins, createdAt }: Omit<App, 'id'>) =>
    [
      name,
      secret,
      previousSecret ?? null,
      disabledAt ?? null,
      origins?.join(' ') || null,
      createdAt,
    ] as const;
  return {
    addApp: (app) => () => {
      check(app, 0);
      const [row] = insert.all(...values(app));
      if (!row) throw new StoreError('failed', 'an app was inserted without an id');
      return { ...app, id: row.id };
    },
    changeApp: (app) => () => {
      check(app, app.id);
      return update.run(...values(app), app.id) > 0;
    },
  };
}

/** Throws `StoreError` `duplicate`. A secret stands for one app, whichever of its two it is. */
function createAppCheck(db: Connection): (app: Omit<App, 'id'>, id: number) => void {
  const named = db.prepare('SELECT 1 FROM apps WHERE name = ? AND id <> ?');
  const known = db.prepare('SELECT 1 FROM apps WHERE (secret = ? OR previous_secret = ?) AND id <> ?');
  return ({ name, secret, previousSecret }, id) => {
    if (named.all(name, id).length > 0) throw new StoreError('duplicate', `another app has the name ${name}`);
    for (const one of previousSecret === undefined ? [secret] : [secret, previousSecret])
      if (known.all(one, one, id).length > 0)
        throw new StoreError('duplicate', `another app has the secret ${one}`);
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
