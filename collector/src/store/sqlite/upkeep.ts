import { closeSync, existsSync, fsyncSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ExportedAttachment, Placed, Upkeep } from '../upkeep.js';
import { notAside } from './aside-schema.js';
import { bounded, inflate } from './bodies.js';
import type { Reads } from './calls.js';
import { type Connection, openConnection } from './connection.js';
import { DATABASE } from './folder.js';
import { REPORT, type ReportRow, toReport } from './report-row.js';

/** What writes, and what has a file of its own. */
type Elsewhere = 'removeOld' | 'removeFiles' | 'mendTimes' | 'keepClock' | 'clockSeen' | 'settle';
type Aside = 'setAside' | 'postsAsideAfter';
type UpkeepReads = Pick<Reads, Exclude<keyof Upkeep, Elsewhere | Aside> | 'inboxLogs'>;
type AttachmentRow = Omit<ExportedAttachment & Placed, 'json'> & { body: Buffer; file: string | null };

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
    `SELECT * FROM (SELECT received_at AS at FROM inbox ORDER BY seq DESC LIMIT 1)
     UNION ALL SELECT * FROM (SELECT received_at FROM reports ORDER BY seq DESC LIMIT 1) LIMIT 1`,
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
    lastReceived: () => newest.all()[0]?.at,
    faults: () => faultsOf(db),
    copyTo: (to) => copyDatabase(join(folder, DATABASE), to),
    ...exports(db, folder),
  };
}

function exports(db: Connection, folder: string): Pick<UpkeepReads, 'reportsAfter' | 'attachmentsAfter'> {
  const reports = db.prepare<Placed>('SELECT seq FROM reports WHERE seq > ? ORDER BY seq LIMIT ?');
  const report = db.prepare<ReportRow>(`${REPORT} WHERE seq = ?`);
  const attachments = db.prepare<Placed>('SELECT seq FROM attachments WHERE seq > ? ORDER BY seq LIMIT ?');
  const attachment = db.prepare<AttachmentRow>(
    `SELECT seq, app_id AS appId, id, error_id AS errorId, received_at AS receivedAt, body, file
     FROM attachments WHERE seq = ?`,
  );
  return {
    reportsAfter: (place, limit) =>
      bounded(reports.all(place, limit), ({ seq }) =>
        report.all(seq).map((row) => ({ seq, ...toReport(row) })),
      ),
    attachmentsAfter: (place, limit) =>
      bounded(attachments.all(place, limit), ({ seq }) =>
        attachment.all(seq).map(({ body, file, ...row }) => ({
          ...row,
          json: file === null ? inflate(body) : withData(inflate(body), join(folder, file)),
        })),
      ),
  };
}

/** A log whose data is in a file, with it: as it was received. Without it when the file is gone. */
function withData(json: string, path: string): string {
  if (!existsSync(path)) return json;
  return JSON.stringify({ ...(JSON.parse(json) as object), data: readFileSync(path).toString('base64') });
}

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

function faultsOf(db: Connection): string[] {
  const damages = db.prepare<{ integrity_check: string }>('PRAGMA integrity_check(10)').all();
  const damaged = damages.map((row) => row.integrity_check).filter((text) => text !== 'ok');
  // What a damaged file says of its rows is worth nothing.
  if (damaged.length > 0) return damaged;
  const orphans = db.prepare('PRAGMA foreign_key_check').all().length;
  const broken = RULES.flatMap(([sentence, sql]) => {
    const n = db.prepare<{ n: number }>(sql).all()[0]?.n ?? 0;
    return n > 0 ? [`${n} ${sentence}`] : [];
  });
  return orphans > 0 ? [`${orphans} rows name others that are not there`, ...broken] : broken;
}

/** A connection of its own: the reader's may not write, be it elsewhere. */
function copyDatabase(file: string, to: string): void {
  const db = openConnection(file);
  try {
    // One snapshot, while others write (https://sqlite.org/lang_vacuum.html#vacuuminto).
    db.prepare('VACUUM INTO ?').run(to);
  } finally {
    db.close();
  }
  // SQLite does not do that for what VACUUM INTO made.
  for (const path of [to, dirname(to)]) sync(path);
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
