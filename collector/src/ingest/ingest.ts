// One post, stage by stage: who sends → read within limits → parse → admit → store → answer.
import type { Store } from '../store/store.js';
import { HEADER_APP_SECRET, HEADER_INSTALL_ID, QUERY_APP_SECRET, QUERY_INSTALL_ID } from '../wire.js';
import { admit } from './admit.js';
import { preflight, refusal, success } from './answers.js';
import { createAppLookup } from './app-lookup.js';
import { readBody } from './body.js';
import type { Limits } from './limits.js';
import { parseBody } from './parse.js';
import type { Answered, IncomingPost, Ingest } from './post.js';
import { Refused } from './refused.js';
import { createRoom, type Share } from './room.js';
import { createSpacedLog, type Log } from './spaced-log.js';
import { parseUuid, ZERO_UUID } from './uuid.js';

export interface IngestParts {
  readonly store: Pick<Store, 'apps' | 'keep'>;
  readonly limits: Limits;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds that never go back. Default: since the process began. */
  readonly ticks?: () => number;
  /** Called after every commit. */
  readonly onKept: () => void;
  readonly log: Log;
}

export function createIngest(parts: IngestParts): Ingest {
  const { store, limits, now, ticks = () => performance.now(), onKept, log } = parts;
  const appOf = createAppLookup(store, ticks);
  const room = createRoom(limits);
  const complain = createSpacedLog(log, ticks);

  async function receive(post: IncomingPost): Promise<Answered> {
    const app = await appOf(field(post, HEADER_APP_SECRET, QUERY_APP_SECRET));
    if (!app) {
      throw new Refused(401, 'AppSecretDenied', `${HEADER_APP_SECRET}: not the secret of an app here`);
    }
    if (app.disabledAt !== undefined) {
      throw new Refused(403, 'AppDisabled', `${HEADER_APP_SECRET}: this app was disabled`);
    }
    room.check();
    const share = room.share();
    try {
      return await take(post, app.id, share);
    } finally {
      share.giveBack();
    }
  }

  async function take(post: IncomingPost, appId: number, share: Share): Promise<Answered> {
    const { installId, faults } = installOf(post);
    const parsed = parseBody(await readBody(post, limits, share));
    const sender = { appId, installId, receivedAt: now() };
    const { logs, ids, faults: faultsOfLogs } = admit(parsed.logs, sender);
    if (logs.length > 0) {
      await room.waiting(() => store.keep({ ...sender, logs }));
      onKept();
    }
    return success(ids, [...faults, ...parsed.faults, ...faultsOfLogs]);
  }

  return async (post) => {
    if (post.method === 'OPTIONS') return preflight();
    try {
      if (post.method !== 'POST') throw new Refused(405, 'MethodNotAllowed', 'logs are posted: use POST');
      return await receive(post);
    } catch (error) {
      if (error instanceof Refused) return refusal(error);
      complain('a post could not be stored and was put off', error);
      return refusal(
        new Refused(503, 'ServiceUnavailable', 'the logs could not be stored; post again later'),
      );
    }
  };
}

function installOf(post: IncomingPost): { installId: string; faults: string[] } {
  const installId = parseUuid(field(post, HEADER_INSTALL_ID, QUERY_INSTALL_ID));
  if (installId) return { installId, faults: [] };
  return { installId: ZERO_UUID, faults: [`${HEADER_INSTALL_ID}: must be uuid`] };
}

/** A header, or the query field that stands for it where none can be set: a beacon. Names in any case. */
function field(post: IncomingPost, header: string, query: string): string | undefined {
  const value = post.header(header.toLowerCase());
  if (value !== undefined) return value;
  for (const [name, item] of post.query) if (name.toLowerCase() === query) return item;
  return undefined;
}
