// A row that nothing can be made of, because it is damaged or because of a fault of ours, must not hold up those behind
// it. It is set aside: it stays where it is, is passed over, and the next start of a collector tries it again.
import type { SetAside } from '../upkeep.js';
import { type Connection, createSavepoint, isOfStore, toStoreError } from './connection.js';
import { createDamaged, RowDamaged } from './damaged.js';

/** What is told of an error. Characters. */
const MAX_REASON = 300;

interface Rows<R> {
  readonly place: SetAside['place'];
  readonly rows: readonly R[];
  seqOf(row: R): number;
  work(row: R): void;
}

/**
 * Returns what works on rows, and sets aside and returns those that throw; to be run inside a transaction. Throws
 * what is not the fault of a row, and `RowDamaged`, once for each, of a row whose page is damaged.
 */
export function createSetAside(db: Connection): <R>(rows: Rows<R>) => SetAside[] {
  const put = db.prepare(
    'INSERT INTO aside (place, seq, at, reason) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const inSavepoint = createSavepoint(db);
  const onRow = createDamaged();
  /** The error, when it is the row's. */
  const faultOf = (work: () => void): { error: unknown } | undefined => {
    try {
      inSavepoint(work);
      return undefined;
    } catch (error) {
      if (!db.inTransaction || isOfStore(error) || error instanceof RowDamaged) throw error;
      return { error };
    }
  };
  return ({ place, rows, seqOf, work }) => {
    const workOn = (row: (typeof rows)[number]) => onRow(`${place}/${seqOf(row)}`, () => work(row));
    // All in one savepoint: one for each would cost every row for the sake of one in a million.
    const inAll = faultOf(() => {
      for (const row of rows) workOn(row);
    });
    if (!inAll) return [];
    return rows.flatMap((row) => {
      const fault = faultOf(() => workOn(row));
      if (!fault) return [];
      const reason = toStoreError(fault.error).message.slice(0, MAX_REASON);
      put.run(place, seqOf(row), Date.now(), reason);
      return [{ place, reason }];
    });
  };
}

/** All are tried again: this may be a later version, or another disk. */
export function forgetAside(db: Connection): void {
  db.exec('DELETE FROM aside');
}
