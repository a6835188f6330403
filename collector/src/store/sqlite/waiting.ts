// The reports that have their place, and no digest yet.
import type { Undigested } from '../store.js';
import { notAside } from './aside-schema.js';
import { inflate } from './bodies.js';
import { type Connection, isOfStore, toStoreError } from './connection.js';
import { REPORT_HEAD, type ReportHead, toHead } from './report-row.js';

export interface Waiting {
  /** Where they are, the oldest first. */
  list(limit: number): number[];
  /** Undefined when it is gone. Throws `StoreError` for what is not the fault of the report. */
  read(seq: number): Undigested | undefined;
}

/** Statements are prepared once, here. */
export function createWaiting(db: Connection): Waiting {
  // `seq` is the order of arrival.
  const list = db.prepare<{ seq: number }>(
    `SELECT seq FROM reports WHERE group_id IS NULL AND ${notAside('reports')} ORDER BY seq LIMIT ?`,
  );
  const head = db.prepare<ReportHead>(`${REPORT_HEAD} FROM reports WHERE seq = ?`);
  const body = db.prepare<{ body: Buffer }>('SELECT body FROM bodies WHERE seq = ?');
  const textOf = (seq: number): Pick<Undigested, 'json' | 'fault'> => {
    try {
      const [row] = body.all(seq);
      return row ? { json: inflate(row.body) } : { json: '', fault: 'its text is missing' };
    } catch (error) {
      if (isOfStore(error)) throw error;
      return { json: '', fault: `its text is damaged: ${toStoreError(error).message}` };
    }
  };
  return {
    list: (limit) => list.all(limit).map(({ seq }) => seq),
    read: (seq) => head.all(seq).map((row) => ({ ...toHead(row), ...textOf(seq) }))[0],
  };
}
