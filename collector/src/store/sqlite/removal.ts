// Removes what is old, a little at a time: at a million reports 500 deletions in one transaction hold up the posts
// beside them for a third of a second (measured).
import type { Removal } from '../upkeep.js';
import { WRITTEN } from '../written.js';
import { createSetAside } from './aside.js';
import { notAside } from './aside-schema.js';
import type { Writes } from './calls.js';
import type { Connection } from './connection.js';

/** How long it is known that a report was there: longer than any client keeps one. Milliseconds. */
const KNOWN_MS = 180 * 24 * 3600 * 1000;

/** Before a time, but not at one that cannot be: nobody knows how old that is. `mending.ts` gives it an age. */
const isOld = (at: string) => `${at} < ? AND ${at} >= ${WRITTEN}`;

interface Row {
  seq: number;
  appId: number;
  id: string;
}

/** Statements are prepared once, here. */
export function createRemoval(db: Connection): Pick<Writes, 'removeOld'> {
  const parts = [
    createRemoveReports(db),
    createRemoveAttachments(db),
    createRemoveVisits(db),
    createRemoveEvents(db),
  ];
  const removeRest = createRemoveRest(db);
  return {
    removeOld: (removal) => () => {
      removeRest(removal);
      return parts.reduce((sum, remove) => sum + remove(removal), 0);
    },
  };
}

function createRemoveReports(db: Connection): (removal: Removal) => number {
  // What has no digest yet is not counted yet either.
  const old = db.prepare<Row & { groupId: number }>(
    `SELECT seq, app_id AS appId, id, group_id AS groupId FROM reports
     WHERE ${isOld('received_at')} AND group_id IS NOT NULL AND ${notAside('reports')} ORDER BY received_at LIMIT ?`,
  );
  const body = db.prepare('DELETE FROM bodies WHERE seq = ?');
  const report = db.prepare('DELETE FROM reports WHERE seq = ?');
  const uncount = db.prepare('UPDATE groups SET removed = removed + 1 WHERE id = ?');
  const remember = createRemember(db);
  const removeEmpty = createRemoveEmptyGroup(db);
  const setAside = createSetAside(db);
  return ({ before, now, limit }) => {
    const rows = old.all(before, limit);
    const work = (row: Row & { groupId: number }) => {
      body.run(row.seq);
      report.run(row.seq);
      uncount.run(row.groupId);
      remember(row, now);
    };
    // Always the oldest comes first: one whose page is damaged would keep all others.
    setAside({ place: 'reports', rows, seqOf: ({ seq }) => seq, work });
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

/** Their files go later, as those that no row names. */
function createRemoveAttachments(db: Connection): (removal: Removal) => number {
  const old = db.prepare<Row>(
    `SELECT seq, app_id AS appId, id FROM attachments WHERE ${isOld('received_at')} ORDER BY received_at LIMIT ?`,
  );
  const remove = db.prepare('DELETE FROM attachments WHERE seq = ?');
  const remember = createRemember(db);
  return ({ before, now, limit }) => {
    const rows = old.all(before, limit);
    for (const row of rows) {
      remove.run(row.seq);
      remember(row, now);
    }
    return rows.length;
  };
}

function createRemember(db: Connection): (row: Row, now: number) => void {
  const put = db.prepare(
    'INSERT INTO removed_ids (app_id, id, removed_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  return ({ appId, id }, now) => void put.run(appId, id, now);
}

function createRemoveVisits(db: Connection): (removal: Removal) => number {
  const old = db.prepare<{ appId: number; sid: string }>(
    `SELECT app_id AS appId, sid FROM visits WHERE ${isOld('received_at')} ORDER BY received_at LIMIT ?`,
  );
  const remove = db.prepare('DELETE FROM visits WHERE app_id = ? AND sid = ?');
  return ({ before, limit }) => {
    const rows = old.all(before, limit);
    for (const { appId, sid } of rows) remove.run(appId, sid);
    return rows.length;
  };
}

/** Not with their visits: of some no start ever comes, and some come after it was removed. */
function createRemoveEvents(db: Connection): (removal: Removal) => number {
  const remove = db.prepare(
    `DELETE FROM events WHERE seq IN
       (SELECT seq FROM events WHERE ${isOld('received_at')} ORDER BY received_at LIMIT ?)`,
  );
  return ({ before, limit }) => remove.run(before, limit);
}

/** What there is little of, and the ids that need not be known any longer. */
function createRemoveRest(db: Connection): (removal: Removal) => void {
  const counts = db.prepare(`DELETE FROM refused_days WHERE ${isOld('last_at')}`);
  const samples = db.prepare(`DELETE FROM refused_samples WHERE ${isOld('at')}`);
  const old = db.prepare<Pick<Row, 'appId' | 'id'>>(
    'SELECT app_id AS appId, id FROM removed_ids WHERE removed_at < ? ORDER BY removed_at LIMIT ?',
  );
  // One by one: of a pair in (SELECT …) SQLite looks up the first alone.
  const forget = db.prepare('DELETE FROM removed_ids WHERE app_id = ? AND id = ?');
  return ({ before, now, limit }) => {
    counts.run(before);
    samples.run(before);
    // As many as a step adds at most.
    for (const { appId, id } of old.all(now - KNOWN_MS, 2 * limit)) forget.run(appId, id);
  };
}
