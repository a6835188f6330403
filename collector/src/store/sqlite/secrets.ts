import type { SecretsCounted } from '../upkeep.js';
import type { Reads, Writes } from './calls.js';
import type { Connection } from './connection.js';

export function secretsReads(db: Connection): Pick<Reads, 'secretsCounted'> {
  const row = db.prepare<{ since: number; seen: string }>('SELECT since, seen FROM secrets_seen');
  return {
    secretsCounted: () =>
      row
        .all()
        .map(({ since, seen }) => ({ since, ...(JSON.parse(seen) as Omit<SecretsCounted, 'since'>) }))[0],
  };
}

export function createKeepSecrets(db: Connection): Pick<Writes, 'keepSecretsCounted'> {
  const put = db.prepare('INSERT OR REPLACE INTO secrets_seen (one, since, seen) VALUES (1, ?, ?)');
  return {
    keepSecretsCounted:
      ({ since, ...seen }) =>
      () =>
        void put.run(since, JSON.stringify(seen)),
  };
}
