import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Connection, openConnection } from './connection.js';
import { MIGRATIONS, migrate, needsMigration } from './schema.js';
import { newFolder } from './stores.fixture.js';

function open(migrations: number): Connection {
  const db = openConnection(join(newFolder(), 'a.db'));
  for (const migration of MIGRATIONS.slice(0, migrations)) db.exec(migration);
  db.exec(`PRAGMA user_version = ${migrations}`);
  return db;
}

const schemaOf = (db: Connection) =>
  db.prepare<{ sql: string }>('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all();

describe('a database of an earlier format', () => {
  it.each(MIGRATIONS.map((_, n) => n))('%i becomes what a new one is, and keeps its rows', (version) => {
    const db = open(version);
    if (version > 0) {
      db.exec("INSERT INTO apps (name, secret, created_at) VALUES ('demo', 's', 1)");
      db.exec(`INSERT INTO reports (app_id, id, type, install_id, timestamp, received_at, seen_at)
               VALUES (1, 'r', 't', 'i', 1, 1, 1)`);
    }
    expect(needsMigration(db, 'f')).toBe(true);
    migrate(db);
    expect(needsMigration(db, 'f')).toBe(false);
    expect(schemaOf(db)).toEqual(schemaOf(open(MIGRATIONS.length)));
    expect(db.prepare('SELECT id FROM reports').all().length).toBe(version > 0 ? 1 : 0);
    db.close();
  });
});
