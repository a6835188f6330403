// What another format adds: visits and events go by when they were received, as reports do, and what is known of the
// machine's clock outlives the process. How long the file of a minidump is tells whether it is whole; of those that are
// there it is not known. Of those that are there the device's time is known, or that of their reports.
const RECEIVED = (table: string, at: string) => `
ALTER TABLE ${table} ADD COLUMN received_at INTEGER NOT NULL DEFAULT 0;
UPDATE ${table} AS t SET received_at = max(${at}, coalesce(
  (SELECT max(r.received_at) FROM reports AS r WHERE r.app_id = t.app_id AND r.sid = t.sid), 0));
CREATE INDEX ${table}_by_receipt ON ${table} (received_at);
`;

export const RECEIPT = `
${RECEIVED('visits', 'started_at')}
DROP INDEX events_by_time;
${RECEIVED('events', 'timestamp')}
CREATE TABLE clock (
  one INTEGER PRIMARY KEY CHECK (one = 1), wall INTEGER NOT NULL, ran INTEGER NOT NULL, jumps TEXT NOT NULL
) STRICT;
ALTER TABLE attachments ADD COLUMN bytes INTEGER;
INSERT INTO clock SELECT 1, max(received_at), 0, '[]' FROM reports HAVING max(received_at) IS NOT NULL;
`;
