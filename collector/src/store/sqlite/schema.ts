import { StoreError } from '../store.js';
import { ACCESS } from './access-schema.js';
import { AGE } from './age-schema.js';
import { ASIDE } from './aside-schema.js';
import type { Connection } from './connection.js';
import { INBOX } from './inbox-schema.js';
import { INTAKE } from './intake-schema.js';
import { RECEIPT } from './receipt-schema.js';
import { REMOVAL } from './removal-schema.js';
import { SECRETS } from './secrets-schema.js';

// Bodies stand in a table of their own: a digest then rewrites a row of 200 bytes, not one of kilobytes, and
// lists never page through bodies. `seen_at` is the device's time, but never later than the receipt: a clock
// that runs ahead must not hold a group at the top of the list for years.
const FIRST = `
CREATE TABLE apps (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, secret TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE groups (
  id INTEGER PRIMARY KEY, app_id INTEGER NOT NULL REFERENCES apps (id), fingerprint TEXT NOT NULL,
  exception_type TEXT NOT NULL, message TEXT NOT NULL, location TEXT NOT NULL, app_version TEXT NOT NULL,
  fatal INTEGER NOT NULL, reports INTEGER NOT NULL, installs INTEGER NOT NULL,
  first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
  UNIQUE (app_id, fingerprint)
) STRICT;
CREATE INDEX groups_by_last_seen ON groups (app_id, last_seen DESC, id DESC);

CREATE TABLE reports (
  seq INTEGER PRIMARY KEY, app_id INTEGER NOT NULL REFERENCES apps (id), id TEXT NOT NULL, type TEXT NOT NULL,
  install_id TEXT NOT NULL, timestamp INTEGER NOT NULL, received_at INTEGER NOT NULL, seen_at INTEGER NOT NULL,
  group_id INTEGER REFERENCES groups (id), app_version TEXT, os TEXT, client TEXT,
  UNIQUE (app_id, id)
) STRICT;
CREATE INDEX reports_undigested ON reports (seq) WHERE group_id IS NULL;
CREATE INDEX reports_of_group ON reports (group_id, seen_at DESC, seq DESC) WHERE group_id IS NOT NULL;

CREATE TABLE bodies (seq INTEGER PRIMARY KEY REFERENCES reports (seq), body BLOB NOT NULL) STRICT;

CREATE TABLE attachments (
  seq INTEGER PRIMARY KEY, app_id INTEGER NOT NULL REFERENCES apps (id), id TEXT NOT NULL,
  error_id TEXT NOT NULL, received_at INTEGER NOT NULL, body BLOB NOT NULL,
  UNIQUE (app_id, id)
) STRICT;
CREATE INDEX attachments_of_report ON attachments (app_id, error_id);

CREATE TABLE group_installs (
  group_id INTEGER NOT NULL REFERENCES groups (id), install_id TEXT NOT NULL,
  PRIMARY KEY (group_id, install_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE group_hours (
  group_id INTEGER NOT NULL REFERENCES groups (id), hour INTEGER NOT NULL, reports INTEGER NOT NULL,
  PRIMARY KEY (group_id, hour)
) STRICT, WITHOUT ROWID;
CREATE TABLE group_days (
  group_id INTEGER NOT NULL REFERENCES groups (id), day INTEGER NOT NULL, reports INTEGER NOT NULL,
  PRIMARY KEY (group_id, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE users (name TEXT PRIMARY KEY, password_hash TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE sessions (
  token_hash TEXT PRIMARY KEY, user_name TEXT NOT NULL REFERENCES users (name), expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
`;

/** In the order they are applied; `PRAGMA user_version` is how many have been. Never edit one that was released. */
export const MIGRATIONS: readonly string[] = [
  FIRST,
  ACCESS,
  INTAKE,
  REMOVAL,
  AGE,
  INBOX,
  ASIDE,
  RECEIPT,
  SECRETS,
];

/**
 * Whether the database is older than this program. Throws `StoreError` `newer` when it is newer: an older
 * program must not write what it does not understand.
 */
export function needsMigration(db: Connection, folder: string): boolean {
  const version = Number(db.pragma('user_version'));
  if (version > MIGRATIONS.length) {
    throw new StoreError(
      'newer',
      `The data in ${folder} was written by a newer crashpost-collector (format ${version}, this one knows ` +
        `${MIGRATIONS.length}): update this program, or give it another folder with --data DIR`,
    );
  }
  return version < MIGRATIONS.length;
}

/** Brings the database up to date in one transaction: after a crash half-way it is as it was. */
export function migrate(db: Connection): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    // Read again inside the transaction: another process may have migrated in between.
    const version = Number(db.pragma('user_version'));
    for (const migration of MIGRATIONS.slice(version)) db.exec(migration);
    db.exec(`PRAGMA user_version = ${Math.max(version, MIGRATIONS.length)}`);
    db.exec('COMMIT');
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
