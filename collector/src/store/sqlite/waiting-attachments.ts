import type { WaitingAttachment } from '../store.js';
import type { Reads } from './calls.js';
import type { Connection } from './connection.js';

/** Attachments of an app that are looked at: in indexes alone, which takes 16 to 37 ms (measured for as many). */
const MAX_LOOKED_AT = 20_000;

const MAX_NEWEST = 100;

type Row = Omit<WaitingAttachment, 'file'> & { file: string | null; count: number };

/** Statements are prepared once, here. */
export function waitingAttachmentReads(db: Connection): Pick<Reads, 'waitingAttachments'> {
  // In the order of an index, which is none of theirs: ids are random, so where there are more it is a fair part of them.
  const newest = db.prepare<Row>(
    `SELECT id, w.error_id AS errorId, received_at AS receivedAt, file, count FROM (
       SELECT seq, error_id, count(*) OVER () AS count
       FROM (SELECT seq, app_id, error_id FROM attachments WHERE app_id = ? ORDER BY error_id LIMIT ${MAX_LOOKED_AT}) AS a
       WHERE NOT EXISTS (SELECT 1 FROM reports AS r WHERE r.app_id = a.app_id AND r.id = a.error_id)
         AND NOT EXISTS (SELECT 1 FROM removed_ids AS r WHERE r.app_id = a.app_id AND r.id = a.error_id)
       ORDER BY seq DESC LIMIT ${MAX_NEWEST}
     ) AS w JOIN attachments USING (seq) ORDER BY seq DESC`,
  );
  const more = db.prepare(`SELECT 1 FROM attachments WHERE app_id = ? LIMIT 1 OFFSET ${MAX_LOOKED_AT}`);
  return {
    waitingAttachments: (appId) => {
      const rows = newest.all(appId);
      return {
        count: rows[0]?.count ?? 0,
        more: more.all(appId).length > 0,
        newest: rows.map(({ count: _, file, ...row }) => ({ ...row, ...(file !== null && { file }) })),
      };
    },
  };
}
