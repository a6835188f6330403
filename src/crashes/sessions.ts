// App Center's sessions (SessionTracker, both SDKs): a page load begins one, as a launch does there, and coming back
// begins another where the page was in the background for long, and sent nothing.
import { toJson } from '../platform/json.js';
import type { Platform, Stop } from '../platform/platform.js';
import { type Entry, toEntry } from '../queue/log-store.js';
import type { Device } from '../wire/index.js';

/** In the background, and without a log. Milliseconds. */
export const SESSION_TIMEOUT = 20_000;

export interface SessionsOptions {
  readonly platform: Platform;
  readonly context: { sid: string; readonly userId: string | undefined; readonly device: () => Device };
  /** To the disk and the wire. */
  readonly pass: (entry: Entry) => void;
  /** Whether the collector is told; the session's id changes in any case. */
  readonly told: boolean;
}

export interface Sessions {
  /** The page may be seen: the first visit begins. Apart, as who is to know of posts has to know of this one. */
  start(): void;
  /** A log was sent. */
  touch(): void;
  readonly stops: readonly Stop[];
}

export function createSessions({ platform, context, pass, told }: SessionsOptions): Sessions {
  const { now, uuid, hidden, on } = platform;
  let begun: string | undefined;
  let left: number | undefined;
  let sent = now();
  const begin = (): void => {
    if (begun === context.sid) return;
    begun = context.sid;
    if (!told) return;
    const { sid, userId } = context;
    const timestamp = new Date(now()).toISOString();
    const log = { type: 'startSession', timestamp, sid, userId, device: context.device() };
    pass(toEntry(now(), { id: uuid(), handled: true }, toJson(log)));
  };
  const turn = (): void => {
    if (hidden()) {
      left ??= now();
      return;
    }
    // Not earlier: what was never seen, a tab opened in the background, a page rendered ahead, is no visit.
    if (left !== undefined && now() - Math.max(left, sent) >= SESSION_TIMEOUT && begun) context.sid = uuid();
    left = undefined;
    begin();
  };
  const leave = (): void => {
    left ??= now();
  };
  return {
    start: turn,
    touch: () => {
      sent = now();
    },
    // Out of the back/forward cache a page comes by `pageshow`, in Safari by that alone.
    stops: [on('visibilitychange', turn), on('pagehide', leave), on('pageshow', turn)],
  };
}
