// The page's listener has a say in each crash: whether it is processed, whether somebody is to be asked, what goes with
// it. The crash is on disk before any of that, under a key that nobody sends; it takes its own when it may go.

import type { CrashesListener, ErrorReport } from '../crash-api.js';
import { UserConfirmation } from '../crash-api.js';
import { type Guard, settle } from '../platform/guard.js';
import type { Entry } from '../queue/log-store.js';
import { HELD } from '../queue/log-store.js';
import { type Box, isPromise } from './box.js';
import type { Flags } from './flags.js';
import { crashOf } from './report.js';
import { createTelling, has, type Telling } from './telling.js';

export interface ListeningOptions {
  readonly box: Box;
  readonly guard: Guard;
  readonly settings: Flags;
  /** They are other ones now, for later visits too. */
  readonly keepFlags: () => void;
  /** To the disk, and, unless its key is a held one, to the wire. */
  readonly pass: (entry: Entry) => void;
  /** Nobody gets it. */
  readonly drop: (held: Entry) => Promise<void>;
  readonly remove: (keys: readonly string[]) => Promise<void>;
  /** All that is held on disk, of this visit, of earlier ones, of workers. */
  readonly readHeld: () => Promise<Entry[]>;
  readonly attach: (errorId: string, attachments: unknown) => Promise<void>;
  /** False when the client has ended: what the page answers then waits for the next. */
  readonly isLive: () => boolean;
}

export interface Listening extends Telling {
  /** The last step of a crash of this visit. */
  crash(entry: Entry): void;
  set(listener: CrashesListener | null | undefined): Promise<void>;
  confirm(confirmation: number): Promise<void>;
}

const heldOf = (entry: Entry): Entry => ({ ...entry, key: HELD + entry.key });

/** What is held: how it comes to an end. */
function createFates(options: ListeningOptions, listenerNow: () => CrashesListener) {
  const { box, guard, pass, remove, attach, isLive } = options;
  /** What waits for the person, by its own key. */
  const waiting = new Map<string, Entry>();
  /** By their own keys: none comes to its end twice. */
  const decided = new Set<string>();
  const follow = guard(async (report: ErrorReport) => {
    const listener = listenerNow();
    const given = box.ask('getErrorAttachments', () => listener.getErrorAttachments?.(report));
    const attachments = isPromise(given) ? await given : given;
    if (attachments && isLive()) await attach(report.id, attachments);
  });
  const decide = ({ key }: Entry): void => {
    waiting.delete(key);
    decided.add(key);
  };
  return {
    ...{ waiting, decided },
    drop: (entry: Entry) => {
      decide(entry);
      return options.drop(heldOf(entry));
    },
    /** It goes, with what is to follow it. */
    go: (entry: Entry) => {
      const report = has(listenerNow(), 'getErrorAttachments') && crashOf(entry);
      if (report) follow(report);
      pass(entry);
    },
    /** First there, then gone: who dies in between has it twice, and the collector knows it by its id. */
    async release(entry: Entry) {
      decide(entry);
      this.go(entry);
      await remove([HELD + entry.key]);
    },
  };
}
type Fates = ReturnType<typeof createFates>;

/** Asks the listener, in one task, but for what it takes itself. */
function createDecide(options: ListeningOptions, fates: Fates, listenerNow: () => CrashesListener) {
  const { box, settings, isLive } = options;
  const { waiting, decided } = fates;
  /** Of each, the latest to ask: a listener that is set meanwhile is asked anew, and the answer of the first is none. */
  const turns = new Map<string, symbol>();
  return async (entry: Entry): Promise<void> => {
    const { key } = entry;
    // What was read from disk just before it was removed.
    if (decided.has(key)) return;
    const turn = Symbol();
    turns.set(key, turn);
    const isOver = () => turns.get(key) !== turn || decided.has(key) || !isLive();
    const asked = listenerNow();
    const report = crashOf(entry);
    if (report) {
      let given = box.ask('shouldProcess', () => asked.shouldProcess?.(report));
      if (isPromise(given)) {
        given = await given;
        if (isOver()) return;
      }
      if (given === false) return fates.drop(entry);
    }
    if (has(asked, 'shouldAwaitUserConfirmation') && !settings.always) {
      // Before it is asked: a page may well ask the person in there, and answer.
      waiting.set(key, entry);
      const given = box.ask('shouldAwaitUserConfirmation', () => asked.shouldAwaitUserConfirmation?.());
      if ((isPromise(given) ? (await given) || isOver() : given) || !waiting.has(key)) return;
    }
    await fates.release(entry);
  };
}

export function createListening(options: ListeningOptions): Listening {
  const { guard, pass, readHeld, settings, keepFlags, isLive } = options;
  let listener: CrashesListener | undefined;
  const listenerNow = () => listener ?? {};
  const fates = createFates(options, listenerNow);
  const decide = createDecide(options, fates, listenerNow);
  const { waiting } = fates;
  let reading: Promise<unknown> | undefined;
  const decideHeld = async (given: CrashesListener): Promise<void> => {
    for (const { key, json } of await readHeld()) {
      // The next to be set reads again.
      if (listener !== given || !isLive()) return;
      const own = key.slice(HELD.length);
      if (!waiting.has(own)) await decide({ key: own, json });
    }
  };
  const shouldAsk = () => has(listenerNow(), 'shouldAwaitUserConfirmation') && !settings.always;
  return {
    ...createTelling(options.box, listenerNow),
    crash(entry) {
      const asks = ['shouldProcess', 'shouldAwaitUserConfirmation'] as const;
      // At an earlier visit a listener has asked: as long as none is set, nothing goes.
      if (!listener && settings.ask) return pass(heldOf(entry));
      if (!asks.some((name) => has(listenerNow(), name))) return fates.go(entry);
      pass(heldOf(entry));
      guard(decide)(entry);
    },
    async set(given) {
      listener = given ?? {};
      settings.ask = shouldAsk();
      keepFlags();
      waiting.clear();
      // What cannot be read now is looked for at the next visit.
      reading = settle(decideHeld(listener));
      await reading;
    },
    async confirm(confirmation) {
      const { ALWAYS_SEND, DONT_SEND } = UserConfirmation;
      settings.always = confirmation === ALWAYS_SEND;
      // Without a listener, as the one of an earlier visit has left it.
      settings.ask = listener ? shouldAsk() : !!settings.ask && !settings.always;
      keepFlags();
      const fate = confirmation === DONT_SEND ? fates.drop : (entry: Entry) => fates.release(entry);
      const end = guard((entry: Entry) => isLive() && fate(entry));
      for (const entry of [...waiting.values()]) end(entry);
      // What an earlier visit has left may still be on its way from the disk.
      if (!reading) return;
      await reading;
      for (const entry of [...waiting.values()]) end(entry);
    },
  };
}
