// What the third format adds: what App Center's SDKs post beside reports, what was refused, and whose pages may send.
export const INTAKE = `
ALTER TABLE apps ADD COLUMN origins TEXT;
ALTER TABLE reports ADD COLUMN sid TEXT;
CREATE INDEX reports_of_visit ON reports (app_id, sid) WHERE sid IS NOT NULL;

CREATE TABLE visits (
  app_id INTEGER NOT NULL REFERENCES apps (id), sid TEXT NOT NULL, install_id TEXT NOT NULL,
  started_at INTEGER NOT NULL, app_version TEXT NOT NULL,
  PRIMARY KEY (app_id, sid)
) STRICT, WITHOUT ROWID;
CREATE INDEX visits_by_start ON visits (app_id, started_at);

CREATE TABLE events (
  seq INTEGER PRIMARY KEY, app_id INTEGER NOT NULL REFERENCES apps (id), id TEXT NOT NULL, sid TEXT NOT NULL,
  timestamp INTEGER NOT NULL, body BLOB NOT NULL,
  UNIQUE (app_id, id)
) STRICT;
CREATE INDEX events_of_visit ON events (app_id, sid, timestamp DESC);

CREATE TABLE refused_days (
  app_id INTEGER NOT NULL REFERENCES apps (id), day INTEGER NOT NULL, reason TEXT NOT NULL,
  logs INTEGER NOT NULL, last_at INTEGER NOT NULL,
  PRIMARY KEY (app_id, day, reason)
) STRICT, WITHOUT ROWID;
CREATE TABLE refused_samples (
  seq INTEGER PRIMARY KEY, app_id INTEGER NOT NULL REFERENCES apps (id), at INTEGER NOT NULL, reason TEXT NOT NULL,
  install_id TEXT NOT NULL, log_id TEXT NOT NULL, type TEXT NOT NULL, fault TEXT NOT NULL
) STRICT;
CREATE INDEX refused_samples_of_app ON refused_samples (app_id, seq DESC);

ALTER TABLE attachments ADD COLUMN file TEXT;
`;
