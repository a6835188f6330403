// A row that nothing can be made of, because it is damaged or because of a fault of ours, must not hold up those behind
// it. It is set aside: it stays where it is, is passed over, and the next start of a collector tries it again.
import { StoreError } from '../store.js';
import type { SetAside } from '../upkeep.js';
import {
  type Attempt,
  type Connection,
  createSavepoint,
  isOfStore,
  sqliteCode,
  toStoreError,
} from './connection.js';

// Rows of which a page is damaged. Once SQLite has met one it refuses every write until the transaction has ended, also
// after a ROLLBACK TO (measured, libsql 0.5.29): nothing can be set aside then. So the row is remembered, the whole
// transaction fails, and when it is made again the row is known before it is touched.
/** The transaction came to a damaged row for the first time: made again it does not touch it. */
export class RowDamaged extends StoreError {}

/** Rows that are remembered; beyond it one is met anew. */
const MAX_ROWS = 100_000;

/**
 * Returns what runs work on the row of a key. That throws `RowDamaged` where the row turns out to be, and without
 * running a `StoreError` of the same words where it is known to be.
 */
export function createDamaged(): (key: string, work: () => void) => void {
  const known = new Map<string, string>();
  return (key, work) => {
    const message = known.get(key);
    if (message !== undefined) throw new StoreError('failed', message);
    try {
      work();
    } catch (error) {
      if (!sqliteCode(error).startsWith('SQLITE_CORRUPT')) throw error;
      const { message: why } = toStoreError(error);
      if (known.size < MAX_ROWS) known.set(key, why);
      throw new RowDamaged('failed', why, { cause: error });
    }
  };
}

/**
 * Parts of rows that may turn out to be damaged, in the life of a process: each has all of its transaction made again,
 * with the posts in it. Of data that is damaged all over, rows are set aside whole.
 */
const MAX_PARTS = 20;

/** What is told of an error. Characters. */
const MAX_REASON = 300;

interface Rows<R> {
  readonly place: SetAside['place'];
  readonly rows: readonly R[];
  seqOf(row: R): number;
  work(row: R): void;
  /**
   * As much of the work as can be done on a row that all of it failed on; returns why the rest of the row stays. When it
   * throws, or where there is none, all of the row stays.
   */
  workInPart?(row: R, attempt: Attempt): string;
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
  let parts = 0;
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
  const aside = <R>({ place, seqOf, workInPart }: Rows<R>, row: R, whole: unknown): SetAside => {
    let why = toStoreError(whole).message;
    const attempt: Attempt = (part, work) => {
      try {
        const fault = faultOf(() => onRow(`${place}/${seqOf(row)}/${part}`, work));
        return fault && toStoreError(fault.error);
      } catch (error) {
        if (error instanceof RowDamaged) parts++;
        throw error;
      }
    };
    // In a savepoint of its own: a row of which something is done stays only with what is left of it.
    const inPart = () => {
      why = workInPart?.(row, attempt) ?? why;
    };
    if (parts < MAX_PARTS) faultOf(inPart);
    const reason = why.slice(0, MAX_REASON);
    put.run(place, seqOf(row), Date.now(), reason);
    return { place, reason };
  };
  return (all) => {
    const { place, rows, seqOf, work } = all;
    const workOn = (row: (typeof rows)[number]) => onRow(`${place}/${seqOf(row)}`, () => work(row));
    // All in one savepoint: one for each would cost every row for the sake of one in a million.
    const inAll = faultOf(() => {
      for (const row of rows) workOn(row);
    });
    if (!inAll) return [];
    return rows.flatMap((row) => {
      const fault = faultOf(() => workOn(row));
      return fault ? [aside(all, row, fault.error)] : [];
    });
  };
}

/** All are tried again: this may be a later version, or another disk. */
export function forgetAside(db: Connection): void {
  db.exec('DELETE FROM aside');
}
