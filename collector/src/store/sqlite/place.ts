// Where each log of a post belongs: a report with its body, an attachment, a visit or what happened in one.
import { deflate } from './bodies.js';
import type { Connection } from './connection.js';
import type { PlaceLog, PlaceVisit, ToFile } from './posted.js';
import { seenAt } from './seen-at.js';

interface Places {
  readonly placeVisit: PlaceVisit;
  readonly toFile: ToFile;
}

/** Whether a log was here, and has been removed for its age. */
const REMOVED = 'EXISTS (SELECT 1 FROM removed_ids WHERE app_id = ?1 AND id = ?2)';

/**
 * Returns what puts a log where it belongs; to be run inside a transaction. One whose id is known is left as it is, and
 * so is one that was removed. Throws `StoreError`.
 */
export function createPlaceLog(db: Connection, { placeVisit, toFile }: Places): PlaceLog {
  const placeReport = createPlaceReport(db);
  const placeAttachment = createPlaceAttachment(db, toFile);
  return (from, posted) => {
    if (placeVisit(from, posted)) return;
    if (posted.log.errorId === undefined) placeReport(from, posted);
    else placeAttachment(from, posted);
  };
}

function createPlaceReport(db: Connection): PlaceLog {
  const report = db.prepare<{ seq: number }>(
    `INSERT INTO reports (app_id, id, type, install_id, timestamp, received_at, seen_at, sid)
     SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE NOT ${REMOVED} ON CONFLICT (app_id, id) DO NOTHING RETURNING seq`,
  );
  const text = db.prepare('INSERT INTO bodies (seq, body) VALUES (?, ?)');
  return ({ appId, installId, receivedAt }, { log, body }) => {
    const times = [log.timestamp, receivedAt, seenAt(log.timestamp, receivedAt)] as const;
    const [row] = report.all(appId, log.id, log.type, installId, ...times, log.sid ?? null);
    if (row) text.run(row.seq, deflate(body));
  };
}

function createPlaceAttachment(db: Connection, toFile: ToFile): PlaceLog {
  const isKnown = db.prepare(
    `SELECT 1 WHERE ${REMOVED} OR EXISTS (SELECT 1 FROM attachments WHERE app_id = ?1 AND id = ?2)`,
  );
  const attachment = db.prepare(
    'INSERT INTO attachments (app_id, id, error_id, received_at, body, file, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  return ({ appId, receivedAt }, { log, body }) => {
    // Asked before: a file written for nothing would be nobody's.
    if (isKnown.all(appId, log.id).length > 0) return;
    const dumped = log.isDump ? toFile({ appId, id: log.id, json: body.toString() }) : undefined;
    const kept = dumped ? Buffer.from(dumped.json) : body;
    const inFile = [dumped?.file ?? null, dumped?.bytes ?? null] as const;
    attachment.run(appId, log.id, log.errorId ?? '', receivedAt, deflate(kept), ...inFile);
  };
}
