// The room's part in a client's line: what it puts in the way of logs.
import type { Context } from '../log/context.js';
import type { Kept } from '../log/kept.js';
import { attempt, type Guard } from '../platform/guard.js';
import type { Platform, Stop } from '../platform/platform.js';
import { type Entry, idOf } from '../queue/log-store.js';
import type { Queue } from '../queue/open-queue.js';
import type { ManagedErrorLog, Target } from '../wire/index.js';
import { createAttach } from './attachments.js';
import type { Box } from './box.js';
import { type Flags, keepFlags } from './flags.js';
import { readHeld } from './held.js';
import type { LastSession } from './last-session.js';
import { createLeave, type Leave } from './leave.js';
import { createListening, type Listening } from './listener.js';
import { crashOf } from './report.js';
import { createSessions } from './sessions.js';
import type { Telling, Verdict } from './telling.js';
import { keepForWorkers } from './workers.js';

/** How often at most a crash is noted for the next visit: an error in a loop must not write it each time. Milliseconds. */
const NOTE_EVERY = 1_000;

/** Reports of this visit that attachments may still follow. */
const MAX_KEPT = 1_000;

/** The settings that matter here; some of them change with what the app says. */
export interface RoomSettings extends Flags, Pick<Kept, 'ignore'> {
  readonly appSecret: string;
  readonly consent?: 'ask' | undefined;
  readonly sessions?: boolean | undefined;
  userId?: string | undefined;
  maxStorageSize: number;
}

/** What a client lets be put in the way of logs (gate.ts). */
export interface Hooks {
  take: (entry: Entry, of: Of) => void;
  around(batch: readonly Entry[], run: () => Promise<Verdict>): Promise<Verdict>;
  losses?: { lost: (json: string | undefined) => void };
  fault?: unknown;
  crash?: Entry;
}

/** What came with a log. */
interface Of {
  readonly time: number;
  readonly id: string;
  readonly handled?: boolean;
}

/** What a client gives. */
export interface Line {
  readonly queue: Queue;
  readonly sender: { drain(): Promise<void>; post(batch: readonly Entry[]): void };
  readonly post: { hasRoom(size: number): boolean };
  readonly hooks: Hooks;
  readonly context: Context;
  readonly target: Target;
  readonly pass: (entry: Entry) => void;
}

export interface JoinOptions {
  readonly line: Line;
  readonly guard: Guard;
  /** This visit is among those that report. */
  readonly wanted: boolean;
  readonly addBreadcrumb: (message: string, data?: Record<string, string>) => void;
  /** How the visit before ended, if it ended badly; and with its memory full. */
  readonly ends: Promise<ManagedErrorLog | undefined>;
  readonly isOutOfMemory: (message: string) => boolean;
}

/** What of the room outlives a client. */
export interface Kit {
  readonly platform: Platform;
  readonly settings: RoomSettings;
  /** Begins or ends a client, as the settings say now. */
  readonly follow: () => void;
  readonly box: Box;
  readonly last: LastSession;
}

export interface Joined extends Omit<JoinOptions, 'wanted'> {
  readonly listening: Listening;
  /** To follow the report `id`. What was dropped gets none; of what was `early`, before the chunk, that is not known. */
  readonly attach: (id: string, attachments: unknown, early: boolean) => void;
  /** What workers go by is kept anew. */
  readonly refresh: () => void;
  readonly stops: readonly Stop[];
}

/** Notes the crashes of this visit, for the next one to ask. */
function createNote({ platform, last }: Kit, first: Entry | undefined): (entry: Entry) => void {
  let noted = Number.NEGATIVE_INFINITY;
  const note = (entry: Entry): void => {
    const time = platform.now();
    // Not "later than": a clock may be put back.
    if (Math.abs(time - noted) < NOTE_EVERY) return;
    const report = crashOf(entry);
    // That is one of the visit before.
    if (!report || report.exceptionName === 'UncleanExit') return;
    noted = time;
    last.keep(report);
  };
  if (first) note(first);
  return note;
}

/** Remembers the ids of the latest reports. */
function createKept() {
  const ids = new Set<string>();
  return {
    has: (id: string) => ids.has(id),
    add: (id: string) => {
      ids.add(id);
      if (ids.size > MAX_KEPT) ids.delete([...ids][0] ?? '');
    },
  };
}

interface Told {
  readonly sessions: { touch(): void };
  readonly leave: Pick<Leave, 'begun'>;
  readonly listening: Telling;
}

/** Who is to know of each post, and what becomes of it. */
const createAround =
  (settings: RoomSettings, hooks: Hooks, { sessions, leave, listening }: Told): Hooks['around'] =>
  async (batch, run) => {
    if (settings.quiet) return { kind: 'retry' };
    leave.begun(batch);
    sessions.touch();
    listening.posting(batch);
    const verdict = await run();
    listening.answered(batch, verdict);
    const { kind, valid = [], throttled = [] } = verdict;
    const has = ({ key }: Entry) => [...valid, ...throttled].includes(idOf(key));
    for (const entry of batch)
      if (kind === 'accepted' ? !has(entry) : kind === 'refused' && !batch[1]) hooks.losses?.lost(entry.json);
    return verdict;
  };

export function joinLine(kit: Kit, { line, guard, wanted, ...rest }: JoinOptions): Joined {
  const { platform, settings, box, last } = kit;
  const { queue, hooks, context } = line;
  const leave = createLeave({ ...line, platform, guard });
  const { pass } = leave;
  let live = true;
  const isLive = () => live;
  const attach = createAttach({ platform, context, pass, isLive });
  last.begin();
  const told = wanted && settings.sessions !== false;
  const sessions = createSessions({ platform, context, pass, told });
  const listening = createListening({
    ...{ box, guard, pass, attach, settings, isLive },
    drop: ({ key, json }) => {
      hooks.losses?.lost(json);
      return queue.remove([key]);
    },
    remove: queue.remove,
    readHeld: () => readHeld(platform, queue),
    keepFlags: () => keepFlags(platform, settings),
  });
  const note = createNote(kit, hooks.crash);
  const kept = createKept();
  let said = false;
  hooks.take = (entry, of) => {
    attempt(() => note(entry));
    // Said once: it fails with every report.
    if (hooks.fault && !said)
      platform.say('beforeSend failed, and the report is kept as it was:', hooks.fault);
    said ||= !!hooks.fault;
    if (of.handled) pass(entry);
    else listening.crash(entry);
    kept.add(of.id);
  };
  hooks.around = createAround(settings, hooks, { sessions, leave, listening });
  sessions.start();
  const refresh = guard(() => keepForWorkers(kit, line));
  return {
    ...{ ...rest, line, guard, listening, refresh },
    attach: (id, attachments, early) => {
      if (early ? wanted : kept.has(id)) guard(attach)(id, attachments);
    },
    stops: [...sessions.stops, ...leave.stops, () => (live = false)],
  };
}
