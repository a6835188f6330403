// What App Center's Analytics posts beside reports: starts of sessions, for crash-free rates, and events and pages,
// for what happened before a crash.
import { type CrashFree, MAX_VISITS, type VisitEvent } from '../store.js';
import { bounded, deflate, inflate } from './bodies.js';
import type { Reads } from './calls.js';
import type { Connection } from './connection.js';
import type { PlaceVisit } from './posted.js';
import { seenAt } from './seen-at.js';

const VISIT_TYPES = new Set(['startSession', 'event', 'page']);

/** Statements are prepared once, here. */
export function createPlaceVisit(db: Connection): PlaceVisit {
  const visit = db.prepare(
    `INSERT INTO visits (app_id, sid, install_id, started_at, app_version, received_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (app_id, sid) DO NOTHING`,
  );
  const event = db.prepare(
    `INSERT INTO events (app_id, id, sid, timestamp, body, received_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (app_id, id) DO NOTHING`,
  );
  return ({ appId, installId, receivedAt }, { log, body }) => {
    const { id, type, sid, timestamp, appVersion = '' } = log;
    if (!VISIT_TYPES.has(type)) return false;
    if (sid === undefined) return true;
    const at = seenAt(timestamp, receivedAt);
    if (type === 'startSession') visit.run(appId, sid, installId, at, appVersion, receivedAt);
    else event.run(appId, id, sid, at, deflate(body), receivedAt);
    return true;
  };
}

export function visitReads(db: Connection): Pick<Reads, 'crashFree' | 'eventsOf'> {
  const crashFree = db.prepare<CrashFree>(
    `SELECT count(*) AS visits, count(DISTINCT install_id) AS installs,
       coalesce(sum(crashed), 0) AS crashedVisits, count(DISTINCT iif(crashed, install_id, NULL)) AS crashedInstalls
     FROM (SELECT install_id, EXISTS (
       SELECT 1 FROM reports AS r WHERE r.app_id = v.app_id AND r.sid = v.sid AND r.type <> 'handledError'
     ) AS crashed FROM visits AS v WHERE app_id = ? AND started_at >= ? ORDER BY started_at DESC LIMIT ?)`,
  );
  const events = db.prepare<{ seq: number }>(
    `SELECT seq FROM events WHERE app_id = ? AND sid = ? AND timestamp <= ?
     ORDER BY timestamp DESC, seq DESC LIMIT ?`,
  );
  const event = db.prepare<Omit<VisitEvent, 'json'> & { body: Buffer }>(
    'SELECT id, timestamp, body FROM events WHERE seq = ?',
  );
  return {
    crashFree: (appId, since) => {
      const [row] = crashFree.all(appId, since, MAX_VISITS);
      return row ?? { visits: 0, crashedVisits: 0, installs: 0, crashedInstalls: 0 };
    },
    eventsOf: ({ appId, sid, until, limit }) =>
      bounded(events.all(appId, sid, until, limit), ({ seq }) =>
        event.all(seq).map(({ body, ...row }) => ({ ...row, json: inflate(body) })),
      ),
  };
}
