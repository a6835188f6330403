import { deflateRawSync } from 'node:zlib';
import type { Delivery, Digest, IncomingLog } from '../store.js';
import { createAccessWrites } from './access-writes.js';
import type { Writes } from './calls.js';
import type { Connection } from './connection.js';
import { createKeepDigest } from './digests.js';
import { dump } from './dumps.js';
import { refusedWrites } from './refused.js';
import { createRemoval } from './removal.js';
import { createRemoveFiles } from './unnamed.js';
import { createKeepVisit } from './visits.js';

/** The writes of the Store on one connection. Statements are prepared once, here. */
export function createWrites(db: Connection, folder: string): Writes {
  // Writes nothing, but in a transaction as the others: it asks for the lock, and costs no fsync.
  const ping = () => () => {};
  return {
    ...createAccessWrites(db),
    ...reportWrites(db, folder),
    ...refusedWrites(db),
    ...createRemoval(db),
    removeFiles: createRemoveFiles(db, folder),
    ping,
  };
}

function reportWrites(db: Connection, folder: string): Pick<Writes, 'keep' | 'keepDigests'> {
  const keepLog = createKeepLog(db);
  const keepDigest = createKeepDigest(db);
  return {
    keep: (delivery: Delivery) => {
      const prepared = delivery.logs.map((log) => prepare(folder, delivery, log));
      return () => {
        for (const one of prepared) keepLog(delivery, one);
      };
    },
    keepDigests: (digests: readonly Digest[]) => () => {
      for (const digest of digests) keepDigest(digest);
    },
  };
}

/** A log, and what of it goes into the database. */
interface Prepared {
  readonly log: IncomingLog;
  readonly body: Buffer;
  /** Where its data is, when it is not in the body. */
  readonly file: string | null;
}

function prepare(folder: string, { appId }: Delivery, log: IncomingLog): Prepared {
  const { json, file } = log.isDump ? dump(folder, appId, log) : { json: log.json, file: null };
  return { log, body: deflate(json), file };
}

/** Level 1: measured 37–43 µs for a log of 3.5 kB and 3.6 times smaller; higher levels gain little. */
function deflate(json: string): Buffer {
  return deflateRawSync(Buffer.from(json), { level: 1 });
}

/** Whether a log was here, and has been removed for its age. */
const REMOVED = 'EXISTS (SELECT 1 FROM removed_ids WHERE app_id = ?1 AND id = ?2)';

function createKeepLog(db: Connection): (delivery: Delivery, prepared: Prepared) => void {
  const attachment = db.prepare(
    `INSERT INTO attachments (app_id, id, error_id, received_at, body, file)
     SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE NOT ${REMOVED} ON CONFLICT (app_id, id) DO NOTHING`,
  );
  const report = db.prepare<{ seq: number }>(
    `INSERT INTO reports (app_id, id, type, install_id, timestamp, received_at, seen_at, sid)
     SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE NOT ${REMOVED} ON CONFLICT (app_id, id) DO NOTHING RETURNING seq`,
  );
  const reportBody = db.prepare('INSERT INTO bodies (seq, body) VALUES (?, ?)');
  const keepVisit = createKeepVisit(db);
  return (delivery, { log, body, file }) => {
    const { appId, installId, receivedAt } = delivery;
    if (keepVisit(delivery, log, body)) return;
    if (log.errorId !== undefined) {
      attachment.run(appId, log.id, log.errorId, receivedAt, body, file);
      return;
    }
    const seenAt = Math.min(log.timestamp, receivedAt);
    const times = [log.timestamp, receivedAt, seenAt] as const;
    const [row] = report.all(appId, log.id, log.type, installId, ...times, log.sid ?? null);
    if (row) reportBody.run(row.seq, body);
  };
}
