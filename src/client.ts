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
import { createContext } from './log/context.js';
import type { LoadParser } from './log/device.js';
import { createFlood } from './log/flood.js';
import { isIgnored } from './log/ignored.js';
import { readInstallId } from './log/install-id.js';
import { toKept } from './log/kept.js';
import { type Occurrence, toLog, toProperties } from './log/to-log.js';
import type { Settings } from './options.js';
import { attempt, createGuard, type Guard } from './platform/guard.js';
import type { Platform, Stop } from './platform/platform.js';
import { createCover } from './privacy/cover.js';
import { toEntry, toLock } from './queue/log-store.js';
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
  trackError(error: unknown, properties?: Record<string, string> | undefined, at?: number): string;
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

type Log = ReturnType<typeof toLog>;
type Stamp = Pick<Occurrence, 'time' | 'id'>;

/** From what a log says to the disk and the wire. */
function createDelivery(
  settings: Settings,
  platform: Platform,
  { guard, device, extra: care }: Chunks & { guard: Guard },
) {
  const { appSecret, logUrl, ignore, maxStorageSize: maxSize } = settings;
  const context = createContext({ platform, guard, app: settings, load: device });
  const target = { logUrl, appSecret, installId: readInstallId(platform, appSecret) };
  const kept = toKept(platform, target, settings);
  const cover = createCover(settings);
  const onOpen = () => sender.drain();
  const queue = openQueue({ platform, guard, appSecret, kept, maxSize, care, onOpen });
  const post = createPost(platform, target);
  const sender = createSender({ platform, guard, queue, post, care, lock: toLock(appSecret) });

  // One task, from the throw to the disk and the wire: whatever happens to the page next, the report is out.
  const describe = (occurrence: Occurrence) =>
    toLog({ ...occurrence, exception: cover.exception(occurrence.exception) }, context);
  const entryOf = ({ id }: Stamp, log: Log) =>
    toEntry(
      platform.now(),
      { id, handled: log.type === 'handledError' },
      cover.addresses(toFittingJson(log)),
    );
  const keep = guard((of: Stamp, log: Log) => {
    const losses = queue.takeLosses();
    const properties = losses && { ...toProperties(losses), ...log.properties };
    const entry = entryOf(of, properties ? { ...log, properties } : log);
    queue.put(entry);
    sender.send(entry);
  });
  const flood = createFlood(
    platform,
    guard((occurrence: Occurrence) => keep(occurrence, describe(occurrence))),
  );
  const hold = (occurrence: Occurrence) => {
    const entry = entryOf(occurrence, describe(occurrence));
    queue.hold(entry);
    return () => queue.remove([entry.key]);
  };
  // Again here: what a service worker hands over has not been asked about.
  const count = (occurrence: Occurrence) =>
    isIgnored(occurrence.exception.message, ignore) || flood.admit(occurrence);
  const relay = createRelay({ platform, guard, hold, admit: count });
  return {
    admit: relay.admit,
    keep,
    describe,
    cover: cover.text,
    start: () => [...sender.start(), relay.stop, flood.stop, queue.close],
  };
}

export function createClient(settings: Settings, platform: Platform, chunks: Chunks): Client {
  const { uuid, realm, on, idle } = platform;
  const { debug, resources, iframes, breadcrumbs, uncleanExits } = settings;
  const guard = createGuard(platform, debug);
  const { admit, start, ...delivery } = createDelivery(settings, platform, { ...chunks, guard });
  let extras: Extras | undefined;
  const report = guard(
    createReading(platform, settings, (occurrence, thrown) =>
      admit({ ...occurrence, breadcrumbs: extras?.crumbs() }, thrown),
    ),
  );

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
    const early: Event[] = [];
    // Each keeps its element.
    const hear = () => on<Event>('error', (event) => early.length < MAX_EARLY && early.push(event));
    const forget = resources ? hear() : () => {};
    stops.unshift(forget);
    try {
      const { addExtras } = await chunks.extra();
      if (!live) return;
      extras = addExtras({ ...delivery, platform, guard, settings, early, listen, report, mend });
    } finally {
      forget();
    }
    stops.unshift(...extras.stops);
  });
  if (resources || iframes) begin();
  else if (breadcrumbs !== false || uncleanExits !== false) idle(begin);
  return {
    trackError: (value, properties, at) => {
      const id = uuid();
      report({ value, handled: true, at, id }, properties);
      return id;
    },
    stop,
  };
}
