import type { Placed, PostAside, SetAside } from '../upkeep.js';
import { bounded } from './bodies.js';
import type { Reads } from './calls.js';
import { type Connection, isOfStore, toStoreError } from './connection.js';

type PostRow = Omit<PostAside & Placed, 'json'> & { bodies: ArrayBuffer };

/** Statements are prepared once, here. */
export function asideReads(db: Connection): Pick<Reads, 'setAside' | 'postsAsideAfter'> {
  const reasons = db.prepare<SetAside & { count: number }>(
    'SELECT place, reason, count(*) AS count FROM aside GROUP BY place, reason ORDER BY count DESC LIMIT 10',
  );
  const posts = db.prepare<Placed>(
    "SELECT seq FROM aside WHERE place = 'inbox' AND seq > ? ORDER BY seq LIMIT ?",
  );
  const post = db.prepare<PostRow>(
    `SELECT seq, app_id AS appId, install_id AS installId, received_at AS receivedAt, reason, heads, bodies
     FROM inbox JOIN aside USING (seq) WHERE place = 'inbox' AND seq = ?`,
  );
  const head = db.prepare<Omit<PostAside & Placed, 'json' | 'heads'>>(
    `SELECT seq, app_id AS appId, install_id AS installId, received_at AS receivedAt, reason
     FROM inbox JOIN aside USING (seq) WHERE place = 'inbox' AND seq = ?`,
  );
  const read = ({ seq }: Placed): (PostAside & Placed)[] => {
    try {
      return post.all(seq).map(({ bodies, ...row }) => ({
        ...row,
        json: JSON.stringify(Buffer.from(bodies).toString()),
      }));
    } catch (error) {
      if (isOfStore(error)) throw error;
      const fault = `its text is damaged: ${toStoreError(error).message}`;
      return head.all(seq).map((row) => ({ ...row, heads: '', json: '', fault }));
    }
  };
  return {
    setAside: () => reasons.all(),
    postsAsideAfter: (place, limit) => bounded(posts.all(place, limit), read),
  };
}
