// One post of the inbox to its places. One of its logs may have none, for a damaged page or a fault of ours: then the
// others go, and the post stays with that one alone.
import { StoreError } from '../store.js';
import type { Attempt, Connection } from './connection.js';
import type { From, Head, PlaceLog, Posted } from './posted.js';

interface Place {
  readonly seq: number;
}

interface Row extends From {
  heads: string;
  /** As libsql gives blobs. */
  bodies: ArrayBuffer;
}

/** To be run inside a transaction. Both throw what is wrong with a post, and `StoreError`. */
interface UnpackPost {
  /** All of it. */
  work(post: Place): void;
  /** All that has a place; returns why the rest has none. Throws where nothing of it has one. */
  workInPart(post: Place, attempt: Attempt): string;
}

/** Statements are prepared once, here. */
export function createUnpackPost(db: Connection, place: PlaceLog): UnpackPost {
  const one = db.prepare<Row>(
    'SELECT app_id AS appId, install_id AS installId, received_at AS receivedAt, heads, bodies FROM inbox WHERE seq = ?',
  );
  const remove = db.prepare('DELETE FROM inbox WHERE seq = ?');
  const shorten = db.prepare('UPDATE inbox SET logs = ?, heads = ?, bodies = ? WHERE seq = ?');
  return {
    work({ seq }) {
      for (const { heads, bodies, ...from } of one.all(seq))
        for (const posted of logsOf(heads, bodies)) place(from, posted);
      remove.run(seq);
    },
    workInPart({ seq }, attempt) {
      const rows: Row[] = [];
      orThrow(attempt('text', () => void rows.push(...one.all(seq))));
      const [row] = rows;
      if (!row) throw new StoreError('failed', 'it is gone');
      const { heads, bodies, ...from } = row;
      const logs = logsOf(heads, bodies);
      const faults = logs.map((posted, n) => attempt(`${n}`, () => place(from, posted)));
      const left = logs.filter((_, n) => faults[n]);
      const why = faults.find((fault) => fault)?.message ?? 'it could not be removed from the inbox';
      if (left.length === 0 || left.length === logs.length) throw new StoreError('failed', why);
      const texts = Buffer.concat(left.map(({ body }) => body));
      const headsLeft = JSON.stringify(left.map(({ log, body }) => ({ ...log, bytes: body.length })));
      orThrow(attempt('rest', () => void shorten.run(left.length, headsLeft, texts, seq)));
      return `${left.length} of its ${logs.length} logs: ${why}`;
    },
  };
}

function orThrow(fault: StoreError | undefined): void {
  if (fault) throw fault;
}

/** Throws when they are not what the post was packed from: then nobody knows where one text ends and the next begins. */
function logsOf(heads: string, bodies: ArrayBuffer): Posted[] {
  let at = 0;
  const logs: Posted[] = [];
  for (const { bytes, ...log } of JSON.parse(heads) as Head[]) {
    logs.push({ log, body: Buffer.from(bodies, at, bytes) });
    at += bytes;
  }
  if (at === bodies.byteLength) return logs;
  throw new StoreError('failed', `its logs have ${at} bytes of text, and it has ${bodies.byteLength}`);
}
