import type { Report } from '../store.js';
import { inflate } from './bodies.js';

export type ReportRow = Omit<Report, 'json' | 'groupId' | 'sid'> & {
  seq: number;
  groupId: number | null;
  sid: string | null;
  body: Buffer;
};

/** Of a `ReportRow`; a WHERE comes after it. */
export const REPORT = `SELECT seq, app_id AS appId, id, type, install_id AS installId, timestamp,
  received_at AS receivedAt, group_id AS groupId, sid, body FROM reports JOIN bodies USING (seq)`;

export function toReport({ seq: _, groupId, sid, body, ...row }: ReportRow): Report {
  const known = { ...(groupId !== null && { groupId }), ...(sid !== null && { sid }) };
  return { ...row, ...known, json: inflate(body) };
}
