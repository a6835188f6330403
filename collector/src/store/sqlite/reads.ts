import type { Attachment, DayCount, Group, ReportRow } from '../store.js';
import { createAccessReads } from './access-reads.js';
import { asideReads } from './aside-reads.js';
import { bounded, inflate } from './bodies.js';
import type { Reads } from './calls.js';
import { clockReads } from './clock.js';
import type { Connection } from './connection.js';
import { sizeOf } from './dumps.js';
import { exports } from './exports.js';
import { faultsOf } from './faults.js';
import { refusedReads } from './refused.js';
import { secretsReads } from './secrets.js';
import { createUpkeep } from './upkeep.js';
import { visitReads } from './visits.js';
import { createReadReport, createWaiting } from './waiting.js';
import { waitingAttachmentReads } from './waiting-attachments.js';

const GROUP = `SELECT id, app_id AS appId, exception_type AS exceptionType, message, location, fatal, reports,
  installs, first_seen AS firstSeen, last_seen AS lastSeen, app_version AS appVersion FROM groups`;

type GroupRow = Omit<Group, 'fatal'> & { fatal: number };
type Seq = { seq: number };

/** The reads of the Store on one connection. Statements are prepared once, here. */
export function createReads(db: Connection, folder: string): Reads {
  const version = db.prepare('PRAGMA user_version');
  const ping = () => void version.all();
  return {
    ...createAccessReads(db),
    ...groupReads(db),
    ...reportReads(db),
    ...attachmentReads(db, folder),
    ...waitingAttachmentReads(db),
    ...visitReads(db),
    ...refusedReads(db),
    ...asideReads(db),
    ...createUpkeep(db, folder),
    ...clockReads(db),
    ...secretsReads(db),
    ...exports(db, { folder, readReport: createReadReport(db) }),
    faults: () => faultsOf(db, (file) => sizeOf(folder, file)),
    ping,
  };
}

function groupReads(db: Connection): Pick<Reads, 'groups' | 'group' | 'daysOfGroup' | 'reportsOfGroup'> {
  const groups = db.prepare<GroupRow>(
    `${GROUP} WHERE app_id = ? ORDER BY last_seen DESC, id DESC LIMIT ? OFFSET ?`,
  );
  const group = db.prepare<GroupRow>(`${GROUP} WHERE id = ?`);
  const days = db.prepare<DayCount>(
    'SELECT day, reports FROM group_days WHERE group_id = ? AND day >= ? ORDER BY day',
  );
  const reports = db.prepare<ReportRow>(
    `SELECT id, group_id AS groupId, timestamp, received_at AS receivedAt, install_id AS installId,
       app_version AS appVersion, os, client
     FROM reports WHERE group_id = ? ORDER BY seen_at DESC, seq DESC LIMIT ? OFFSET ?`,
  );
  return {
    groups: (appId, page) => groups.all(appId, page.limit, page.offset ?? 0).map(toGroup),
    group: (id) => group.all(id).map(toGroup)[0],
    daysOfGroup: (id, since) => days.all(id, since),
    reportsOfGroup: (id, page) => reports.all(id, page.limit, page.offset ?? 0),
  };
}

function reportReads(db: Connection): Pick<Reads, 'undigested' | 'report'> {
  const waiting = createWaiting(db);
  // One whose text cannot be read is shown without: it may be the newest of its group, whose page it is then.
  const find = db.prepare<Seq>('SELECT seq FROM reports WHERE app_id = ? AND id = ?');
  return {
    undigested: (limit) => bounded(waiting.list(limit), (seq) => [waiting.read(seq) ?? []].flat()),
    report: (appId, id) => find.all(appId, id).map(({ seq }) => waiting.read(seq))[0],
  };
}

function attachmentReads(db: Connection, folder: string): Pick<Reads, 'attachmentsOf'> {
  const attachments = db.prepare<Seq>(
    'SELECT seq FROM attachments WHERE app_id = ? AND error_id = ? ORDER BY seq',
  );
  const attachment = db.prepare<{ id: string; body: Buffer; file: string | null }>(
    'SELECT id, body, file FROM attachments WHERE seq = ?',
  );
  const toAttachment = ({ id, body, file: path }: ReturnType<typeof attachment.all>[number]): Attachment => {
    const file = path !== null && { file: { path, bytes: sizeOf(folder, path) ?? 0 } };
    return { id, json: inflate(body), ...file };
  };
  return {
    attachmentsOf: (appId, reportId) =>
      bounded(attachments.all(appId, reportId), ({ seq }) => attachment.all(seq).map(toAttachment)),
  };
}

function toGroup(row: GroupRow): Group {
  return { ...row, fatal: row.fatal !== 0 };
}
