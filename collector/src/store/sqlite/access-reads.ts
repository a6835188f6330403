// Who may send, sign in and use the API: what is read of them.
import type { Session, Token, User } from '../store.js';
import { APP_COLUMNS, type AppRow, toApp } from './app-row.js';
import type { Reads } from './calls.js';
import type { Connection } from './connection.js';

type AccessReads = Pick<Reads, 'apps' | 'user' | 'users' | 'session' | 'tokens' | 'token'>;

/** Statements are prepared once, here. */
export function createAccessReads(db: Connection): AccessReads {
  const apps = db.prepare<AppRow>(`SELECT ${APP_COLUMNS} FROM apps ORDER BY id`);
  return { apps: () => apps.all().map(toApp), ...userReads(db), ...tokenReads(db) };
}

function userReads(db: Connection): Pick<AccessReads, 'user' | 'users' | 'session'> {
  const user = db.prepare<User>('SELECT name, password_hash AS passwordHash FROM users WHERE name = ?');
  const users = db.prepare<{ name: string }>('SELECT name FROM users ORDER BY name');
  const session = db.prepare<Session>(
    `SELECT token_hash AS tokenHash, user_name AS userName, expires_at AS expiresAt FROM sessions
     WHERE token_hash = ? AND expires_at > ?`,
  );
  return {
    user: (name) => user.all(name)[0],
    users: () => users.all().map(({ name }) => name),
    session: (tokenHash, now) => session.all(tokenHash, now)[0],
  };
}

function tokenReads(db: Connection): Pick<AccessReads, 'tokens' | 'token'> {
  const columns = 'name, token_hash AS tokenHash, scope, created_at AS createdAt FROM tokens';
  const tokens = db.prepare<Token>(`SELECT ${columns} ORDER BY name`);
  const token = db.prepare<Token>(`SELECT ${columns} WHERE token_hash = ?`);
  return { tokens: () => tokens.all(), token: (tokenHash) => token.all(tokenHash)[0] };
}
