// One post, stage by stage: who sends → read within limits → parse → admit → store → answer.
import type { App, RefusedSample, Store } from '../store/store.js';
import { HEADER_APP_SECRET } from '../wire.js';
import { admit, type Sender } from './admit.js';
import { preflight, refusal, success } from './answers.js';
import { readBody } from './body.js';
import type { Limits } from './limits.js';
import { type Parsed, parseLogs } from './parse.js';
import type { Answered, IncomingPost, Ingest } from './post.js';
import { Refused } from './refused.js';
import type { Share } from './room.js';
import type { RefusedLog } from './rules.js';
import { createShared, type Shared } from './shared.js';
import type { Log } from './spaced-log.js';
import type { Places } from './throttle.js';
import { checkApp, checkOrigin, type Installed, installOf, isOld, secretOf } from './who.js';

export interface IngestParts {
  readonly store: Pick<Store, 'apps' | 'keep'>;
  readonly limits: Limits;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds that never go back. Default: since the process began. */
  readonly ticks?: () => number;
  /** Why posts must be put off just now, for a person; nothing when they need not. Default: never. */
  readonly pressure?: () => string | undefined;
  /** What it has in common with ingestion of another kind. Default: its own. */
  readonly shared?: Shared;
  /** What is in a body. Default: logs. */
  readonly parse?: (body: Uint8Array, receivedAt: number) => Parsed;
  /** Called after every commit. */
  readonly onKept: () => void;
  /** Told what was not taken of an app. Default: nobody. */
  readonly onRefused?: (appId: number, refused: readonly RefusedSample[]) => void;
  /** Told of a post with the old secret of an app, or with one that no app has. Default: nobody. */
  readonly onSecret?: (secret: string | undefined, app?: App) => void;
  readonly log: Log;
}

export function createIngest(parts: IngestParts): Ingest {
  const { limits, now, ticks = () => performance.now(), onKept } = parts;
  const { pressure = () => undefined, onRefused = () => {}, onSecret = () => {} } = parts;
  const shared = parts.shared ?? createShared(parts);
  const { room, appOf, throttle, complain } = shared;
  const begin = createBegin(parts, shared);

  async function receive(post: IncomingPost): Promise<Answered> {
    const begun = ticks();
    const secret = secretOf(post);
    const asked = appOf(secret);
    const app = asked instanceof Promise ? await room.asking(asked, limits.answerMs) : asked;
    // Both waits for the store together: a client waits for one answer.
    const patience = limits.answerMs - (ticks() - begun);
    if (!app || isOld(secret, app)) onSecret(secret, app);
    if (!app) {
      throw new Refused(401, 'AppSecretDenied', `${HEADER_APP_SECRET}: not the secret of an app here`);
    }
    const sender = { appId: app.id, receivedAt: now(), ...installOf(post) };
    const share = room.share();
    try {
      checkApp(app);
      checkOrigin(post, app);
      const why = pressure();
      if (why) throw new Refused(503, 'ServiceUnavailable', `${why}; post again later`);
      room.check();
      return await take(post, sender, { share, patience, places: throttle(app.id) });
    } catch (error) {
      if (isFinal(error)) onRefused(app.id, [sampleOf(error, sender)]);
      throw error;
    } finally {
      share.giveBack();
    }
  }

  async function take(post: IncomingPost, from: Sender & Installed, waits: Waits) {
    try {
      const { kept, answered, refused } = begin(await readBody(post, limits, waits.share), from, waits);
      if (kept) {
        await kept;
        onKept();
      }
      onRefused(from.appId, refused);
      return answered;
    } catch (error) {
      // Else what is posted again, as it was told, would find its own places taken.
      waits.places.giveBack();
      throw error;
    }
  }

  return answering(receive, complain);
}

/** From a body to what becomes of it. */
type Begin = (body: Uint8Array, from: Sender & Installed, waits: Waits) => Begun;

/**
 * What it returns is not async: what was parsed is garbage then, and does not wait for the commit. Sixty-four posts of
 * fifty logs that kept it were more than the young generation holds (measured: collecting it was a sixth of the thread).
 */
function createBegin({ store, limits, parse = parseLogs }: IngestParts, { room }: Shared): Begin {
  return (body, { faults: ofPost, ...who }, { share, patience, places }) => {
    const parsed = parse(body, who.receivedAt);
    const sender = { ...who, installId: parsed.installId ?? who.installId };
    const admitted = admit(parsed.logs, sender, { limits, places });
    const { logs, ids, throttled, faults } = admitted;
    const keep = () => store.keep({ ...sender, logs });
    return {
      kept: logs.length > 0 ? room.waiting(share, keep, patience) : undefined,
      answered: success({ ids, throttled, faults: [...ofPost, ...parsed.faults, ...faults] }),
      refused: samplesOf(parsed.refused ?? admitted.refused, sender),
    };
  };
}

/** Makes an answer of whatever is thrown. */
function answering(receive: (post: IncomingPost) => Promise<Answered>, complain: Log): Ingest {
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

interface Waits {
  readonly share: Share;
  /** How long the store may take. Milliseconds. */
  readonly patience: number;
  readonly places: Places;
}

/** A post on its way to the store. */
interface Begun {
  /** Settles with the commit; absent when there is nothing to keep. */
  readonly kept: Promise<void> | undefined;
  /** To be said after that. */
  readonly answered: Answered;
  readonly refused: readonly RefusedSample[];
}

/** Whether the owner of the app should know: what is posted again, or was broken off, is no loss. */
function isFinal(error: unknown): error is Refused {
  return (
    error instanceof Refused &&
    error.httpStatus < 500 &&
    error.httpStatus !== 408 &&
    error.status !== 'IncompleteBody'
  );
}

function sampleOf({ status, message }: Refused, { installId, receivedAt }: Sender): RefusedSample {
  return { reason: status, at: receivedAt, installId, logId: '', type: '', fault: message };
}

function samplesOf(refused: readonly RefusedLog[], { installId, receivedAt: at }: Sender): RefusedSample[] {
  return refused.map(({ reason, fault, id: logId, type }) => {
    return { reason, at, installId, logId, type, fault: `${fault.path}: ${fault.message}` };
  });
}
