// What a post waits for is one row, and its commit. Deflating, indexes, files of minidumps come afterwards, in `unpack`:
// before, they were two thirds of what keeping one log of a post of fifty cost (measured: 114 µs, now about 40).
import type { Writes } from './calls.js';
import type { Connection } from './connection.js';
import type { Head, PlaceLog } from './posted.js';

/** Bodies of one `unpack` together; one more may go beyond it. Bytes: deflating as much takes a tenth of a second. */
const MAX_BYTES = 8 * 1024 * 1024;

/** Posts of one `unpack`. Beyond it their list alone would hold up others. */
const MAX_POSTS = 200;

interface Waiting {
  seq: number;
  logs: number;
  bytes: number;
}

interface Row {
  appId: number;
  installId: string;
  receivedAt: number;
  heads: string;
  /** As libsql gives blobs. */
  bodies: ArrayBuffer;
}

/** Statements are prepared once, here. */
export function createInbox(db: Connection, place: PlaceLog): Pick<Writes, 'keepPost' | 'unpack'> {
  const insert = db.prepare(
    'INSERT INTO inbox (app_id, install_id, received_at, logs, heads, bodies) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const unpack = createUnpack(db, place);
  return {
    keepPost: ({ appId, installId, receivedAt, logs, heads, bodies }) => {
      return () => void insert.run(appId, installId, receivedAt, logs, heads, bodies);
    },
    unpack: (limit) => () => unpack(limit),
  };
}

function createUnpack(db: Connection, place: PlaceLog): (limit: number) => number {
  const waiting = db.prepare<Waiting>(
    'SELECT seq, logs, length(bodies) AS bytes FROM inbox ORDER BY seq LIMIT ?',
  );
  const one = db.prepare<Row>(
    'SELECT app_id AS appId, install_id AS installId, received_at AS receivedAt, heads, bodies FROM inbox WHERE seq = ?',
  );
  const remove = db.prepare('DELETE FROM inbox WHERE seq = ?');
  const unpackOne = (seq: number) => {
    for (const { heads, bodies, ...from } of one.all(seq)) {
      let at = 0;
      for (const { bytes, ...log } of JSON.parse(heads) as Head[]) {
        place(from, { log, body: Buffer.from(bodies, at, bytes) });
        at += bytes;
      }
    }
    remove.run(seq);
  };
  return (limit) => {
    let logs = 0;
    let bytes = 0;
    for (const post of waiting.all(Math.min(limit, MAX_POSTS))) {
      if (logs > 0 && (logs + post.logs > limit || bytes + post.bytes > MAX_BYTES)) break;
      unpackOne(post.seq);
      logs += post.logs;
      bytes += post.bytes;
    }
    return logs;
  };
}
