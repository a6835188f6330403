import { deflateRawSync } from 'node:zlib';
import { type Delivery, type Digest, type IncomingLog, StoreError } from '../store.js';
import type { Writes } from './calls.js';
import { type Connection, sqliteCode } from './connection.js';
import { createKeepDigest } from './digests.js';

/** A session lives for days; one that ended this long before a new one ends is certainly over. */
const SESSION_LEFTOVER_MS = 365 * 24 * 3600 * 1000;

/** The writes of the Store on one connection. Statements are prepared once, here. */
export function createWrites(db: Connection): Writes {
  // Writes nothing, but in a transaction as the others: it asks for the lock, and costs no fsync.
  const ping = () => () => {};
  return { ...appWrites(db), ...reportWrites(db), ...userWrites(db), ping };
}

function appWrites(db: Connection): Pick<Writes, 'addApp'> {
  const insert = db.prepare<{ id: number }>(
    'INSERT INTO apps (name, secret, created_at) VALUES (?, ?, ?) RETURNING id',
  );
  return {
    addApp: (app) => () => {
      try {
        const [row] = insert.all(app.name, app.secret, app.createdAt);
        if (!row) throw new StoreError('failed', 'an app was inserted without an id');
        return { ...app, id: row.id };
      } catch (error) {
        if (sqliteCode(error) !== 'SQLITE_CONSTRAINT_UNIQUE') throw error;
        throw new StoreError('duplicate', `another app has the secret ${app.secret}`, { cause: error });
      }
    },
  };
}

function reportWrites(db: Connection): Pick<Writes, 'keep' | 'keepDigests'> {
  const keepLog = createKeepLog(db);
  const keepDigest = createKeepDigest(db);
  return {
    keep: (delivery: Delivery) => {
      const bodies = delivery.logs.map((log) => ({ log, body: deflate(log) }));
      return () => {
        for (const { log, body } of bodies) keepLog(delivery, log, body);
      };
    },
    keepDigests: (digests: readonly Digest[]) => () => {
      for (const digest of digests) keepDigest(digest);
    },
  };
}

/** Level 1: measured 37–43 µs for a log of 3.5 kB and 3.6 times smaller; higher levels gain little. */
function deflate(log: IncomingLog): Buffer {
  return deflateRawSync(Buffer.from(log.json), { level: 1 });
}

function createKeepLog(db: Connection): (delivery: Delivery, log: IncomingLog, body: Buffer) => void {
  const attachment = db.prepare(
    `INSERT INTO attachments (app_id, id, error_id, received_at, body) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (app_id, id) DO NOTHING`,
  );
  const report = db.prepare<{ seq: number }>(
    `INSERT INTO reports (app_id, id, type, install_id, timestamp, received_at, seen_at)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (app_id, id) DO NOTHING RETURNING seq`,
  );
  const reportBody = db.prepare('INSERT INTO bodies (seq, body) VALUES (?, ?)');
  return ({ appId, installId, receivedAt }, log, body) => {
    if (log.errorId !== undefined) {
      attachment.run(appId, log.id, log.errorId, receivedAt, body);
      return;
    }
    const seenAt = Math.min(log.timestamp, receivedAt);
    const [row] = report.all(appId, log.id, log.type, installId, log.timestamp, receivedAt, seenAt);
    if (row) reportBody.run(row.seq, body);
  };
}

function userWrites(db: Connection): Pick<Writes, 'putUser' | 'putSession' | 'removeSession'> {
  const put = db.prepare(
    `INSERT INTO users (name, password_hash) VALUES (?, ?)
     ON CONFLICT (name) DO UPDATE SET password_hash = excluded.password_hash`,
  );
  const endSessions = db.prepare('DELETE FROM sessions WHERE user_name = ?');
  const endLeftovers = db.prepare('DELETE FROM sessions WHERE expires_at < ?');
  const begin = db.prepare('INSERT INTO sessions (token_hash, user_name, expires_at) VALUES (?, ?, ?)');
  const end = db.prepare('DELETE FROM sessions WHERE token_hash = ?');
  return {
    putUser: (user) => () => {
      put.run(user.name, user.passwordHash);
      endSessions.run(user.name);
    },
    putSession: (session) => () => {
      endLeftovers.run(session.expiresAt - SESSION_LEFTOVER_MS);
      begin.run(session.tokenHash, session.userName, session.expiresAt);
    },
    removeSession: (tokenHash) => () => void end.run(tokenHash),
  };
}
