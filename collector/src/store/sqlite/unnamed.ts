// Files of minidumps that no row names: of attachments that were removed, of those that never got their row because the
// process was killed in between, and what it was writing then.
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from '../store.js';
import type { Writes } from './calls.js';
import type { Connection } from './connection.js';

const FOLDER = 'minidumps';

/** What `dump` names its files. */
const NAME = /^([0-9a-f-]{36})\.dmp(\.part)?$/;

/** Statements are prepared once, here. */
export function createRemoveFiles(db: Connection, folder: string): Writes['removeFiles'] {
  const unnamed = createUnnamed(db);
  // Before the transaction: what is named is what is committed. A row that comes back with a failed commit has its file.
  return (before) => {
    let count = 0;
    const stuck: unknown[] = [];
    for (const app of listed(join(folder, FOLDER)).filter((name) => /^\d+$/.test(name))) {
      const within = join(folder, FOLDER, app);
      for (const name of unnamed(Number(app), listed(within))) {
        try {
          // A young one may be about to be named.
          if (statSync(join(within, name)).mtimeMs >= before) continue;
          rmSync(join(within, name));
          count++;
        } catch (error) {
          stuck.push(error);
        }
      }
    }
    if (stuck.length > 0) throw stays(stuck);
    return () => count;
  };
}

const listed = (path: string): string[] => (existsSync(path) ? readdirSync(path) : []);

/** One for all of them: the others have gone all the same. */
function stays([cause, ...more]: readonly unknown[]): StoreError {
  const others = more.length > 0 ? ` (and ${more.length} more)` : '';
  const why = cause instanceof Error ? cause.message : String(cause);
  return new StoreError('unwritable', `the file of an old minidump cannot be removed: ${why}${others}`, {
    cause,
  });
}

/** Returns which names of files of an app no attachment has. */
function createUnnamed(db: Connection): (appId: number, names: readonly string[]) => string[] {
  // One question for all: ten thousand would hold up the posts for a tenth of a second.
  const known = db.prepare<{ id: string }>(
    `SELECT value AS id FROM json_each(?)
     WHERE EXISTS (SELECT 1 FROM attachments WHERE app_id = ? AND id = value)`,
  );
  return (appId, names) => {
    const files = names.flatMap((name) => {
      const [, id = '', part] = NAME.exec(name) ?? [];
      return id ? [{ name, id, isPart: part !== undefined }] : [];
    });
    const ids = new Set(known.all(JSON.stringify(files.map(({ id }) => id)), appId).map(({ id }) => id));
    return files.filter(({ id, isPart }) => isPart || !ids.has(id)).map(({ name }) => name);
  };
}
