// What another format adds: what was acknowledged and has not found its place yet.
export const INBOX = `
CREATE TABLE inbox (
  seq INTEGER PRIMARY KEY, app_id INTEGER NOT NULL REFERENCES apps (id), install_id TEXT NOT NULL,
  received_at INTEGER NOT NULL, logs INTEGER NOT NULL, heads TEXT NOT NULL, bodies BLOB NOT NULL
) STRICT;
`;
