// What another format adds: which secrets posts came with that should have had another outlives the process. One row, for
// all of it is written together, once a minute at most: an attacker may send millions. `seen` is JSON.
export const SECRETS = `
CREATE TABLE secrets_seen (
  one INTEGER PRIMARY KEY CHECK (one = 1), since INTEGER NOT NULL, seen TEXT NOT NULL
) STRICT;
`;
