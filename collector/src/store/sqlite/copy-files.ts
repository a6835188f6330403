// The files beside the database, from one data folder into another.
import { copyFileSync, cpSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openConnection } from './connection.js';
import { sizeOf } from './dumps.js';
import { DATABASE } from './folder.js';
import { sync } from './upkeep.js';

interface Named {
  seq: number;
  file: string;
  bytes: number | null;
}

/**
 * Copies the files that the copied database names. Returns those that are not whole; not those that have been removed
 * since it was copied, because their rows have, before them.
 */
export function copyNamed(from: string, to: string): string[] {
  const [copy, live] = [openConnection(join(to, DATABASE)), openConnection(join(from, DATABASE))];
  try {
    live.exec('PRAGMA query_only = ON');
    const named = copy
      .prepare<Named>('SELECT seq, file, bytes FROM attachments WHERE file IS NOT NULL')
      .all();
    const isThere = live.prepare('SELECT 1 FROM attachments WHERE seq = ? AND file = ?');
    const broken: string[] = [];
    for (const { seq, file, bytes } of named) {
      mkdirSync(dirname(join(to, file)), { recursive: true, mode: 0o700 });
      const isWhole = copyIfThere(join(from, file), join(to, file)) && isAsLong(sizeOf(to, file), bytes);
      if (!isWhole && isThere.all(seq, file).length > 0) broken.push(file);
    }
    return broken;
  } finally {
    live.close();
    copy.close();
  }
}

/** Of those kept by an earlier version it is not known how long they were. */
const isAsLong = (size: number | undefined, bytes: number | null): boolean =>
  bytes === null || size === bytes;

/** Returns whether there is such a file. */
function copyIfThere(from: string, to: string): boolean {
  try {
    copyFileSync(from, to);
    return true;
  } catch (error) {
    // Also where a folder above it is none.
    const isGone = error instanceof Error && 'code' in error && /^ENO(ENT|TDIR)$/.test(String(error.code));
    if (!isGone) throw error;
    return false;
  }
}

/** Everything in a data folder but the databases and what is not finished. */
export function copyFiles(from: string, to: string): void {
  for (const name of readdirSync(from)) {
    if (/^(?:crashpost|lock)\.db|\.part$/.test(name)) continue;
    cpSync(join(from, name), join(to, name), { recursive: true, filter: (path) => !path.endsWith('.part') });
    syncAll(join(to, name));
  }
}

export function syncAll(path: string): void {
  if (statSync(path).isDirectory()) for (const name of readdirSync(path)) syncAll(join(path, name));
  sync(path);
}
