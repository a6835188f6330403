// What the second format adds: apps with two secrets, or none that is taken, and tokens for programs.
export const ACCESS = `
ALTER TABLE apps ADD COLUMN previous_secret TEXT;
ALTER TABLE apps ADD COLUMN disabled_at INTEGER;
CREATE UNIQUE INDEX apps_by_previous_secret ON apps (previous_secret) WHERE previous_secret IS NOT NULL;

CREATE TABLE tokens (
  name TEXT PRIMARY KEY, token_hash TEXT NOT NULL UNIQUE, scope TEXT NOT NULL, created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
