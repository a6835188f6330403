// The only file that knows libsql. It keeps us clear of what was measured to go wrong with libsql 0.5.29:
// - `get` on a statement whose last step failed throws that old error again, for ever; `all` and `run` do not.
// - a boolean parameter aborts the whole process ("not yet implemented: bool"); the type `Value` has none.
// - a text is read back only up to its first NUL.
import Database from 'libsql';
import { StoreError } from '../store-error.js';

export type Value = string | number | Uint8Array | null;

export interface Statement<Row> {
  all(...values: Value[]): Row[];
  /** Rows changed. */
  run(...values: Value[]): number;
}

/** One connection to one database file. Every method is synchronous and throws `StoreError`. */
export interface Connection {
  prepare<Row = never>(sql: string): Statement<Row>;
  /** One or more statements without parameters. */
  exec(sql: string): void;
  /** The one value of a pragma that has one. */
  pragma(name: string): unknown;
  /** SQLite ends a transaction by itself on some errors: https://sqlite.org/lang_transaction.html §3. */
  readonly inTransaction: boolean;
  close(): void;
}

/** How long a connection waits for another process's lock. Milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;

/** Opens `file`, which need not exist. Throws `StoreError` `unwritable` when it cannot be opened. */
export function openConnection(file: string, timeout = BUSY_TIMEOUT_MS): Connection {
  const db = guarded(() => new Database(file, { timeout }));
  return {
    prepare: <Row>(sql: string) => wrap<Row>(guarded(() => db.prepare(sql))),
    exec: (sql) => guarded(() => void db.exec(sql)),
    pragma: (name) => firstValue(guarded(() => db.prepare(`PRAGMA ${name}`).all([]))),
    get inTransaction() {
      return db.inTransaction;
    },
    close: () => guarded(() => void db.close()),
  };
}

function wrap<Row>(statement: Database.Statement): Statement<Row> {
  return {
    all: (...values) => guarded(() => statement.all(values.map(bindable)) as Row[]),
    run: (...values) => guarded(() => statement.run(values.map(bindable)).changes),
  };
}

function bindable(value: Value): Value {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\u{fffd}') : value;
}

function firstValue(rows: unknown[]): unknown {
  return Object.values((rows[0] ?? {}) as object)[0];
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw toStoreError(error);
  }
}

/** The SQLite error behind a `StoreError`: `SQLITE_BUSY`, `SQLITE_CONSTRAINT_UNIQUE`; empty when there is none. */
export function sqliteCode(error: unknown): string {
  const cause = error instanceof StoreError ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? cause.code : '';
  return typeof code === 'string' ? code : '';
}

/** Whatever was thrown, as a `StoreError`; one that is already is given back as it is. */
export function toStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const code = sqliteCode(error);
  if (code === 'SQLITE_FULL') {
    return new StoreError('full', 'the disk that holds the data folder is full', { cause: error });
  }
  // libsql reports a failed open without a code.
  if (/^SQLITE_(CANTOPEN|READONLY|PERM|AUTH)/.test(code) || message.includes('Unable to open connection')) {
    return new StoreError('unwritable', `the database cannot be opened for writing: ${message}`, {
      cause: error,
    });
  }
  return new StoreError('failed', message, { cause: error });
}

/** Of https://sqlite.org/rescode.html, what is not about the row: any other would fare the same. */
const OF_ALL =
  /^SQLITE_(?:AUTH|BUSY|CANTOPEN|FULL|INTERRUPT|IOERR|LOCKED|NOMEM|NOTADB|PERM|PROTOCOL|READONLY)/;

/** Whether the disk or the database is at fault, and not the row that was worked on. */
export function isOfStore(error: unknown): boolean {
  return toStoreError(error).code !== 'failed' || OF_ALL.test(sqliteCode(error));
}

/** Runs `work`; when it throws, what it threw is thrown on, and nothing of it is left in the transaction around it. */
export type Savepoint = <T>(work: () => T) => T;

/**
 * Runs what may fail by itself; returns the error when it did, and then nothing of it is left. The name is one of the
 * row's parts: a part whose page is damaged is known by it.
 */
export type Attempt = (part: string, work: () => void) => StoreError | undefined;

/**
 * To be used inside a transaction. On some errors SQLite ends that by itself: then `inTransaction` is false, and what
 * was done before is gone too.
 */
export function createSavepoint(db: Connection): Savepoint {
  const savepoint = db.prepare('SAVEPOINT one');
  const undo = db.prepare('ROLLBACK TO one');
  const release = db.prepare('RELEASE one');
  return (work) => {
    savepoint.run();
    try {
      const value = work();
      release.run();
      return value;
    } catch (error) {
      if (db.inTransaction) {
        undo.run();
        release.run();
      }
      throw error;
    }
  };
}
