// What another format adds: what stands in the way of others. A table of its own, and not a mark in the row: a row whose
// page is damaged cannot be written to either. `seq` is that of the row in `place`, which is `inbox` or `reports`.
export const ASIDE = `
CREATE TABLE aside (
  place TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (place, seq)
) STRICT, WITHOUT ROWID;
`;

/** A condition on the `seq` of a row in `place`. */
export const notAside = (place: 'inbox' | 'reports'): string =>
  `seq NOT IN (SELECT seq FROM aside WHERE place = '${place}')`;
