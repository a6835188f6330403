// The reporter's line, from what a page threw to the post: reading this file is reading the reporter.
import { markRealm } from './capture/mark.js';
import { createMender } from './capture/mend.js';
import { onError } from './capture/on-error.js';
import { onRejection } from './capture/on-rejection.js';
import { createOnce } from './capture/once.js';
import { createRelay } from './capture/relayed.js';
import { toFittingJson } from './exception/fit.js';
import { toException } from './exception/to-exception.js';
import type * as Extra from './extra.js';
import type { Extras } from './extra.js';
import { createHooks, createKeep, type Log, type Stamp } from './gate.js';
import { createContext } from './log/context.js';
import type { LoadParser } from './log/device.js';
import { createFlood } from './log/flood.js';
import { isIgnored } from './log/ignored.js';
import { readInstallId } from './log/install-id.js';
import { toKept } from './log/kept.js';
import { type Occurrence, toLog, toProperties } from './log/to-log.js';
import { MIN_STORAGE_SIZE, type Settings, STORAGE_SIZE } from './options.js';
import { attempt, createGuard, type Guard } from './platform/guard.js';
import type { Platform, Stop } from './platform/platform.js';
import { createCover } from './privacy/cover.js';
import { type Entry, HELD, toEntry, toLock } from './queue/log-store.js';
import { openQueue } from './queue/open-queue.js';
import { createPost } from './send/post.js';
import { createSender } from './send/sender.js';
import type { Thrown } from './thrown.js';

/** What is loaded when it is needed, each by the entry's own way. */
export interface Chunks {
  readonly device: LoadParser;
  readonly extra: () => Promise<typeof Extra>;
}

export interface Client {
  /**
   * Reports `error`, of which the app has taken care itself; gives the report's id. Never throws.
   * @param at when, if not now. Milliseconds since the epoch
   */
  trackError(error: unknown, properties?: object | undefined, at?: number): string;
  stop: Stop;
}

/** The files of the script tag and its chunks. */
const OURS = /\/crashpost(\.\w+)?\.min\.js$/;

/** Error events kept while what hears them is loaded. */
const MAX_EARLY = 100;

/** From anything thrown to what a log says of it; what was reported already, or is not wanted, ends here. */
function createReading(
  { now, uuid }: Platform,
  { ignore }: Settings,
  admit: (occurrence: Occurrence, thrown: Thrown) => void,
): (thrown: Thrown, properties?: object) => void {
  const isNew = createOnce();
  let busy = false;
  return (thrown, properties) => {
    // Reading an error may run the page's code, and that may report the next: once round is enough.
    if (busy) throw new Error('reported while an error was read');
    busy = true;
    try {
      if (!isNew(thrown)) return;
      const exception = toException(thrown);
      // A fault of ours is none of the page's, and to report it may bring about the next.
      if (!thrown.handled && OURS.test(exception.frames?.[0]?.fileName ?? '')) throw thrown.value;
      if (isIgnored(exception.message, ignore)) return;
      const { handled, at: time = now(), id = uuid() } = thrown;
      const own = attempt(() => properties && toProperties(properties));
      admit({ id, time, handled, exception, properties: own }, thrown);
    } finally {
      busy = false;
    }
  };
}

