// What a post waits for is one row, and its commit. Deflating, indexes, files of minidumps come afterwards, in `unpack`:
// before, they were two thirds of what keeping one log of a post of fifty cost (measured: 114 µs, now about 40).
import { createSetAside } from './aside.js';
import { notAside } from './aside-schema.js';
import type { Unpacked, Writes } from './calls.js';
import type { Connection } from './connection.js';
import type { PlaceLog } from './posted.js';
import { createUnpackPost } from './unpack-post.js';

/** Bodies of one `unpack` together; one more may go beyond it. Bytes: deflating as much takes a tenth of a second. */
const MAX_BYTES = 8 * 1024 * 1024;

/** Posts of one `unpack`. Beyond it their list alone would hold up others. */
const MAX_POSTS = 200;

interface Waiting {
  seq: number;
  logs: number;
  bytes: number;
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

function createUnpack(db: Connection, place: PlaceLog): (limit: number) => Unpacked {
  const waiting = db.prepare<Waiting>(
    `SELECT seq, logs, length(bodies) AS bytes FROM inbox WHERE ${notAside('inbox')} ORDER BY seq LIMIT ?`,
  );
  const onPost = createUnpackPost(db, place);
  const setAside = createSetAside(db);
  return (limit) => {
    const posts = Math.min(limit, MAX_POSTS);
    const found = waiting.all(posts);
    const rows = fitting(found, limit);
    const aside = setAside({ place: 'inbox', rows, seqOf: ({ seq }) => seq, ...onPost });
    const logs = rows.reduce((sum, row) => sum + row.logs, 0);
    return { logs, more: rows.length < found.length || found.length === posts, aside };
  };
}

/** As many as go into one `unpack`, at least one. */
function fitting(posts: readonly Waiting[], limit: number): Waiting[] {
  let logs = 0;
  let bytes = 0;
  const rest = posts.findIndex((post, n) => {
    logs += post.logs;
    bytes += post.bytes;
    return n > 0 && (logs > limit || bytes > MAX_BYTES);
  });
  return posts.slice(0, rest < 0 ? posts.length : rest);
}
