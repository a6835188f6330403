import type { ErrorReport } from '../crash-api.js';
import { attempt } from '../platform/guard.js';
import type { Entry } from '../queue/log-store.js';
import type { ManagedErrorLog } from '../wire/index.js';

/** What the page is told of a crash. */
export function toReport(log: ManagedErrorLog): ErrorReport {
  const { id, timestamp = '', appLaunchTimestamp = timestamp, exception, device, processId } = log;
  return {
    id,
    appErrorTime: timestamp,
    appStartTime: appLaunchTimestamp,
    exceptionName: exception.type,
    exceptionReason: exception.message ?? '',
    exception: exception.stackTrace,
    device: { ...device },
    appProcessIdentifier: processId,
  };
}

/** The crash that an entry of the queue holds; nothing where it is another log, or cannot be read. */
export function crashOf({ key, json }: Entry): ErrorReport | undefined {
  // Without reading it: most entries are none.
  if (!key.includes('-fatal-')) return undefined;
  return attempt(() => {
    const log: ManagedErrorLog = JSON.parse(json);
    return log.type === 'managedError' ? toReport(log) : undefined;
  });
}
