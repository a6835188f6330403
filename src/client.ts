// The reporter's line, from what a page threw to the post: reading this file is reading the reporter.
import { createMender } from './capture/mend.js';
import { onError } from './capture/on-error.js';
import { markRealm, onFrames } from './capture/on-frames.js';
import { onRejection } from './capture/on-rejection.js';
import { onResource } from './capture/on-resource.js';
import { createOnce } from './capture/once.js';
import { createRelay } from './capture/relayed.js';
import { toFittingJson } from './exception/fit.js';
import { toException } from './exception/to-exception.js';
import { createContext } from './log/context.js';
import type { LoadParser } from './log/device.js';
import { createFlood } from './log/flood.js';
import { isIgnored } from './log/ignored.js';
import { readInstallId } from './log/install-id.js';
import { toKept } from './log/kept.js';
import { type Occurrence, toLog, toProperties } from './log/to-log.js';
import type { Settings } from './options.js';
import { attempt, createGuard } from './platform/guard.js';
import type { Platform, Stop } from './platform/platform.js';
import { toKey } from './queue/log-store.js';
import { openQueue } from './queue/open-queue.js';
import { createPost } from './send/post.js';
import { createSender } from './send/sender.js';
import type { Thrown } from './thrown.js';

export interface Client {
  /**
   * Reports `error`, of which the app has taken care itself; gives the report's id. Never throws.
   * @param at when, if not now. Milliseconds since the epoch
   */
  trackError(error: unknown, properties?: Record<string, string> | undefined, at?: number): string;
  stop: Stop;
}

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
      if (isIgnored(exception.message, ignore)) return;
      const { handled, at: time = now(), id = uuid() } = thrown;
      const own = attempt(() => properties && toProperties(properties));
      admit({ id, time, handled, exception, properties: own }, thrown);
    } finally {
      busy = false;
    }
  };
}

export function createClient(settings: Settings, platform: Platform, load: LoadParser): Client {
  const { appSecret, logUrl, debug } = settings;
  const { uuid, realm } = platform;
  const guard = createGuard(platform, debug);
  const context = createContext({ platform, guard, app: settings, load });
  const target = { logUrl, appSecret, installId: readInstallId(platform, appSecret) };
  const kept = toKept(platform, target, settings);
  const queue = openQueue({ platform, guard, appSecret, kept, onOpen: () => sender.drain() });
  const post = createPost(platform, target);
  const sender = createSender({ platform, guard, queue, post, lock: `crashpost.${appSecret}` });

  // One task, from the throw to the disk and the wire: whatever happens to the page next, the report is out.
  const toEntry = (occurrence: Occurrence) => ({
    key: toKey(occurrence.time, occurrence.id),
    json: toFittingJson(toLog(occurrence, context)),
  });
  const keep = guard((occurrence: Occurrence) => {
    const entry = toEntry(occurrence);
    queue.put(entry);
    sender.send(entry);
  });
  const flood = createFlood(platform, keep);
  const hold = (occurrence: Occurrence) => {
    const entry = toEntry(occurrence);
    queue.hold(entry);
    return () => queue.remove([entry.key]);
  };
  const relay = createRelay({ platform, guard, hold, admit: flood.admit });
  const report = guard(createReading(platform, settings, relay.admit));

  const { mend, recall } = createMender(platform, settings.wrapCallbacks);
  const uncaught = (thrown: Thrown) => report(recall(thrown));
  const stops = [onError(platform, uncaught), onRejection(platform, uncaught), ...sender.start()];
  // Last: the reporter's own callbacks need no wrapper.
  stops.push(...mend(realm), markRealm(realm));
  if (settings.resources) stops.push(onResource(platform, report));
  if (settings.iframes)
    stops.push(
      onFrames(platform, (inFrames) => [onError(inFrames, uncaught), onRejection(inFrames, uncaught)], mend),
    );
  return {
    trackError: (value, properties, at) => {
      const id = uuid();
      report({ value, handled: true, at, id }, properties);
      return id;
    },
    stop: () => {
      for (const stop of [...stops, relay.stop, flood.stop, queue.close]) stop();
    },
  };
}
