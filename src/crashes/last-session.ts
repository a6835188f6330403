// What the visit before has left of its crash: in this tab, else in any of this origin.

import type { ErrorReport } from '../crash-api.js';
import { attempt } from '../platform/guard.js';
import { toJson } from '../platform/json.js';
import type { Platform } from '../platform/platform.js';

/** Its name, in `sessionStorage` and `localStorage`. */
export const crashName = (appSecret: string): string => `crashpost.crash.${appSecret}`;

/** Characters of a stack that are kept for the page itself: the collector has all of it. */
const MAX_STACK = 4_096;

export interface LastSession {
  /** The crash of the visit before. */
  readonly before: ErrorReport | undefined;
  /** This visit begins: what the one before has left is known, and not the next one's. */
  begin(): void;
  /** This visit has crashed. */
  keep(crash: ErrorReport): void;
}

export function createLastSession({ local, realm }: Platform, appSecret: string): LastSession {
  const name = crashName(appSecret);
  const stores = [attempt(() => realm.sessionStorage), local];
  const read = (store: Storage | undefined): ErrorReport | undefined =>
    attempt(() => {
      const report = JSON.parse(store?.getItem(name) ?? '');
      return typeof report.id === 'string' ? report : undefined;
    });
  const each = (run: (store: Storage) => void): void => {
    // Each throws where storage is full or forbidden.
    for (const store of stores) if (store) attempt(() => run(store));
  };
  return {
    before: read(stores[0]) ?? read(stores[1]),
    begin: () => each((store) => store.removeItem(name)),
    keep: (crash) => {
      const json = toJson({ ...crash, exception: crash.exception?.slice(0, MAX_STACK) });
      each((store) => store.setItem(name, json));
    },
  };
}
