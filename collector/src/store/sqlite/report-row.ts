import type { Report } from '../store.js';
import { inflate } from './bodies.js';

export type ReportHead = Omit<Report, 'json' | 'groupId' | 'sid'> & {
  seq: number;
  groupId: number | null;
  sid: string | null;
};
export type ReportRow = ReportHead & { body: Buffer };

/** Of a `ReportHead`; a FROM comes after it. */
export const REPORT_HEAD = `SELECT seq, app_id AS appId, id, type, install_id AS installId, timestamp,
  received_at AS receivedAt, group_id AS groupId, sid`;

/** Of a `ReportRow`; a WHERE comes after it. */
export const REPORT = `${REPORT_HEAD}, body FROM reports JOIN bodies USING (seq)`;

export function toHead({ seq: _, groupId, sid, ...row }: ReportHead): Omit<Report, 'json'> {
  return { ...row, ...(groupId !== null && { groupId }), ...(sid !== null && { sid }) };
}

export function toReport({ body, ...head }: ReportRow): Report {
  return { ...toHead(head), json: inflate(body) };
}
