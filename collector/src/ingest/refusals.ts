// What was refused, for the app's owner. Counted in memory and handed to the store once a second: a flood of bad posts
// costs one small write a second, and a SIGKILL the counts of the last one (never a report that was acknowledged).
import type { RefusedCount, RefusedLogs, RefusedSample, Store } from '../store/store.js';
import type { Log } from './spaced-log.js';

export interface Refusals {
  note(appId: number, refused: readonly RefusedSample[]): void;
  /** Hands over what is left. */
  close(): Promise<void>;
}

interface Parts {
  readonly store: Pick<Store, 'keepRefused'>;
  readonly log: Log;
  readonly everyMs?: number;
}

const EVERY_MS = 1_000;

/** Logs of one app told of one by one in each round; beyond it they are only counted. */
const MAX_SAMPLES = 20;

/** Characters of a text that the sender chose. */
const MAX_TEXT = 300;

interface Noted {
  readonly counts: Map<string, RefusedCount>;
  readonly samples: RefusedSample[];
}

export function createRefusals({ store, log, everyMs = EVERY_MS }: Parts): Refusals {
  let noted = new Map<number, Noted>();
  let timer: NodeJS.Timeout | undefined;

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const refused = [...noted].map(toRefusedLogs);
    noted = new Map();
    if (refused.length === 0) return;
    try {
      await store.keepRefused(refused);
    } catch (error) {
      log('the counts of what was refused could not be stored', error);
    }
  }

  return {
    note(appId, refused) {
      if (refused.length === 0) return;
      const of: Noted = noted.get(appId) ?? { counts: new Map(), samples: [] };
      noted.set(appId, of);
      for (const sample of refused) {
        const { reason, at: lastAt } = sample;
        of.counts.set(reason, { reason, logs: (of.counts.get(reason)?.logs ?? 0) + 1, lastAt });
        if (of.samples.length < MAX_SAMPLES) of.samples.push(shortened(sample));
      }
      timer ??= setTimeout(() => void flush(), everyMs).unref();
    },
    close: flush,
  };
}

function toRefusedLogs([appId, { counts, samples }]: [number, Noted]): RefusedLogs {
  return { appId, counts: [...counts.values()], samples };
}

function shortened({ logId, type, fault, ...rest }: RefusedSample): RefusedSample {
  return {
    ...rest,
    logId: logId.slice(0, MAX_TEXT),
    type: type.slice(0, MAX_TEXT),
    fault: fault.slice(0, MAX_TEXT),
  };
}
