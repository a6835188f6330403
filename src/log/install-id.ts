import { attempt } from '../platform/guard.js';
import type { Platform } from '../platform/platform.js';

/** Its name in `localStorage`. */
export const installName = (appSecret: string): string => `crashpost.install.${appSecret}`;

/**
 * A random id of this browser and app, as App Center's Install-ID; a new one at each visit where nothing can be stored:
 * the reports of one visit still count as one install.
 */
export function readInstallId({ local, uuid }: Platform, appSecret: string): string {
  const key = installName(appSecret);
  // Reading and writing throw where storage is full or forbidden.
  const id = attempt(() => local?.getItem(key)) || uuid();
  attempt(() => local?.setItem(key, id));
  return id;
}
