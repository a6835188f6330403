// The rows that a peer can have, with the peers: `npm run test:faults -- --peers`. Nothing is asserted: what they keep is
// theirs to say, and here to be counted.
import { LONG, runCell, type Scale } from './cell.js';
import type { PeerFigures } from './peer-table.js';
import { TRIED_PEERS, withPeer } from './peers.js';
import { keepResult } from './results.js';
import { isDone, RUN } from './row.js';
import { ROWS } from './rows.js';
import { test } from './setting.js';

/** What is missing after this long is not waited for: most of it is lost, and there are many cells. Milliseconds. */
const SCALE: Scale = {
  ...LONG,
  trials: Number(process.env.FAULTS_TRIALS ?? 10),
  settle: 1_000,
  patience: 12_000,
};

/** Rows 1 to 8: those after them are of our own storage, or ask for a service worker. */
const rows = ROWS.filter(({ id }) => Number.parseInt(id, 10) <= 8);

if (process.env.FAULTS === 'peers')
  for (const peer of TRIED_PEERS)
    for (const row of rows.filter(({ id }) => !isDone(id, peer.entry)))
      test(`${row.id} ${peer.entry}: ${row.title}`, async ({ setting }) => {
        test.setTimeout(600_000);
        const stage = setting.stage({ engine: 'chromium' });
        await withPeer(peer, { site: setting.site, stage }, async (parts, name) => {
          const figures = await runCell(row, parts, SCALE);
          const result: PeerFigures = { ...figures, engine: peer.entry, name };
          keepResult(RUN, result);
        });
      });
