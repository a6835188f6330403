// Everything that was received, for other programs, a few rows at a time. What of it cannot be read is named, and holds
// up nothing: who exports what is damaged wants the rest of it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Undigested } from '../store.js';
import type { ExportedAttachment, Placed } from '../upkeep.js';
import { bounded, inflate } from './bodies.js';
import type { Reads } from './calls.js';
import { type Connection, isOfStore, toStoreError } from './connection.js';

type AttachmentRow = Omit<ExportedAttachment & Placed, 'json'> & { body: Buffer; file: string | null };

interface From {
  readonly folder: string;
  /** A report, with its fault where it has one; undefined when it is gone. */
  readonly readReport: (seq: number) => Undigested | undefined;
}

/** Statements are prepared once, here. */
export function exports(
  db: Connection,
  { folder, readReport }: From,
): Pick<Reads, 'reportsAfter' | 'attachmentsAfter'> {
  const reports = db.prepare<Placed>('SELECT seq FROM reports WHERE seq > ? ORDER BY seq LIMIT ?');
  const attachments = db.prepare<Placed>('SELECT seq FROM attachments WHERE seq > ? ORDER BY seq LIMIT ?');
  const attachment = db.prepare<AttachmentRow>(
    `SELECT seq, app_id AS appId, id, error_id AS errorId, received_at AS receivedAt, body, file
     FROM attachments WHERE seq = ?`,
  );
  return {
    reportsAfter: (place, limit) =>
      bounded(reports.all(place, limit), ({ seq }) =>
        [readReport(seq) ?? []].flat().map((report) => ({ seq, ...report })),
      ),
    attachmentsAfter: (place, limit) =>
      bounded(attachments.all(place, limit), ({ seq }) =>
        attachment
          .all(seq)
          .map(({ body, file, ...row }) => ({ ...row, ...textOf(body, file && join(folder, file)) })),
      ),
  };
}

/** A log as it was received, with its data where that is in a file; without it when the file cannot be read. */
function textOf(body: Buffer, path: string | null): Pick<ExportedAttachment, 'json' | 'fault'> {
  let json = '';
  try {
    json = inflate(body);
    if (path === null) return { json };
    return {
      json: JSON.stringify({ ...(JSON.parse(json) as object), data: readFileSync(path).toString('base64') }),
    };
  } catch (error) {
    if (isOfStore(error)) throw error;
    const what = json === '' ? 'its text is damaged' : 'its file is missing';
    return { json, fault: `${what}: ${toStoreError(error).message}` };
  }
}
