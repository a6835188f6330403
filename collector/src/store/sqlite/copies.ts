// A backup is a data folder: the database, and beside it the files it names.
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { StoreError } from '../store.js';
import { type Connection, openConnection } from './connection.js';
import { copyFiles, copyNamed, syncAll } from './copy-files.js';
import { DATABASE, inFolder, LOCK_FILE, lockFolder, unwritable } from './folder.js';
import { needsMigration } from './schema.js';
import { sync } from './upkeep.js';

/** Whether a collector has kept anything in the folder. */
export function hasData(folder: string): boolean {
  return existsSync(join(folder, DATABASE));
}

/** Whether another process holds the folder. Throws `StoreError`. */
export function isHeld(folder: string): boolean {
  // Nobody ever did; asking would make the file.
  if (!existsSync(join(folder, LOCK_FILE))) return false;
  try {
    lockFolder(folder)();
    return false;
  } catch (error) {
    if (error instanceof StoreError && error.code === 'busy') return true;
    throw error;
  }
}

/** What a backup lacks of the data it was made of. */
export interface Lacking {
  /** Files that the data names and that cannot be found, or are not as long as they were: it has what there is. */
  readonly files: readonly string[];
  /** Of the database, in sentences: what it has there may be zeros. */
  readonly pages: readonly string[];
}

/**
 * Makes `to` a copy of a data folder that may be in use.
 * @param copyTo the store's.
 * Resolves when it is made, whatever it lacks. Rejects with `StoreError`: `duplicate` when there is something at `to`
 * already, or when it is in the data folder, where the next backup would copy it.
 */
export async function backUp(
  folder: string,
  to: string,
  copyTo: (file: string) => Promise<readonly string[]>,
): Promise<Lacking> {
  if (existsSync(to) && !(statSync(to).isDirectory() && readdirSync(to).length === 0))
    throw new StoreError(
      'duplicate',
      `There is something at ${to} already: name a folder that is new or empty`,
    );
  if (!/^\.\.(?:$|[\\/])/.test(relative(resolve(folder), resolve(to))))
    throw new StoreError('duplicate', `${to} is in the data folder itself: name a folder elsewhere`);
  // Renamed when it is whole: what has the name is a backup.
  const part = partOf(to);
  let lacking: Lacking = { files: [], pages: [] };
  await guarded(to, async () => {
    rmSync(part, { recursive: true, force: true });
    mkdirSync(part, { recursive: true, mode: 0o700 });
    // The database first: what it names was there before it was.
    const pages = await copyTo(join(part, DATABASE));
    lacking = { pages, files: copyNamed(folder, part) };
    syncAll(part);
    if (existsSync(to)) rmSync(to, { recursive: true });
    renameSync(part, to);
    sync(dirname(to));
  });
  return lacking;
}

/** Where a backup is until it is whole: its size tells how far it is. */
export function partOf(to: string): string {
  return `${to.replace(/\/+$/, '')}.part`;
}

/**
 * Makes `folder` a data folder with what a backup holds. Throws `StoreError`: `duplicate` when there is data in it
 * already, `busy`, `newer`, or `failed` when the backup is none or is damaged.
 * @param tell told what is begun; each step blocks the process until it is done.
 */
export async function restore(
  backup: string,
  folder: string,
  tell: (step: 'copying' | 'checking') => void = () => {},
): Promise<void> {
  if (!hasData(backup))
    throw new StoreError('failed', `${backup} is no backup: there is no ${DATABASE} in it`);
  if (existsSync(join(backup, LOCK_FILE)) && isHeld(backup))
    throw new StoreError(
      'busy',
      `A collector runs on ${backup}: "backup" makes a copy of it that can be restored`,
    );
  if (hasData(folder)) {
    const instead = 'move it away, or name another folder with --data DIR';
    throw new StoreError(
      'duplicate',
      `There is data in ${folder} already, and it stays as it is: ${instead}`,
    );
  }
  const letGo = lockFolder(folder);
  try {
    await guarded(folder, async () => {
      const part = join(folder, `${DATABASE}.part`);
      tell('copying');
      // A restore that was killed may have left a log, which SQLite would play into what is copied now.
      for (const end of ['', '-wal', '-shm', '-journal']) rmSync(part + end, { force: true });
      copyFiles(backup, folder);
      // A folder that was copied by hand, or whose collector was killed, has its newest rows in the log beside it.
      for (const end of ['', '-wal'])
        if (existsSync(join(backup, DATABASE + end))) cpSync(join(backup, DATABASE + end), part + end);
      tell('checking');
      settle(part, backup);
      sync(part);
      renameSync(part, join(folder, DATABASE));
      sync(folder);
    });
  } finally {
    letGo();
  }
}

/** Folds the log into the one file, which then must be sound. */
function settle(file: string, backup: string): void {
  let db: Connection | undefined;
  try {
    db = openConnection(file);
    db.pragma('journal_mode = DELETE');
    needsMigration(db, backup);
    const found = db.pragma('integrity_check');
    if (found !== 'ok') throw new StoreError('failed', `The backup ${backup} is damaged: ${found}`);
  } catch (error) {
    throw inFolder(backup, DATABASE, error);
  } finally {
    db?.close();
  }
}

async function guarded(folder: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof StoreError || !(error instanceof Error && 'code' in error)) throw error;
    throw unwritable(folder, error);
  }
}
