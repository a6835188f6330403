// The reporter's line, from what a page threw to the post: reading this file is reading the reporter.
import { onError } from './capture/on-error.js';
import { onRejection } from './capture/on-rejection.js';
import { toException } from './exception/to-exception.js';
import type { Context } from './log/context.js';
import { createDevice, type LoadParser } from './log/device.js';
import { readInstallId } from './log/install-id.js';
import { toLog, toProperties } from './log/to-log.js';
import type { Settings } from './options.js';
import { attempt, createGuard } from './platform/guard.js';
import type { Platform, Stop } from './platform/platform.js';
import { toKey } from './queue/log-store.js';
import { openQueue } from './queue/open-queue.js';
import { createPost } from './send/post.js';
import { createSender } from './send/sender.js';
import type { Thrown } from './thrown.js';
import { MAX_USER_ID } from './wire/index.js';

// Bound when the reporter loads: a page may replace it later, and break it.
const { stringify } = JSON;

export interface Client {
  /** Reports `error`, of which the app has taken care itself; gives the report's id. Never throws. */
  trackError(error: unknown, properties?: Record<string, string> | undefined): string;
  stop: Stop;
}

export function createClient(settings: Settings, platform: Platform, load: LoadParser): Client {
  const { appSecret, logUrl, appVersion, appBuild, userId, debug } = settings;
  const { now, uuid, facts } = platform;
  const guard = createGuard(platform, debug);
  const context: Context = {
    device: createDevice({ platform, guard, app: { appVersion, appBuild }, load }),
    sid: uuid(),
    userId: userId && `${userId}`.slice(0, MAX_USER_ID),
    launched: now(),
    processName: facts.origin,
  };
  const target = { logUrl, appSecret, installId: readInstallId(platform, appSecret) };
  const queue = openQueue({ platform, guard, appSecret, target, onOpen: () => sender.drain() });
  const post = createPost(platform, target);
  const sender = createSender({ platform, guard, queue, post, lock: `crashpost.${appSecret}` });

  // One task, from the throw to the disk and the wire: whatever happens to the page next, the report is out.
  const report = guard((thrown: Thrown, id: string = uuid(), properties?: object) => {
    const time = now();
    const what = {
      id,
      time,
      handled: thrown.handled,
      exception: toException(thrown),
      properties: attempt(() => properties && toProperties(properties)),
    };
    const log = toLog(what, context);
    const entry = { key: toKey(time, id), json: stringify(log) };
    queue.put(entry);
    sender.send(entry);
  });

  const stops = [onError(platform, report), onRejection(platform, report), ...sender.start(), queue.close];
  return {
    trackError: (value, properties) => {
      const id = uuid();
      report({ value, handled: true }, id, properties);
      return id;
    },
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}
