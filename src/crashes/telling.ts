// What becomes of the logs, told to the page's listener.
import type { CrashesListener } from '../crash-api.js';
import { attempt } from '../platform/guard.js';
import type { Entry } from '../queue/log-store.js';
import { idOf } from '../queue/log-store.js';
import type { Box } from './box.js';
import { crashOf } from './report.js';

/** What became of a post, as the sender tells it. */
export interface Verdict {
  readonly kind: string;
  readonly valid?: readonly string[];
  readonly throttled?: readonly string[];
  readonly reason?: string;
}

export interface Telling {
  /** A post is about to be made. */
  posting(batch: readonly Entry[]): void;
  /** It was answered, or was not. */
  answered(batch: readonly Entry[], verdict: Verdict): void;
}

/** Reading it may throw, as calling it may. */
export const has = (listener: CrashesListener, name: keyof CrashesListener): boolean =>
  !!attempt(() => listener[name]);

/** What becomes of the logs, told to the listener, each once. */
export function createTelling(box: Box, listenerNow: () => CrashesListener): Telling {
  const told = new Set<string>();
  const tell = (
    name: 'onBeforeSending' | 'onSendingSucceeded' | 'onSendingFailed',
    entry: Entry,
    reason = '',
  ) => {
    const mark = `${name} ${idOf(entry.key)}`;
    const listener = listenerNow();
    if (!has(listener, name) || told.has(mark)) return;
    const report = crashOf(entry);
    if (!report) return;
    told.add(mark);
    box.ask(name, () => listener[name]?.(report, reason));
  };
  return {
    posting: (batch) => {
      for (const entry of batch) tell('onBeforeSending', entry);
    },
    answered: (batch, { kind, valid = [], throttled = [], reason }) => {
      for (const entry of batch) {
        const id = idOf(entry.key);
        if (kind === 'accepted' && valid.includes(id)) tell('onSendingSucceeded', entry);
        // Of a refused batch only one is at fault: each comes again alone.
        else if ((kind === 'accepted' && !throttled.includes(id)) || (kind === 'refused' && !batch[1]))
          tell('onSendingFailed', entry, reason);
      }
    },
  };
}
