// The reports that have their place, and no digest yet.
import type { Undigested } from '../store.js';
import { notAside } from './aside-schema.js';
import { type Connection, isOfStore, toStoreError } from './connection.js';
import { REPORT, REPORT_HEAD, type ReportHead, type ReportRow, toHead, toReport } from './report-row.js';

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
  return { list: (limit) => list.all(limit).map(({ seq }) => seq), read: createReadReport(db) };
}

/** Statements are prepared once, here. */
export function createReadReport(db: Connection): Waiting['read'] {
  const report = db.prepare<ReportRow>(`${REPORT} WHERE seq = ?`);
  const head = db.prepare<ReportHead>(`${REPORT_HEAD} FROM reports WHERE seq = ?`);
  const without = (seq: number, fault: string): Undigested | undefined =>
    head.all(seq).map((row) => ({ ...toHead(row), json: '', fault }))[0];
  return (seq) => {
    try {
      return report.all(seq).map(toReport)[0] ?? without(seq, 'its text is missing');
    } catch (error) {
      if (isOfStore(error)) throw error;
      return without(seq, `its text is damaged: ${toStoreError(error).message}`);
    }
  };
}
