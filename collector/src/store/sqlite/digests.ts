import { type Digest, StoreError } from '../store.js';
import { createSetAside } from './aside.js';
import type { Writes } from './calls.js';
import type { Connection } from './connection.js';

const HOUR_MS = 3600 * 1000;
const DAY_MS = 24 * HOUR_MS;

interface Undigested {
  seq: number;
  installId: string;
  seenAt: number;
}

// The display fields are the newest report's: `last_seen` on the right-hand side is still the old one.
const UPSERT_GROUP = `
INSERT INTO groups (app_id, fingerprint, exception_type, message, location, app_version, fatal,
                    reports, installs, first_seen, last_seen)
VALUES (?, ?, ?, ?, ?, ?, ?, 1, 0, ?, ?)
ON CONFLICT (app_id, fingerprint) DO UPDATE SET
  exception_type = iif(excluded.last_seen >= last_seen, excluded.exception_type, exception_type),
  message = iif(excluded.last_seen >= last_seen, excluded.message, message),
  location = iif(excluded.last_seen >= last_seen, excluded.location, location),
  app_version = iif(excluded.last_seen >= last_seen, excluded.app_version, app_version),
  fatal = max(fatal, excluded.fatal),
  reports = reports + 1,
  first_seen = min(first_seen, excluded.first_seen),
  last_seen = max(last_seen, excluded.last_seen)
RETURNING id`;

/** Statements are prepared once, here. */
export function createKeepDigests(db: Connection): Writes['keepDigests'] {
  const keep = createKeepDigest(db);
  const setAside = createSetAside(db);
  const find = db.prepare<{ seq: number }>('SELECT seq FROM reports WHERE app_id = ? AND id = ?');
  const seqOf = ({ appId, reportId }: Digest) => find.all(appId, reportId)[0]?.seq ?? 0;
  return (digests) => () => setAside({ place: 'reports', rows: digests, seqOf, work: keep });
}

/**
 * Puts one report into its group and counts it; to be run inside a transaction. A report that has a group
 * already, or is unknown, is left alone: a digest that is repeated after a crash counts once.
 */
function createKeepDigest(db: Connection): (digest: Digest) => void {
  const find = db.prepare<Undigested>(
    `SELECT seq, install_id AS installId, seen_at AS seenAt FROM reports
     WHERE app_id = ? AND id = ? AND group_id IS NULL`,
  );
  const assign = db.prepare(
    'UPDATE reports SET group_id = ?, app_version = ?, os = ?, client = ? WHERE seq = ?',
  );
  const upsert = createUpsertGroup(db);
  const count = createCount(db);
  return (digest) => {
    const [report] = find.all(digest.appId, digest.reportId);
    if (!report) return;
    const groupId = upsert(digest, report.seenAt);
    assign.run(groupId, digest.appVersion, digest.os, digest.client, report.seq);
    count(groupId, report);
  };
}

function createUpsertGroup(db: Connection): (digest: Digest, seenAt: number) => number {
  const upsert = db.prepare<{ id: number }>(UPSERT_GROUP);
  return (digest, seenAt) => {
    const { appId, fingerprint, exceptionType, message, location, appVersion } = digest;
    const fatal = digest.fatal ? 1 : 0;
    const shown = [exceptionType, message, location, appVersion, fatal] as const;
    const [group] = upsert.all(appId, fingerprint, ...shown, seenAt, seenAt);
    if (!group) throw new StoreError('failed', `no group for the fingerprint ${fingerprint}`);
    return group.id;
  };
}

function createCount(db: Connection): (groupId: number, report: Undigested) => void {
  const install = db.prepare(
    'INSERT INTO group_installs (group_id, install_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const newInstall = db.prepare('UPDATE groups SET installs = installs + 1 WHERE id = ?');
  const hour = db.prepare(
    `INSERT INTO group_hours (group_id, hour, reports) VALUES (?, ?, 1)
     ON CONFLICT (group_id, hour) DO UPDATE SET reports = reports + 1`,
  );
  const day = db.prepare(
    `INSERT INTO group_days (group_id, day, reports) VALUES (?, ?, 1)
     ON CONFLICT (group_id, day) DO UPDATE SET reports = reports + 1`,
  );
  return (groupId, { installId, seenAt }) => {
    if (install.run(groupId, installId) > 0) newInstall.run(groupId);
    hour.run(groupId, floorTo(seenAt, HOUR_MS));
    day.run(groupId, floorTo(seenAt, DAY_MS));
  };
}

function floorTo(time: number, step: number): number {
  return Math.floor(time / step) * step;
}
