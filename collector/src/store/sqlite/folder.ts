// The data folder: made when it is missing, and held by one collector at a time.
import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StoreError } from '../store-error.js';
import { type Connection, openConnection, sqliteCode, toStoreError } from './connection.js';

/** How long a start waits for the collector before it to let go. Milliseconds. */
const LOCK_TIMEOUT_MS = 1_000;

export const DATABASE = 'crashpost.db';
export const LOCK_FILE = 'lock.db';

/**
 * Makes the folder, readable by its owner alone, and the file in it. Returns the file's path.
 * Throws `StoreError` `unwritable` or `full`.
 */
export function prepareFile(folder: string, name: string): string {
  try {
    makeFolder(folder);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    const file = join(folder, name);
    // Only when it is missing: closing any descriptor of a file drops all POSIX locks this process holds on
    // it (https://sqlite.org/howtocorrupt.html §2.2). SQLite gives -wal and -shm the mode of this file.
    if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
    return file;
  } catch (error) {
    throw unwritable(folder, error);
  }
}

/** Not mkdir's `recursive`: on `/proc/none` Node 20.20 then loops for ever (measured). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  mkdirSync(folder, { mode: 0o700 });
}

/** One sentence that names the folder and what to do, for whatever kept it from being written. */
export function unwritable(folder: string, cause: unknown): StoreError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return full(folder, cause);
  return new StoreError(
    'unwritable',
    `The data folder ${folder} cannot be written${code && ` (${code})`}: give this user the right to, or name ` +
      'another folder with --data DIR',
    { cause },
  );
}

/** What was thrown while a file of the folder was opened, as one sentence that names it and what to do. */
export function inFolder(folder: string, name: string, error: unknown): StoreError {
  const known = toStoreError(error);
  if (known.code === 'unwritable') return unwritable(folder, known.cause ?? known);
  if (known.code === 'full') return full(folder, known.cause ?? known);
  const code = sqliteCode(known);
  if (code.startsWith('SQLITE_IOERR')) {
    // Also on a full disk, where SQLite's shared memory has no room (measured on a tmpfs).
    const message = `The files in the data folder ${folder} cannot be read or written (${code}): is its disk full?`;
    return new StoreError('failed', message, { cause: known.cause });
  }
  if (!/^SQLITE_(NOTADB|CORRUPT)/.test(code)) return known;
  return new StoreError(
    'failed',
    `${join(folder, name)} is not a database, or a damaged one: put a copy in its place, move it away to begin ` +
      'anew, or name another folder with --data DIR',
    { cause: known.cause },
  );
}

/** One sentence for a disk that is full. */
export function full(folder: string, cause: unknown): StoreError {
  const message = `The disk that holds the data folder ${folder} is full: make room, or name another folder`;
  return new StoreError('full', `${message} with --data DIR`, { cause });
}

/**
 * Takes the folder for this process and returns the way to let go. The lock is an exclusive transaction on a
 * database of its own: the kernel drops it with the process, so that SIGKILL leaves no stale lock behind.
 * Throws `StoreError` `busy` when another process has it.
 */
export function lockFolder(folder: string): () => void {
  let lock: Connection | undefined;
  try {
    lock = openConnection(prepareFile(folder, LOCK_FILE), LOCK_TIMEOUT_MS);
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    if (!sqliteCode(error).startsWith('SQLITE_BUSY')) throw inFolder(folder, LOCK_FILE, error);
    throw new StoreError(
      'busy',
      `The data folder ${folder} is in use by another crashpost-collector: stop that one, or give this one ` +
        'another folder with --data DIR',
      { cause: error },
    );
  }
  return () => {
    lock.exec('ROLLBACK');
    lock.close();
  };
}
