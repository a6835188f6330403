// What is wrong with the data, in sentences. All of it is read.
import { inflate } from './bodies.js';
import { type Connection, openConnection } from './connection.js';
import { MIGRATIONS } from './schema.js';

/** How long a file of the data folder is; undefined when it cannot be found. */
type SizeOf = (file: string) => number | undefined;

/** What has to hold between the tables. */
const RULES: readonly [sentence: string, sql: string][] = [
  ['reports have no body', 'SELECT count(*) AS n FROM reports WHERE seq NOT IN (SELECT seq FROM bodies)'],
  [
    'groups count other reports than they have',
    `SELECT count(*) AS n FROM groups AS g
     WHERE reports <> removed + (SELECT count(*) FROM reports WHERE group_id = g.id)`,
  ],
  [
    'groups have days that count other reports',
    `SELECT count(*) AS n FROM groups AS g
     WHERE reports <> (SELECT coalesce(sum(reports), 0) FROM group_days WHERE group_id = g.id)`,
  ],
];

export function faultsOf(db: Connection, sizeOf: SizeOf): string[] {
  const damages = db.prepare<{ integrity_check: string }>('PRAGMA integrity_check(10)').all();
  const damaged = damages.map((row) => row.integrity_check).filter((text) => text !== 'ok');
  // What a damaged file says of its rows is worth nothing.
  if (damaged.length > 0) return damaged;
  const orphans = db.prepare('PRAGMA foreign_key_check').all().length;
  const broken = RULES.flatMap(([sentence, sql]) => {
    const n = db.prepare<{ n: number }>(sql).all()[0]?.n ?? 0;
    return n > 0 ? [`${n} ${sentence}`] : [];
  });
  const named = orphans > 0 ? [`${orphans} rows name others that are not there`, ...broken] : broken;
  return [...named, ...missingParts(db), ...textFaults(db), ...fileFaults(db, sizeOf)];
}

/** Ids in one sentence. */
const MAX_NAMED = 5;

/** `3 reports have a text that cannot be read: …`; nothing where there are none. */
function sentence(what: string, ids: readonly string[]): string[] {
  if (ids.length === 0) return [];
  const more = ids.length > MAX_NAMED ? ', …' : '';
  return [`${ids.length} ${what}: ${ids.slice(0, MAX_NAMED).join(', ')}${more}`];
}

/** Tables and indexes that should be there: without an index all is right, and slow. */
function missingParts(db: Connection): string[] {
  const namesOf = (of: Connection) =>
    of
      .prepare<{ name: string }>(
        "SELECT type || ' ' || name AS name FROM sqlite_schema WHERE sql IS NOT NULL",
      )
      .all();
  const fresh = openConnection(':memory:');
  try {
    for (const migration of MIGRATIONS) fresh.exec(migration);
    const there = new Set(namesOf(db).map(({ name }) => name));
    const missing = namesOf(fresh).map(({ name }) => name);
    return sentence(
      'parts of the database are missing',
      missing.filter((name) => !there.has(name)),
    );
  } finally {
    fresh.close();
  }
}

/** Read one by one: all of them would not fit in memory. */
const TEXTS: readonly [what: string, rows: string, body: string][] = [
  [
    'reports have a text that cannot be read',
    'SELECT seq, id FROM reports WHERE seq > ? AND seq IN (SELECT seq FROM bodies) ORDER BY seq LIMIT 1000',
    'SELECT body FROM bodies WHERE seq = ?',
  ],
  [
    'attachments have a text that cannot be read',
    'SELECT seq, id FROM attachments WHERE seq > ? ORDER BY seq LIMIT 1000',
    'SELECT body FROM attachments WHERE seq = ?',
  ],
  [
    'events have a text that cannot be read',
    'SELECT seq, id FROM events WHERE seq > ? ORDER BY seq LIMIT 1000',
    'SELECT body FROM events WHERE seq = ?',
  ],
];

function textFaults(db: Connection): string[] {
  return TEXTS.flatMap(([what, rows, body]) => {
    const list = db.prepare<{ seq: number; id: string }>(rows);
    const one = db.prepare<{ body: Buffer }>(body);
    const bad: string[] = [];
    for (let page = list.all(0); page.length > 0; page = list.all(page.at(-1)?.seq ?? 0)) {
      for (const { seq, id } of page) if (!one.all(seq).every((row) => isReadable(row.body))) bad.push(id);
    }
    return sentence(what, bad);
  });
}

function isReadable(body: Buffer): boolean {
  try {
    inflate(body);
    return true;
  } catch {
    return false; // Which is what was asked.
  }
}

function fileFaults(db: Connection, sizeOf: SizeOf): string[] {
  const isThere = db.prepare('SELECT 1 FROM attachments WHERE seq = ?');
  const files = db
    .prepare<FileRow>('SELECT seq, file, bytes FROM attachments WHERE file IS NOT NULL')
    .all()
    .map((row) => ({ ...row, size: sizeOf(row.file) }));
  // A collector that runs meanwhile removes a file after its row.
  const gone = files.filter(({ size, seq }) => size === undefined && isThere.all(seq).length > 0);
  const cut = files.filter(({ size, bytes }) => size !== undefined && bytes !== null && size !== bytes);
  const nameOf = ({ file }: FileRow) => file;
  return [
    ...sentence('files of minidumps are missing', gone.map(nameOf)),
    ...sentence('files of minidumps are not as long as they were', cut.map(nameOf)),
  ];
}

interface FileRow {
  seq: number;
  file: string;
  bytes: number | null;
}
