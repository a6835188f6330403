// What the fourth format adds: what is old can be removed, and what was removed is not taken again.
export const REMOVAL = `
ALTER TABLE groups ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX reports_by_receipt ON reports (received_at);
CREATE INDEX attachments_by_receipt ON attachments (received_at);

CREATE TABLE removed_ids (
  app_id INTEGER NOT NULL, id TEXT NOT NULL, removed_at INTEGER NOT NULL,
  PRIMARY KEY (app_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX removed_ids_by_time ON removed_ids (removed_at);
`;
