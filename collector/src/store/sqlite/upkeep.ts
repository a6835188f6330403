import { closeSync, fsyncSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StoreError } from '../store.js';
import type { Upkeep } from '../upkeep.js';
import { notAside } from './aside-schema.js';
import type { Reads } from './calls.js';
import { type Connection, openConnection } from './connection.js';
import { DATABASE } from './folder.js';

/** What writes, and what has a file of its own. */
type Elsewhere = 'removeOld' | 'removeFiles' | 'mendTimes' | 'settle' | Remembered;
type Remembered = 'keepClock' | 'clockSeen' | 'keepSecretsCounted' | 'secretsCounted';
type Exports = 'faults' | 'setAside' | 'postsAsideAfter' | 'reportsAfter' | 'attachmentsAfter';
type UpkeepReads = Pick<Reads, Exclude<keyof Upkeep, Elsewhere | Exports> | 'inboxLogs'>;

/** What is still to come, and is not set aside. */
const WAITS = `group_id IS NULL AND ${notAside('reports')}`;
const POSTED = notAside('inbox');

/** Statements are prepared once, here. */
export function createUpkeep(db: Connection, folder: string): UpkeepReads {
  // Logs of the inbox are taken for reports: few others are kept, and they all have to find their place.
  const count = db.prepare<{ n: number }>(
    `SELECT (SELECT count(*) FROM reports WHERE ${WAITS}) + (SELECT coalesce(sum(logs), 0) FROM inbox WHERE ${POSTED}) AS n`,
  );
  const oldest = db.prepare<{ since: number }>(
    `SELECT * FROM (SELECT received_at AS since FROM reports WHERE ${WAITS} ORDER BY seq LIMIT 1)
     UNION ALL SELECT * FROM (SELECT received_at FROM inbox WHERE ${POSTED} ORDER BY seq LIMIT 1) LIMIT 1`,
  );
  const newest = db.prepare<{ at: number }>(
    'SELECT max(coalesce((SELECT max(received_at) FROM reports), 0), coalesce((SELECT max(received_at) FROM inbox), 0)) AS at',
  );
  const inbox = db.prepare<{ n: number }>(`SELECT coalesce(sum(logs), 0) AS n FROM inbox WHERE ${POSTED}`);
  const aside = db.prepare<{ n: number }>('SELECT count(*) AS n FROM aside');
  return {
    backlog: () => ({
      reports: count.all()[0]?.n ?? 0,
      ...oldest.all()[0],
      aside: aside.all()[0]?.n ?? 0,
    }),
    inboxLogs: () => inbox.all()[0]?.n ?? 0,
    lastReceived: () => newest.all()[0]?.at || undefined,
    copyTo: (to) => copyDatabase(join(folder, DATABASE), to),
  };
}

/** Damaged pages that are named. */
const MAX_DAMAGES = 5;

/** A connection of its own: the reader's may not write, be it elsewhere. */
function copyDatabase(file: string, to: string): string[] {
  const db = openConnection(file);
  let faults: string[];
  try {
    // VACUUM INTO does not name what it cannot read, and of some of it makes zeros in a copy that is sound (measured).
    faults = damagesOf(db);
    vacuumInto(db, to, faults);
  } finally {
    db.close();
  }
  // SQLite does not do that for what VACUUM INTO made.
  for (const path of [to, dirname(to)]) sync(path);
  return faults;
}

function vacuumInto(db: Connection, to: string, faults: readonly string[]): void {
  try {
    // One snapshot, while others write (https://sqlite.org/lang_vacuum.html#vacuuminto).
    db.prepare('VACUUM INTO ?').run(to);
  } catch (error) {
    if (faults.length === 0) throw error;
    const advice = 'keep the backups there are, and read out with "export" what can be read';
    const text = `no copy can be made, because the database is damaged: ${faults.join(', ')}: ${advice}`;
    throw new StoreError('failed', text, { cause: error });
  }
}

function damagesOf(db: Connection): string[] {
  const found = db.prepare<{ quick_check: string }>(`PRAGMA quick_check(${MAX_DAMAGES})`).all();
  const texts = found.map((row) => row.quick_check).filter((text) => text !== 'ok');
  // One may be of several lines, the first of which names the database.
  return texts.map((text) => text.replace(/^\*\*\*.*\n/, '').replaceAll('\n', '; '));
}

/** Puts what was written to a file, or the names in a folder, onto the disk. */
export function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
