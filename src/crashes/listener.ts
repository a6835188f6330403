// The page's listener has a say in each crash: whether it is processed, whether somebody is to be asked, what goes with
// it. The crash is on disk before any of that, under a key that nobody sends; it takes its own when it may go.

import type { CrashesListener, ErrorReport } from '../crash-api.js';
import { UserConfirmation } from '../crash-api.js';
import { type Guard, settle } from '../platform/guard.js';
import type { Entry } from '../queue/log-store.js';
import { HELD, idOf } from '../queue/log-store.js';
import { type Box, isPromise } from './box.js';
import type { Flags } from './flags.js';
import { crashOf } from './report.js';

/** What became of a post, as the sender tells it. */
export interface Verdict {
  readonly kind: string;
  readonly valid?: readonly string[];
  readonly throttled?: readonly string[];
  readonly reason?: string;
}

export interface ListeningOptions {
  readonly box: Box;
  readonly guard: Guard;
  readonly settings: Flags;
  /** They are other ones now, for later visits too. */
  readonly keepFlags: () => void;
  /** To the disk, and, unless its key is a held one, to the wire. */
  readonly pass: (entry: Entry) => void;
  readonly remove: (keys: readonly string[]) => Promise<void>;
  /** All that is held on disk, of this visit, of earlier ones, of workers. */
  readonly readHeld: () => Promise<Entry[]>;
  readonly attach: (errorId: string, attachments: unknown) => Promise<void>;
}

export interface Listening {
  /** The last step of a crash of this visit. */
  crash(entry: Entry): void;
  set(listener: CrashesListener | null | undefined): Promise<void>;
  confirm(confirmation: number): Promise<void>;
  posting(batch: readonly Entry[]): void;
  answered(batch: readonly Entry[], verdict: Verdict): void;
}

const heldOf = (entry: Entry): Entry => ({ ...entry, key: HELD + entry.key });

/** What becomes of the logs, told to the listener, each once. */
function createTelling(
  box: Box,
  listenerNow: () => CrashesListener,
): Pick<Listening, 'posting' | 'answered'> {
  const told = new Set<string>();
  const tell = (
    name: 'onBeforeSending' | 'onSendingSucceeded' | 'onSendingFailed',
    entry: Entry,
    reason = '',
  ) => {
    const mark = `${name} ${idOf(entry.key)}`;
    const listener = listenerNow();
    if (!listener[name] || told.has(mark)) return;
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

/** What is held: how it comes to an end. */
function createFates(options: ListeningOptions, listenerNow: () => CrashesListener) {
  const { box, guard, pass, remove, attach } = options;
  /** What waits for the person, by its own key. */
  const waiting = new Map<string, Entry>();
  const follow = guard(async (report: ErrorReport) => {
    const listener = listenerNow();
    const given = box.ask('getErrorAttachments', () => listener.getErrorAttachments?.(report));
    const attachments = isPromise(given) ? await given : given;
    if (attachments) await attach(report.id, attachments);
  });
  return {
    waiting,
    drop: (entry: Entry) => {
      waiting.delete(entry.key);
      return remove([HELD + entry.key]);
    },
    /** It goes, with what is to follow it. */
    go: (entry: Entry) => {
      const report = listenerNow().getErrorAttachments && crashOf(entry);
      if (report) follow(report);
      pass(entry);
    },
    /** First there, then gone: who dies in between has it twice, and the collector knows it by its id. */
    async release(entry: Entry) {
      waiting.delete(entry.key);
      this.go(entry);
      await remove([HELD + entry.key]);
    },
  };
}
type Fates = ReturnType<typeof createFates>;

/** Asks the listener, in one task, but for what it takes itself. */
function createDecide({ box, settings }: ListeningOptions, fates: Fates, listenerNow: () => CrashesListener) {
  const { waiting } = fates;
  return async (entry: Entry): Promise<void> => {
    const asked = listenerNow();
    const report = crashOf(entry);
    if (report) {
      const given = box.ask('shouldProcess', () => asked.shouldProcess?.(report));
      if ((isPromise(given) ? await given : given) === false) return fates.drop(entry);
    }
    if (asked.shouldAwaitUserConfirmation && !settings.always) {
      // Before it is asked: a page may well ask the person in there, and answer.
      waiting.set(entry.key, entry);
      const given = box.ask('shouldAwaitUserConfirmation', () => asked.shouldAwaitUserConfirmation?.());
      if ((isPromise(given) ? await given : given) || !waiting.has(entry.key)) return;
    }
    await fates.release(entry);
  };
}

export function createListening(options: ListeningOptions): Listening {
  const { guard, pass, readHeld, settings, keepFlags } = options;
  let listener: CrashesListener | undefined;
  const listenerNow = () => listener ?? {};
  const fates = createFates(options, listenerNow);
  const decide = createDecide(options, fates, listenerNow);
  const { waiting } = fates;
  let reading: Promise<unknown> | undefined;
  const decideHeld = async (): Promise<void> => {
    for (const { key, json } of await readHeld()) {
      const own = key.slice(HELD.length);
      if (!waiting.has(own)) await decide({ key: own, json });
    }
  };
  return {
    ...createTelling(options.box, listenerNow),
    crash(entry) {
      const { shouldProcess, shouldAwaitUserConfirmation } = listenerNow();
      // At an earlier visit a listener has asked: as long as none is set, nothing goes.
      if (!listener && settings.ask) return pass(heldOf(entry));
      if (!shouldProcess && !shouldAwaitUserConfirmation) return fates.go(entry);
      pass(heldOf(entry));
      guard(decide)(entry);
    },
    async set(given) {
      listener = given ?? {};
      settings.ask = !!listener.shouldAwaitUserConfirmation && !settings.always;
      keepFlags();
      waiting.clear();
      // What cannot be read now is looked for at the next visit.
      reading = settle(decideHeld());
      await reading;
    },
    async confirm(confirmation) {
      const { ALWAYS_SEND, DONT_SEND } = UserConfirmation;
      settings.always = confirmation === ALWAYS_SEND;
      settings.ask = !!listener?.shouldAwaitUserConfirmation && !settings.always;
      keepFlags();
      const end = guard(confirmation === DONT_SEND ? fates.drop : (entry: Entry) => fates.release(entry));
      for (const entry of [...waiting.values()]) end(entry);
      // What an earlier visit has left may still be on its way from the disk.
      if (!reading) return;
      await reading;
      for (const entry of [...waiting.values()]) end(entry);
    },
  };
}
