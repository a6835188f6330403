// What a visit leaves in `localStorage` for the next one, should it come to a bad end.
import { attempt } from '../platform/guard.js';
import type { ManagedErrorLog } from '../wire/index.js';

/** Names of an app's records, and of the locks of the visits that left them, begin so; the visit's id comes after it. */
export const prefixOf = (appSecret: string): string => `crashpost.visit.${appSecret}.`;

export interface VisitRecord {
  /** The report of its end, as it would be made now. */
  readonly log: ManagedErrorLog;
  /** Whether anybody could see the page. */
  readonly visible: boolean;
  /** Of the memory that the page may have, the part it had. From 0 to 1. */
  readonly full?: number | undefined;
  /** The browser itself tells of crashes, where the site asks for it: its word is better than ours, and comes soon. */
  readonly told?: boolean | undefined;
}

/** One that cannot be read is none. */
export function parseRecord(json: string | null): VisitRecord | undefined {
  const record: Partial<VisitRecord> | undefined = attempt(() => JSON.parse(json ?? ''));
  return record?.log?.exception && record.log.id ? (record as VisitRecord) : undefined;
}
