// The data folder: made when it is missing, and held by one collector at a time.
import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StoreError } from '../store.js';
import { openConnection, sqliteCode } from './connection.js';

/** How long a start waits for the collector before it to let go. Milliseconds. */
const LOCK_TIMEOUT_MS = 1_000;

/**
 * Makes the folder, readable by its owner alone, and the file in it. Returns the file's path.
 * Throws `StoreError` `unwritable`.
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
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return new StoreError(
    'unwritable',
    `The data folder ${folder} cannot be written${code}: give this user the right to, or name another folder ` +
      'with --data DIR',
    { cause },
  );
}

/**
 * Takes the folder for this process and returns the way to let go. The lock is an exclusive transaction on a
 * database of its own: the kernel drops it with the process, so that SIGKILL leaves no stale lock behind.
 * Throws `StoreError` `busy` when another process has it.
 */
export function lockFolder(folder: string): () => void {
  const lock = openConnection(prepareFile(folder, 'lock.db'), LOCK_TIMEOUT_MS);
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!sqliteCode(error).startsWith('SQLITE_BUSY')) throw error;
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
