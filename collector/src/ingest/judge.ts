// What is wrong with a log. Asked of every log that is kept; what costs more only of those that have a fault.
import { parseUuid } from '../texts.js';
import { type Fault, faultsOfLog } from '../wire.js';
import { withWireKeys } from './keys.js';
import { isMissing } from './rules.js';
import { parseTimestamp } from './timestamp.js';

type Json = Record<string, unknown>;

/** A log with the keys of the wire, and its faults. */
export interface Judged {
  readonly json: string;
  readonly log: Json;
  readonly faults: readonly Fault[];
}

/** @param json what `log` was parsed from. */
export function judge(json: string, log: Json, path: string): Judged {
  const faults = faultsOfLog(log, path);
  if (faults.length === 0) return { json, log, faults };
  // Below its top level keys were not looked at: it costs as much as all else, and what is there mostly is right.
  const spelled = hasElsewhere(json, faults) ? withWireKeys(json) : json;
  const right = spelled === json ? log : (JSON.parse(spelled) as Json);
  const left = right === log ? faults : faultsOfLog(right, path);
  return { json: spelled, log: right, faults: left.filter((fault) => !isRead(fault, right, path)) };
}

/** Whether what is missing is in the text all the same, in whatever case. A client that leaves a field out does so always. */
function hasElsewhere(json: string, faults: readonly Fault[]): boolean {
  const names = faults.filter(isMissing).map(({ path }) => path.slice(path.lastIndexOf('.') + 1));
  return names.length > 0 && new RegExp(`"(?:${[...new Set(names)].join('|')})"`, 'i').test(json);
}

/** What reads fields that clients write in more ways than App Center's swagger knows. */
const READS = new Map<string, (value: unknown) => unknown>([
  ['id', parseUuid],
  ['errorId', parseUuid],
  ['sid', parseUuid],
  ['timestamp', parseTimestamp],
  ['appLaunchTimestamp', parseTimestamp],
]);

/** Whether it is of a field that says all the same what it should: an id with blanks around it, a date of RFC 1123. */
function isRead({ path: at }: Fault, log: Json, path: string): boolean {
  const name = at.slice(path.length + 1);
  return READS.get(name)?.(log[name]) !== undefined;
}
