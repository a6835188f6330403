// The peers of bench/, through the same rows: each with its own library, and a server that takes what it posts.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { bundlePeer, PEERS, type Peer } from '../../bench/bundle.mjs';
import { allowOrigin, messagesIn, textOf } from '../../bench/forms.mjs';
import { FaultServer } from './fault-server.js';
import type { Parts } from './round.js';
import type { Site } from './site.js';
import type { Stage } from './stage.js';

const OFFLINE: Peer = {
  name: 'Sentry, offline transport',
  entry: 'sentry-offline',
  library: '@sentry/browser',
};
const ROLLBAR: Peer = { name: 'Rollbar', entry: 'rollbar', library: 'rollbar' };
const TRIED = ['Sentry', 'Bugsnag', 'Honeybadger'];

/** All with their defaults, and Sentry with what it has for being offline, too. */
export const TRIED_PEERS: readonly Peer[] = [
  OFFLINE,
  ...PEERS.filter(({ name }) => TRIED.includes(name)),
  ROLLBAR,
];

/** Takes whatever is posted, and says yes. */
async function startTaker() {
  const shown: string[] = [];
  const server = createServer(async (request, response) => {
    allowOrigin(request, response);
    if (request.method === 'OPTIONS') return response.writeHead(204).end();
    const text = await textOf(request).catch(() => '');
    shown.push(...messagesIn(request.url ?? '/', text));
    // Rollbar takes no other success for one, and the others take this.
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}`, shown, server };
}

export interface Field {
  readonly site: Site;
  readonly stage: Stage;
}

/** Runs `use` with that peer in the page, and a fault server before its server; gives its name and version too. */
export async function withPeer(
  peer: Peer,
  { site, stage }: Field,
  use: (parts: Parts, name: string) => Promise<void>,
): Promise<void> {
  const { name, code } = await bundlePeer(peer);
  const taker = await startTaker();
  const faults = await FaultServer.before(taker.url);
  site.scripts.set(`/peer/${peer.entry}.js`, code);
  const start = `subject.start(${JSON.stringify(faults.url)}, {})`;
  const reporter = { script: `/peer/${peer.entry}.js`, start };
  const subject = { reporter, ready: 'await wait(500)', shown: async () => [...taker.shown] };
  try {
    await use({ stage, faults, subject }, name);
  } finally {
    await faults.close();
    taker.server.close();
    taker.server.closeAllConnections();
  }
}