/** From what a log says to the disk and the wire. */
function createDelivery(
  settings: Settings,
  platform: Platform,
  { guard, device, extra: care }: Chunks & { guard: Guard },
) {
  const { appSecret, logUrl, ignore } = settings;
  // What a script tag says is text.
  const maxSize = Math.max(Number(settings.maxStorageSize) || STORAGE_SIZE, MIN_STORAGE_SIZE);
  const context = createContext({ platform, guard, app: settings, load: device });
  const target = { logUrl, appSecret, installId: readInstallId(platform, appSecret) };
  const kept = toKept(platform, target, settings);
  const cover = createCover(settings);
  const pass = (entry: Entry) => {
    queue.put(entry);
    if (entry.key < HELD) sender.send(entry);
  };
  const hooks = createHooks(settings, pass);
  const onOpen = () => sender.drain();
  const queue = openQueue({ platform, guard, appSecret, kept, maxSize, care, onOpen });
  const post = createPost(platform, target);
  const sender = createSender({ platform, guard, queue, post, care, hooks, lock: toLock(appSecret) });

  // One task, from the throw to the disk and the wire: whatever happens to the page next, the report is out.
  const describe = (occurrence: Occurrence) =>
    toLog({ ...occurrence, exception: cover.exception(occurrence.exception) }, context);
  const entryOf = ({ id }: Stamp, log: Log) =>
    toEntry(
      platform.now(),
      { id, handled: log.type === 'handledError' },
      // Its id stays, whatever `beforeSend` gave: the key has it, and what goes with the report names it.
      cover.addresses(toFittingJson({ ...log, id })),
    );
  const keep = guard(createKeep({ settings, hooks, entryOf }));
  const flood = createFlood(
    platform,
    // Again here: what a service worker hands over has not been asked about.
    guard((of: Occurrence) => isIgnored(of.exception.message, ignore) || keep(of, describe(of))),
  );
  const hold = (occurrence: Occurrence) => {
    const entry = entryOf(occurrence, describe(occurrence));
    queue.hold(entry);
    return () => queue.remove([entry.key]);
  };
  const relay = createRelay({ platform, guard, hold, admit: flood.admit });
  return {
    admit: relay.admit,
    keep,
    describe,
    cover: cover.text,
    line: { queue, sender, post, hooks, context, target, pass },
    start: () => [...sender.start(), post.stop, relay.stop, flood.stop, queue.close],
  };
}

/** Loads the chunk, and hears what fails to load in the meantime, where that is asked for. */
async function loadHearing({ on }: Platform, { extra }: Chunks, resources: boolean | undefined) {
  const early: Event[] = [];
  // Each keeps its element.
  const hear = () => on<Event>('error', (event) => early.length < MAX_EARLY && early.push(event));
  const forget = resources ? hear() : () => {};
  try {
    return { ...(await extra()), early };
  } finally {
    forget();
  }
}

export function createClient(settings: Settings, platform: Platform, chunks: Chunks): Client {
  const { uuid, realm, idle } = platform;
  const { debug, resources, iframes, sampleRate } = settings;
  const guard = createGuard(platform, debug);
  // What is no number is 1.
  const wanted = !(Math.random() >= Number(sampleRate));
  const { admit, start, ...delivery } = createDelivery(settings, platform, { ...chunks, guard });
  let extras: Extras | undefined;
  const read = createReading(platform, settings, (occurrence, thrown) =>
    admit({ ...occurrence, breadcrumbs: extras?.crumbs() }, thrown),
  );
  const report = guard(wanted ? read : () => {});

  const { mend, recall } = createMender(platform, settings.wrapCallbacks);
  const uncaught = (thrown: Thrown) => report(recall(thrown));
  const listen = (where: Platform) => [onError(where, uncaught), onRejection(where, uncaught)];
  const stops = [...listen(platform), ...start()];
  let live = true;
  // Last: the reporter's own callbacks need no wrapper.
  stops.unshift(...mend(realm), markRealm(realm));
  const stop = () => {
    live = false;
    // Each, whatever the page has broken.
    for (const one of stops) attempt(one);
  };
  const begin = guard(async () => {
    const { addExtras, early } = await loadHearing(platform, chunks, resources);
    if (!live) return;
    const own = { platform, guard, settings, wanted, early, listen, report, mend };
    extras = addExtras({ ...delivery, ...own });
    stops.unshift(...extras.stops);
  });
  if (resources || iframes) begin();
  else idle(begin);
  return {
    trackError: (value, properties, at) => {
      const id = uuid();
      extras?.check(properties);
      report({ value, handled: true, at, id }, properties);
      return id;
    },
    stop,
  };
}
