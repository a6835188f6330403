import type { RefusedCount, RefusedLogs, RefusedSample } from '../store.js';
import type { Reads, Writes } from './calls.js';
import type { Connection } from './connection.js';

/** Samples kept of one app. */
const MAX_SAMPLES = 100;

const DAY_MS = 24 * 3600 * 1000;

export function refusedWrites(db: Connection): Pick<Writes, 'keepRefused'> {
  const count = db.prepare(
    `INSERT INTO refused_days (app_id, day, reason, logs, last_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (app_id, day, reason) DO UPDATE SET
       logs = logs + excluded.logs, last_at = max(last_at, excluded.last_at)`,
  );
  const sample = db.prepare(
    `INSERT INTO refused_samples (app_id, at, reason, install_id, log_id, type, fault)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const trim = db.prepare(
    `DELETE FROM refused_samples WHERE app_id = ?1 AND seq <=
       (SELECT seq FROM refused_samples WHERE app_id = ?1 ORDER BY seq DESC LIMIT 1 OFFSET ${MAX_SAMPLES})`,
  );
  const keep = ({ appId, counts, samples }: RefusedLogs) => {
    for (const { reason, logs, lastAt } of counts) {
      count.run(appId, Math.floor(lastAt / DAY_MS) * DAY_MS, reason, logs, lastAt);
    }
    for (const { at, reason, installId, logId, type, fault } of samples) {
      sample.run(appId, at, reason, installId, logId, type, fault);
    }
    trim.run(appId);
  };
  return { keepRefused: (refused) => () => refused.forEach(keep) };
}

export function refusedReads(db: Connection): Pick<Reads, 'refusedCounts' | 'refusedSamples'> {
  const counts = db.prepare<RefusedCount>(
    `SELECT reason, sum(logs) AS logs, max(last_at) AS lastAt FROM refused_days WHERE app_id = ? AND day >= ?
     GROUP BY reason ORDER BY logs DESC, reason`,
  );
  const samples = db.prepare<RefusedSample>(
    `SELECT at, reason, install_id AS installId, log_id AS logId, type, fault FROM refused_samples
     WHERE app_id = ? ORDER BY seq DESC`,
  );
  return {
    refusedCounts: (appId, since) => counts.all(appId, Math.floor(since / DAY_MS) * DAY_MS),
    refusedSamples: (appId) => samples.all(appId),
  };
}
