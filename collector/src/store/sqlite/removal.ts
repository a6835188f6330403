// Removes what is old, a little at a time: at a million reports 500 deletions in one transaction hold up the posts
// beside them for a third of a second (measured).
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Removal } from '../upkeep.js';
import type { Writes } from './calls.js';
import type { Connection } from './connection.js';

/** How long it is known that a report was there: longer than any client keeps one. Milliseconds. */
const KNOWN_MS = 180 * 24 * 3600 * 1000;

interface Row {
  seq: number;
  appId: number;
  id: string;
}

/** Statements are prepared once, here. */
export function createRemoval(db: Connection, folder: string): Pick<Writes, 'removeOld'> {
  const removeReports = createRemoveReports(db);
  const removeAttachments = createRemoveAttachments(db);
  const removeVisits = createRemoveVisits(db);
  /** Files whose rows are gone. They go a call later: a row that came back with a failed commit still has its file. */
  let files: string[] = [];
  return {
    removeOld: (removal) => {
      for (const file of files) rmSync(join(folder, file), { force: true });
      files = [];
      return () => {
        const attachments = removeAttachments(removal);
        files = attachments.flatMap(({ file }) => file ?? []);
        return removeReports(removal) + attachments.length + removeVisits(removal);
      };
    },
  };
}

function createRemoveReports(db: Connection): (removal: Removal) => number {
  // What has no digest yet is not counted yet either.
  const old = db.prepare<Row & { groupId: number }>(
    `SELECT seq, app_id AS appId, id, group_id AS groupId FROM reports
     WHERE received_at < ? AND group_id IS NOT NULL ORDER BY received_at LIMIT ?`,
  );
  const body = db.prepare('DELETE FROM bodies WHERE seq = ?');
  const report = db.prepare('DELETE FROM reports WHERE seq = ?');
  const uncount = db.prepare('UPDATE groups SET removed = removed + 1 WHERE id = ?');
  const remember = createRemember(db);
  const removeEmpty = createRemoveEmptyGroup(db);
  return ({ before, now, limit }) => {
    const rows = old.all(before, limit);
    for (const row of rows) {
      body.run(row.seq);
      report.run(row.seq);
      uncount.run(row.groupId);
      remember(row, now);
    }
    for (const groupId of new Set(rows.map((row) => row.groupId))) removeEmpty(groupId);
    return rows.length;
  };
}

function createRemoveEmptyGroup(db: Connection): (groupId: number) => void {
  const isEmpty = db.prepare('SELECT 1 FROM groups WHERE id = ? AND removed = reports');
  const parts = ['group_installs', 'group_hours', 'group_days'].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE group_id = ?`),
  );
  const group = db.prepare('DELETE FROM groups WHERE id = ?');
  return (groupId) => {
    if (isEmpty.all(groupId).length === 0) return;
    for (const part of parts) part.run(groupId);
    group.run(groupId);
  };
}

function createRemoveAttachments(db: Connection): (removal: Removal) => { file: string | null }[] {
  const old = db.prepare<Row & { file: string | null }>(
    `SELECT seq, app_id AS appId, id, file FROM attachments WHERE received_at < ? ORDER BY received_at LIMIT ?`,
  );
  const remove = db.prepare('DELETE FROM attachments WHERE seq = ?');
  const remember = createRemember(db);
  return ({ before, now, limit }) => {
    const rows = old.all(before, limit);
    for (const row of rows) {
      remove.run(row.seq);
      remember(row, now);
    }
    return rows;
  };
}

function createRemember(db: Connection): (row: Row, now: number) => void {
  const put = db.prepare(
    'INSERT INTO removed_ids (app_id, id, removed_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const dropOld = db.prepare('DELETE FROM removed_ids WHERE removed_at < ?');
  return ({ appId, id }, now) => {
    put.run(appId, id, now);
    dropOld.run(now - KNOWN_MS);
  };
}

/** Visits, with what happened in them. */
function createRemoveVisits(db: Connection): (removal: Removal) => number {
  const old = db.prepare<{ appId: number; sid: string }>(
    `SELECT v.app_id AS appId, v.sid FROM apps AS a JOIN visits AS v ON v.app_id = a.id
     WHERE v.started_at < ? LIMIT ?`,
  );
  const events = db.prepare('DELETE FROM events WHERE app_id = ? AND sid = ?');
  const visit = db.prepare('DELETE FROM visits WHERE app_id = ? AND sid = ?');
  return ({ before, limit }) => {
    const rows = old.all(before, limit);
    for (const { appId, sid } of rows) {
      events.run(appId, sid);
      visit.run(appId, sid);
    }
    return rows.length;
  };
}
