// Which logs are not taken although they can be read, and why. Each is told by a word that the site explains.
import type { Fault } from '../wire.js';
import type { Limits } from './limits.js';
import type { Places } from './throttle.js';

/** Why a log is not taken. */
export interface Refusal {
  readonly reason: Reason;
  /** For a person, with the path to what is wrong. */
  readonly fault: Fault;
}

/** A log that is not taken, for the app's owner. Texts are empty where the log does not say. */
export interface RefusedLog extends Refusal {
  readonly id: string;
  readonly type: string;
}

export type Reason =
  | 'NoLogs'
  | 'NotALog'
  | 'TooDeep'
  | 'NoErrorId'
  | 'AttachmentTooLarge'
  | 'TooOld'
  | 'TooFarAhead'
  | 'MissingField'
  | 'CrashesPerMinute'
  | 'ErrorsPerMinute';

export interface Rules {
  readonly limits: Pick<Limits, 'pastMs' | 'futureMs' | 'attachmentBytes' | 'requiredFields'>;
  readonly places: Places;
}

/** A log, and what is known of it. */
export interface Candidate {
  readonly log: Record<string, unknown>;
  readonly type: string;
  readonly path: string;
  readonly faults: readonly Fault[];
  /** By which it is known. */
  readonly id: string;
  readonly receivedAt: number;
  /** When it says it happened, if it does. */
  readonly time: number | undefined;
}

/** Whether a fault is that of a field that is not there. */
export function isMissing({ message }: Fault): boolean {
  return message.startsWith('required ');
}

/** Whether a reason is one for which the same log may be posted again later. */
export function isThrottled({ reason }: Refusal): boolean {
  return reason === 'CrashesPerMinute' || reason === 'ErrorsPerMinute';
}

/** Why a log is not taken; nothing when it is, and then it has been counted. */
export function refusalOf(candidate: Candidate, { limits, places }: Rules): Refusal | undefined {
  return (
    timeRefusal(candidate, limits) ??
    sizeRefusal(candidate, limits) ??
    fieldRefusal(candidate, limits) ??
    // The last: what is not taken for another reason takes nobody's place.
    rateRefusal(candidate, places)
  );
}

function timeRefusal({ time, path, receivedAt }: Candidate, limits: Rules['limits']): Refusal | undefined {
  if (time === undefined) return undefined;
  const at = `${path}.timestamp`;
  if (time < receivedAt - limits.pastMs) {
    return { reason: 'TooOld', fault: { path: at, message: `more than ${spanText(limits.pastMs)} ago` } };
  }
  if (time > receivedAt + limits.futureMs) {
    const message = `more than ${spanText(limits.futureMs)} ahead`;
    return { reason: 'TooFarAhead', fault: { path: at, message } };
  }
  return undefined;
}

function sizeRefusal({ log, type, path }: Candidate, limits: Rules['limits']): Refusal | undefined {
  if (type !== 'errorAttachment' || typeof log.data !== 'string') return undefined;
  const bytes = Math.floor((log.data.length * 3) / 4) - (/=*$/.exec(log.data.slice(-2))?.[0].length ?? 0);
  if (bytes <= limits.attachmentBytes) return undefined;
  const message = `at most ${limits.attachmentBytes} bytes are taken, has ${bytes}`;
  return { reason: 'AttachmentTooLarge', fault: { path: `${path}.data`, message } };
}

function fieldRefusal({ faults }: Candidate, { requiredFields }: Rules['limits']): Refusal | undefined {
  const missing = requiredFields && faults.find(isMissing);
  return missing ? { reason: 'MissingField', fault: missing } : undefined;
}

function rateRefusal({ type, path, id }: Candidate, places: Places): Refusal | undefined {
  if (type === 'managedError' || type === 'appleError') {
    if (places.take('crash', id)) return undefined;
    return { reason: 'CrashesPerMinute', fault: { path, message: 'too many crashes in this minute' } };
  }
  if (type !== 'handledError' || places.take('error', id)) return undefined;
  return { reason: 'ErrorsPerMinute', fault: { path, message: 'too many errors in this minute' } };
}

function spanText(ms: number): string {
  const hours = ms / 3_600_000;
  return hours >= 48 ? `${Math.round(hours / 24)} days` : `${Math.round(hours * 10) / 10} hours`;
}
