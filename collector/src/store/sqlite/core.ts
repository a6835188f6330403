// The store without its threads: everything here is synchronous and runs wherever it is called.

import { join } from 'node:path';
import { StoreError } from '../store.js';
import { forgetAside } from './aside.js';
import type { Dispatch } from './calls.js';
import { type Connection, openConnection } from './connection.js';
import { createReadDispatch, createWriteDispatch } from './dispatch.js';
import { DATABASE, inFolder, lockFolder, prepareFile } from './folder.js';
import { createReads } from './reads.js';
import { migrate, needsMigration } from './schema.js';
import { createWaiting, type Waiting } from './waiting.js';
import { createWrites } from './writes.js';

export interface Core {
  readonly dispatch: Dispatch;
  close(): void;
}

/**
 * Opens the folder for writing; makes and migrates what is missing.
 * @param held whether this process takes the folder for itself, as a collector does. A command that runs
 *   beside a collector does not, and then must not migrate under it.
 * Throws `StoreError` `unwritable`, `full`, `newer`, `busy`, or `failed` for a file that is no database.
 */
export function openWriter(folder: string, held: boolean): Core {
  const letGo = held ? lockFolder(folder) : undefined;
  try {
    const db = open(folder);
    // FULL: a commit is on the disk before it is answered. NORMAL would lose the last ones to a power cut.
    db.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA journal_size_limit = 67108864');
    // Ids are random: with SQLite's 2 MB each of a million would cost a read, and a write at the next checkpoint, which
    // therefore comes after 16 MB of log and not after 4.
    db.exec('PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 4000');
    if (needsMigration(db, folder)) migrateAlone(db, folder, held);
    if (held) forgetAside(db);
    const dispatch = createWriteDispatch(db, createWrites(db, folder));
    return { dispatch, close: () => closeWriter(db, letGo) };
  } catch (error) {
    letGo?.();
    throw inFolder(folder, DATABASE, error);
  }
}

/**
 * Opens the folder for reading, and changes nothing in it. Throws `StoreError`, also where `openWriter` has not made, or
 * not yet migrated, what there is to read.
 */
export function openReader(folder: string): Core {
  try {
    const db = openConnection(join(folder, DATABASE));
    db.exec('PRAGMA query_only = ON');
    if (needsMigration(db, folder)) throw new StoreError('failed', unmadeText(db, folder));
    return { dispatch: createReadDispatch(createReads(db, folder)), close: () => db.close() };
  } catch (error) {
    throw inFolder(folder, DATABASE, error);
  }
}

/** The reports that wait for their digest, on a connection of their own. As `openReader`. */
export function openWaiting(folder: string): Waiting & { close(): void } {
  try {
    const db = open(folder);
    db.exec('PRAGMA query_only = ON');
    return { ...createWaiting(db), close: () => db.close() };
  } catch (error) {
    throw inFolder(folder, DATABASE, error);
  }
}

function unmadeText(db: Connection, folder: string): string {
  if (Number(db.pragma('user_version')) === 0)
    return `${join(folder, DATABASE)} is empty: there is no data in it`;
  return `The data in ${folder} was written by an earlier crashpost-collector: start this one on it once`;
}

function open(folder: string): Connection {
  const db = openConnection(prepareFile(folder, DATABASE));
  // WAL: reads do not wait for writes, nor writes for reads.
  db.pragma('journal_mode = WAL');
  return db;
}

function migrateAlone(db: Connection, folder: string, held: boolean): void {
  const letGo = held ? undefined : lockFolder(folder);
  try {
    migrate(db);
  } finally {
    letGo?.();
  }
}

function closeWriter(db: Connection, letGo: (() => void) | undefined): void {
  // What is in the log is safe there; this only makes the next start, and a copy of the one file, quick.
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  letGo?.();
}
