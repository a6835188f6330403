// Gives an age to what was received while the machine's clock was wrong: at a time before this program, on a board that
// began in 1970; or in the future, before somebody set it right. When it was really received nobody knows; not after now.
import type { Removal } from '../upkeep.js';
import { WRITTEN } from '../written.js';
import type { Writes } from './calls.js';
import type { Connection } from './connection.js';

const HOUR_MS = 3600 * 1000;
const DAY_MS = 24 * HOUR_MS;

/**
 * As far ahead of the clock nothing was received. Less is left alone: if it is the clock that was set back, for days
 * even, the times are right, and what was mended by it would soon be too old. Kept for too long it is at most that.
 */
const FAR_MS = 366 * DAY_MS;

type Mend = (removal: Removal) => number;

/** Statements are prepared once, here. */
export function createMending(db: Connection): Pick<Writes, 'mendTimes'> {
  const mends = [
    createMend(db, { table: 'reports', at: 'received_at', seen: 'seen_at' }),
    createMend(db, { table: 'attachments', at: 'received_at' }),
    createMend(db, { table: 'events', at: 'received_at', seen: 'timestamp' }),
    createMend(db, { table: 'visits', key: ['app_id', 'sid'], at: 'received_at', seen: 'started_at' }),
    createMend(db, { table: 'removed_ids', key: ['app_id', 'id'], at: 'removed_at' }),
    createMend(db, { table: 'refused_samples', at: 'at' }),
    createMend(db, { table: 'refused_days', key: ['app_id', 'day', 'reason'], at: 'last_at' }),
    createMendGroups(db),
  ];
  return { mendTimes: (removal) => () => mends.reduce((sum, mend) => sum + mend(removal), 0) };
}

interface Where {
  readonly table: string;
  /** Default: `seq`. */
  readonly key?: readonly string[];
  /** The column of the time by which a row is old. */
  readonly at: string;
  /** The column of a time that is then not later either. */
  readonly seen?: string;
}

function createMend(db: Connection, { table, key = ['seq'], at, seen }: Where): Mend {
  // Two, and not OR: each then walks the index from one end.
  const [early, late] = [`${at} < ${WRITTEN}`, `${at} > ?`].map((wrong) =>
    db.prepare<Record<string, string | number>>(
      `SELECT ${key.join(', ')} FROM ${table} WHERE ${wrong} LIMIT ?`,
    ),
  );
  const also = seen === undefined ? '' : `, ${seen} = min(${seen}, ?1)`;
  const where = key.map((column, i) => `${column} = ?${i + 2}`).join(' AND ');
  const update = db.prepare(`UPDATE ${table} SET ${at} = ?1${also} WHERE ${where}`);
  return ({ now, limit }) => {
    const rows = [...(early?.all(limit) ?? []), ...(late?.all(now + FAR_MS, limit) ?? [])];
    for (const row of rows) update.run(now, ...key.map((column) => row[column] ?? null));
    return rows.length;
  };
}

/** Groups that were last seen in the future: what is counted for days to come counts for today. */
function createMendGroups(db: Connection): Mend {
  const late = db.prepare<{ id: number }>(
    `SELECT g.id FROM apps AS a CROSS JOIN groups AS g ON g.app_id = a.id WHERE g.last_seen > ? LIMIT ?`,
  );
  const update = db.prepare(
    'UPDATE groups SET last_seen = ?1, first_seen = min(first_seen, ?1) WHERE id = ?2',
  );
  const folds = [createFold(db, 'hour', HOUR_MS), createFold(db, 'day', DAY_MS)];
  return ({ now, limit }) => {
    const groups = late.all(now + FAR_MS, limit);
    for (const { id } of groups) {
      update.run(now, id);
      for (const fold of folds) fold(id, now);
    }
    return groups.length;
  };
}

function createFold(
  db: Connection,
  unit: 'hour' | 'day',
  ms: number,
): (groupId: number, now: number) => void {
  const add = db.prepare(
    `INSERT INTO group_${unit}s (group_id, ${unit}, reports)
     SELECT ?1, ?2, sum(reports) FROM group_${unit}s WHERE group_id = ?1 AND ${unit} > ?2 HAVING sum(reports) > 0
     ON CONFLICT (group_id, ${unit}) DO UPDATE SET reports = reports + excluded.reports`,
  );
  const remove = db.prepare(`DELETE FROM group_${unit}s WHERE group_id = ?1 AND ${unit} > ?2`);
  return (groupId, now) => {
    const current = Math.floor(now / ms) * ms;
    add.run(groupId, current);
    remove.run(groupId, current);
  };
}
