// Where the functions of App Center's Crashes live, once the chunk is there: one room for each `start`.

import { type CrashesListener, type ErrorReport, UserConfirmation } from '../crash-api.js';
import { installName } from '../log/install-id.js';
import { flagsName } from '../log/kept.js';
import { toProperties } from '../log/to-log.js';
import { attempt, settle } from '../platform/guard.js';
import type { Platform, Stop } from '../platform/platform.js';
import { within } from '../platform/within.js';
import { readAnswer, YES } from '../privacy/consent.js';
import { eraseApp } from '../privacy/erase.js';
import { createBox } from './box.js';
import { createCheck } from './check.js';
import { followFlags, keepEarlier, keepFlags } from './flags.js';
import { createLastSession } from './last-session.js';
import { type Joined, type JoinOptions, joinLine, type Kit, type RoomSettings } from './line.js';
import { toReport } from './report.js';
import { throwTestCrash } from './test-crash.js';

/** As App Center's SDKs, and the option. Bytes. */
const MIN_STORAGE_SIZE = 24 * 1024;
/** App Center's `WARN`: what is said is a warning. */
const WARN = 5;
/** How long it may take to find out how the visit before ended; without Web Locks that takes longer. Milliseconds. */
const ENDS_WAIT = 2_000;

export interface Room extends ReturnType<typeof createCrashMethods>, ReturnType<typeof createSettingMethods> {
  /** A client is there. */
  join(options: JoinOptions): readonly Stop[];
  readonly check: ReturnType<typeof createCheck>;
}

/** The client there is, and who waits for one. */
function createSeat() {
  let joined: Joined | undefined;
  const waiting: (() => void)[] = [];
  return {
    now: () => joined,
    sit(next: Joined | undefined) {
      joined = next;
      if (next) for (const go of waiting.splice(0)) go();
    },
    /** In the caller's task where there is one; else as soon as there is. */
    async use<T>(run: (joined: Joined) => T): Promise<T> {
      if (!joined) await new Promise<void>((resolve) => waiting.push(resolve));
      return run(joined as unknown as Joined);
    },
  };
}
type Seat = ReturnType<typeof createSeat>;

/** What is known of the visit before. */
function createLast({ platform, settings, last }: Kit, seat: Seat) {
  /** There is, or will be, a client, and it finds out. */
  const isOn = (): boolean => {
    const answer = readAnswer(platform);
    const may = settings.consent ? answer === YES : !answer || answer === YES;
    return may && !settings.off;
  };
  return {
    isOn,
    /** The person, or the app, has said no: nothing is noted for later. */
    isRefused: (): boolean => !!settings.off || (readAnswer(platform) ?? YES) !== YES,
    report: async (): Promise<ErrorReport | undefined> => {
      const end = isOn()
        ? await seat.use(({ ends }) => settle(within(platform, ENDS_WAIT, () => ends)))
        : undefined;
      return end ? toReport(end) : last.before;
    },
  };
}

/** What is told, and asked. */
function createCrashMethods(kit: Kit, seat: Seat) {
  const { platform, settings } = kit;
  const last = createLast(kit, seat);
  return {
    async attach(id: string, attachments: unknown, early: boolean): Promise<void> {
      // The chunk may be there, and its part of the client's line not yet.
      const unseen = early || !seat.now();
      if (!last.isRefused()) await seat.use((joined) => joined.attach(id, attachments, unseen));
    },
    async addBreadcrumb(message: string, data?: object): Promise<void> {
      const own = data && attempt(() => toProperties(data));
      if (!last.isRefused()) await seat.use((joined) => joined.addBreadcrumb(message, own));
    },
    generateTestCrash: () => seat.use(() => throwTestCrash(platform)),
    lastSessionCrashReport: last.report,
    hasCrashedInLastSession: async () => !!(await last.report()),
    async hasReceivedMemoryWarningInLastSession() {
      const report = await last.report();
      return !!report && !!seat.now()?.isOutOfMemory(report.exceptionReason);
    },
    notifyUserConfirmation: async (confirmation: number) => {
      // What is no answer is no yes.
      if (Object.values<unknown>(UserConfirmation).includes(confirmation))
        return seat.use(({ listening }) => listening.confirm(confirmation));
      const given = attempt(() => String(confirmation));
      platform.say(`notifyUserConfirmation(${given}): write UserConfirmation.SEND, or another of it`);
    },
    isEnabled: async () => !settings.off,
    getInstallId: async () =>
      last.isOn()
        ? seat.use(({ line }) => line.target.installId)
        : (attempt(() => platform.local?.getItem(installName(settings.appSecret))) ?? undefined),
  };
}

/** What is set. */
function createSettingMethods({ platform, settings, follow }: Kit, seat: Seat) {
  const { say } = platform;
  const refresh = () => seat.now()?.refresh();
  return {
    async setUserId(userId: string | null | undefined) {
      settings.userId = userId ?? undefined;
      refresh();
    },
    setListener: (listener: CrashesListener | null | undefined) =>
      seat.use(async (joined) => {
        const done = joined.listening.set(listener);
        refresh();
        await done;
      }),
    async setEnabled(enabled: boolean) {
      settings.off = !enabled;
      keepFlags(platform, settings);
      follow();
      if (!enabled) await settle(eraseApp(platform, settings.appSecret, () => !!settings.off));
    },
    async setNetworkRequestsAllowed(allowed: boolean) {
      settings.quiet = !allowed;
      keepFlags(platform, settings);
      refresh();
      const joined = seat.now();
      if (allowed) joined?.guard(joined.line.sender.drain)();
    },
    async setMaxStorageSize(bytes: number) {
      const is = bytes >= MIN_STORAGE_SIZE;
      settings.maxStorageSize = is ? bytes : settings.maxStorageSize;
      const joined = seat.now();
      if (is && joined) {
        const { queue } = joined.line;
        queue.bounds.maxSize = bytes;
        joined.guard(queue.tidy)();
      }
      if (!is)
        platform.say(`setMaxStorageSize(${bytes}): write a number of bytes, ${MIN_STORAGE_SIZE} at least`);
      return is;
    },
    async setLogLevel(level: number) {
      platform.say = level > WARN ? () => {} : say;
      platform.debug = level < WARN;
    },
  };
}

export function createRoom(settings: RoomSettings, platform: Platform, follow: () => void): Room {
  const last = createLastSession(platform, settings.appSecret);
  const kit: Kit = { platform, settings, follow, last, box: createBox(platform) };
  const seat = createSeat();
  return {
    ...createCrashMethods(kit, seat),
    ...createSettingMethods(kit, seat),
    check: createCheck(platform),
    join(options) {
      keepEarlier(platform, settings);
      const joined = joinLine(kit, options);
      seat.sit(joined);
      // What is ended, or begun again, in another tab is so here.
      const onFlags = platform.on<StorageEvent>('storage', ({ key, newValue }) => {
        if (key !== flagsName(settings.appSecret)) return;
        const { quiet } = settings;
        followFlags(settings, newValue);
        follow();
        if (quiet && !settings.quiet) options.guard(options.line.sender.drain)();
      });
      return [...joined.stops, onFlags, () => seat.sit(undefined)];
    },
  };
}

const rooms = new WeakMap<RoomSettings, Room>();

/**
 * The room of one `start`: whoever comes first, the client or a call, the other finds the same.
 * @param follow begins or ends a client, as the settings say now
 */
export function roomOf(settings: RoomSettings, platform: Platform, follow = () => {}): Room {
  const room = rooms.get(settings) ?? createRoom(settings, platform, follow);
  rooms.set(settings, room);
  return room;
}
