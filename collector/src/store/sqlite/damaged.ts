// Rows of which a page is damaged. Once SQLite has met one it refuses every write until the transaction has ended, also
// after a ROLLBACK TO (measured, libsql 0.5.29): nothing can be set aside then. So the row is remembered, the whole
// transaction fails, and when it is made again the row is known before it is touched.
import { StoreError } from '../store.js';
import { sqliteCode, toStoreError } from './connection.js';

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
