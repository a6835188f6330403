import { RowDamaged } from './aside.js';
import type { Call, Dispatch, Reads, Reply, Writes } from './calls.js';
import { type Connection, createSavepoint, toStoreError } from './connection.js';

type AnyMethod = (...args: readonly unknown[]) => unknown;

/** Runs each read by itself: one that fails fails alone. */
export function createReadDispatch(reads: Reads): Dispatch {
  return (calls) => calls.map((call) => attempt(() => methodOf(reads, call)(...call.args)));
}

/** A call that is prepared: what is left to run in the transaction. */
type Work = () => unknown;

const together = (work: Work): Reply => ({ ok: true, value: work() });

/** How often a group is run for the sake of damaged rows, each of which ends it once; then the callers come again. */
const MAX_TRIES = 50;

/**
 * Runs a group of writes in one transaction and replies after its COMMIT: one fsync for all who wait. When one fails the
 * group is run again, each call in a savepoint, so that it fails alone; savepoints for all would cost as much as the
 * writes (measured: a third of the writer's time). When the COMMIT fails nobody is told "kept".
 */
export function createWriteDispatch(db: Connection, writes: Writes): Dispatch {
  const alone = createAlone(db);

  function transaction(run: (work: Work) => Reply, works: readonly Reply[]): Reply[] {
    try {
      db.exec('BEGIN IMMEDIATE');
      const replies = works.map((work) => (work.ok ? run(work.value as Work) : work));
      db.exec('COMMIT');
      return replies;
    } catch (error) {
      if (db.inTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }

  return (calls) => {
    const works = calls.map((call) => attempt(() => methodOf(writes, call)(...call.args)));
    let run = together;
    for (let tries = 1; ; tries++) {
      try {
        return transaction(run, works);
      } catch (error) {
        if (error instanceof RowDamaged && tries < MAX_TRIES) continue;
        if (calls.length === 1 || run === alone) return calls.map(() => refusal(error));
        run = alone;
      }
    }
  };
}

function createAlone(db: Connection): (work: Work) => Reply {
  const inSavepoint = createSavepoint(db);
  return (work) => {
    try {
      return { ok: true, value: inSavepoint(work) };
    } catch (error) {
      // A full disk may have ended the whole transaction, and with it the calls before this one.
      if (!db.inTransaction || error instanceof RowDamaged) throw error;
      return refusal(error);
    }
  };
}

/** What was thrown, as it crosses to the other thread. */
export function refusal(error: unknown): Reply {
  const { code, message } = toStoreError(error);
  return { ok: false, code, message };
}

function attempt(work: () => unknown): Reply {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    return refusal(error);
  }
}

function methodOf(methods: Reads | Writes, call: Call): AnyMethod {
  const method = (methods as Partial<Record<string, unknown>>)[call.method];
  if (typeof method !== 'function') throw new TypeError(`no such call: ${call.method}`);
  return method as AnyMethod;
}
