// Chromium tells the site itself when a page's process dies (Reporting API, `crash`), and hands on what the page has
// given it to keep: our record, so that its report and ours are one. https://wicg.github.io/crash-reporting/
import { attempt, settle } from '../platform/guard.js';
import type { Realm } from '../platform/platform.js';
import { CRASH_REPORT_KEY } from '../wire/index.js';

/** Not in TypeScript's library: Chromium 145 and later, secure contexts. */
interface CrashReport {
  /** Once per page. @param length bytes of one entry, at most 65,536 */
  initialize(length: number): Promise<void>;
  set(key: string, value: string): void;
  delete(key: string): void;
}

/** More than a record has: its breadcrumbs are bounded. Bytes. */
const LENGTH = 32_768;

/** Gives what keeps the last text, or none any more; nothing where the browser has no such thing. */
export function createTold(realm: Realm): ((json: string | undefined) => void) | undefined {
  const crashReport = attempt(() => (realm as Realm & { crashReport?: CrashReport }).crashReport);
  if (!crashReport) return undefined;
  let last: string | undefined;
  let ready = false;
  const tell = () =>
    attempt(() =>
      last === undefined ? crashReport.delete(CRASH_REPORT_KEY) : crashReport.set(CRASH_REPORT_KEY, last),
    );
  const begin = async () => {
    // Rejected where the page has done so itself: then there is room for ours, or there is not.
    await settle(crashReport.initialize(LENGTH));
    ready = true;
    tell();
  };
  settle(begin());
  return (json) => {
    last = json;
    if (ready) tell();
  };
}
