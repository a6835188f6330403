// A data folder with many reports, made in a minute and not in an hour.
import Database from 'libsql';

const GROUPS = 2_000;

/** A random UUID, as reports and visits have; each in another place of its index. */
const UUID = `lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-8' ||
  substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))`;

/** Fills the tables as ingestion and grouping would have, for the app 1. */
export function seedReports(file, count) {
  const db = new Database(file);
  const start = Date.now() - 30 * 24 * 3600_000;
  const numbers = (n) => `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${n})`;
  db.exec(`PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; BEGIN;
    ${numbers(GROUPS)} INSERT INTO groups (app_id, fingerprint, exception_type, message, location, app_version, fatal,
        reports, installs, first_seen, last_seen)
      SELECT 1, 'v1:' || hex(randomblob(32)), 'com.example.shop.Error' || i, 'item ' || i || ' is gone', 'Presenter', '2.1', 1,
        ${count / GROUPS}, ${Math.min(count / GROUPS, 500)}, ${start}, ${start} + i FROM n;
    ${numbers(count)} INSERT INTO reports (app_id, id, type, install_id, timestamp, received_at, seen_at, sid, group_id,
        app_version, os, client)
      SELECT 1, ${UUID}, 'managedError', printf('11111111-2222-4333-8444-%012d', i % 20000), ${start} + i, ${start} + i,
        ${start} + i, ${UUID}, 1 + i % ${GROUPS}, '2.1', 'Android 14', 'Pixel 8' FROM n;
    INSERT INTO bodies (seq, body) SELECT seq, randomblob(1000) FROM reports;
    INSERT INTO group_days (group_id, day, reports) SELECT group_id, seen_at / 86400000 * 86400000, count(*) FROM reports GROUP BY 1, 2;
    INSERT INTO group_hours (group_id, hour, reports) SELECT group_id, seen_at / 3600000 * 3600000, count(*) FROM reports GROUP BY 1, 2;
    INSERT INTO group_installs (group_id, install_id) SELECT DISTINCT group_id, install_id FROM reports;
    COMMIT; PRAGMA wal_checkpoint(TRUNCATE)`);
  db.close();
}
