// The last step before the disk and the wire, where others have a say: the page's `beforeSend`, and, once the chunk is
// there, its listener.

import { type Occurrence, type toLog, toProperties } from './log/to-log.js';
import { settle } from './platform/guard.js';
import { toJson } from './platform/json.js';
import { type Entry, HELD } from './queue/log-store.js';
import type { Around } from './send/attempt.js';

export interface GateSettings {
  readonly beforeSend?: ((log: never) => object | null | undefined) | undefined;
  /** Crashes are kept, and not sent: a listener is to be asked first, and is not there yet. */
  readonly ask?: boolean;
  /** Nothing is sent. */
  readonly quiet?: boolean;
  readonly sampleRate?: number | undefined;
}

export type Log = ReturnType<typeof toLog>;
export type Stamp = Pick<Occurrence, 'time' | 'id'> & { readonly handled?: boolean };

/** What the chunk puts in the way of logs, once it is there. */
export interface Hooks {
  /** The last step: whether, and when, an entry is sent. */
  take: (entry: Entry, of: Stamp) => void;
  /** The last crash that came before the chunk. */
  crash?: Entry;
  around: Around;
  /** What there is to say of reports that were given up, as properties; said again when this report goes nowhere. */
  losses?: {
    take: () => object | undefined;
    back: (said: object | undefined) => void;
    lost: (json: string | undefined) => void;
  };
  /** What `beforeSend` has thrown, or what could not be kept of what it gave. */
  fault?: unknown;
}

/** @param pass to the disk, and, unless it is held, to the wire */
export function createHooks(settings: GateSettings, pass: (entry: Entry) => void): Hooks {
  const hooks: Hooks = {
    around: async (_, run) => (settings.quiet ? { kind: 'retry' } : await run()),
    take: (entry, { handled }) => {
      if (handled) return pass(entry);
      hooks.crash = entry;
      pass(settings.ask ? { ...entry, key: HELD + entry.key } : entry);
    },
  };
  return hooks;
}

export interface KeepOptions {
  readonly settings: GateSettings;
  readonly hooks: Hooks;
  readonly entryOf: (of: Stamp, log: Log) => Entry;
}

/** Keeps a log, with what there is to say of others that are not reported, as the page's `beforeSend` has it. */
export function createKeep({ settings, hooks, entryOf }: KeepOptions) {
  const { beforeSend, sampleRate } = settings;
  const sampled = Number(sampleRate) < 1 && { 'crashpost.sampleRate': sampleRate };
  return (of: Stamp, { ...log }: Log): void => {
    const losses = hooks.losses?.take();
    if (losses || sampled) log.properties = { ...toProperties({ ...losses, ...sampled }), ...log.properties };
    let entry: Entry | undefined;
    try {
      if (beforeSend) {
        // Its own copy: what it has begun to edit when it throws must not be half told.
        const made = beforeSend(JSON.parse(toJson(log)) as never) as Log | null;
        if (made === null) return void hooks.losses?.back(losses);
        // It may be a promise: what that rejects with would be the page's next error, and so on without end.
        settle(made as never);
        // What is no log fails here.
        entry = entryOf(of, (made.exception && made) as Log);
      }
    } catch (error) {
      hooks.fault = error;
    }
    hooks.take(entry ?? entryOf(of, log), of);
  };
}
