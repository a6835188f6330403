import type { IncomingLog } from '../store/store.js';
import { parseUuid } from '../texts.js';
import { type Fault, faultText, isObject } from '../wire.js';
import { judge } from './judge.js';
import { hasStrangeKeys, withWireKeys } from './keys.js';
import { MAX_FAULTS, MAX_LOG_DEPTH } from './limits.js';
import { isThrottled, type Refusal, type RefusedLog, type Rules, refusalOf } from './rules.js';
import type { Slice } from './slices.js';
import { parseTimestamp } from './timestamp.js';
import { toId, uuidOf } from './uuid.js';

export interface Sender {
  readonly appId: number;
  readonly installId: string;
  readonly receivedAt: number;
}

export interface Admitted {
  /** To be kept. */
  readonly logs: readonly IncomingLog[];
  /** The ids of the diagnostics logs among `logs` as the client wrote them. */
  readonly ids: readonly string[];
  /** Ids of those that may be posted again later. */
  readonly throttled: readonly string[];
  readonly refused: readonly RefusedLog[];
  readonly faults: readonly string[];
}

/** The diagnostics logs, on which an answer gives a verdict. */
const DIAGNOSTICS = new Set(['managedError', 'handledError', 'appleError', 'errorAttachment']);

/**
 * Kept beside them: sessions for crash-free rates, events and pages for what happened before a crash. All others are
 * taken and forgotten: App Center's SDKs send them at every start.
 */
const KEPT = new Set([...DIAGNOSTICS, 'startSession', 'event', 'page']);

/** An id longer than this is not given back: it is nobody's id. Characters. */
const MAX_ID_LENGTH = 100;

interface Verdict {
  readonly kept?: IncomingLog;
  readonly refused?: Refusal;
  readonly faults: readonly Fault[];
  /** As the client wrote them. */
  readonly id: string;
  readonly type: string;
}

/**
 * Which logs of a post are to be kept. A log with faults is kept all the same, and the faults are named: a
 * crash report with a bad field is still a crash report.
 */
export function admit(slices: readonly Slice[], sender: Sender, rules: Rules): Admitted {
  const logs: IncomingLog[] = [];
  const ids: string[] = [];
  const throttled: string[] = [];
  const refused: RefusedLog[] = [];
  const faults: string[] = [];
  slices.forEach((slice, i) => {
    const verdict = admitOne(slice, { path: `logs[${i}]`, sender, rules });
    const { kept, refused: refusal, id, type } = verdict;
    for (const fault of verdict.faults.slice(0, MAX_FAULTS - faults.length)) faults.push(faultText(fault));
    if (kept) {
      logs.push(kept);
      if (DIAGNOSTICS.has(kept.type)) ids.push(id);
    }
    if (!refusal) return;
    refused.push({ ...refusal, id, type });
    if (isThrottled(refusal)) throttled.push(id);
  });
  return { logs, ids, throttled, refused, faults };
}

interface Where {
  readonly path: string;
  readonly sender: Sender;
  readonly rules: Rules;
}

function admitOne(slice: Slice, { path, sender, rules }: Where): Verdict {
  if (slice.depth > MAX_LOG_DEPTH) {
    return refusedAs('TooDeep', { path, message: `nested deeper than ${MAX_LOG_DEPTH}` });
  }
  const value: unknown = 'value' in slice ? slice.value : JSON.parse(slice.json);
  if (!isObject(value)) return refusedAs('NotALog', { path, message: 'must be object' });
  const wire = hasStrangeKeys(value) ? withWireKeys(slice.json) : slice.json;
  const top = wire === slice.json ? value : (JSON.parse(wire) as Record<string, unknown>);
  const { type } = top;
  if (typeof type !== 'string' || !type) {
    return refusedAs('NotALog', { path: `${path}.type`, message: 'required string' });
  }
  // What belongs to no visit would never be shown.
  const isForgotten = !KEPT.has(type) || (!DIAGNOSTICS.has(type) && parseUuid(top.sid) === undefined);
  if (isForgotten) return { faults: [], id: '', type };

  const { json, log, faults } = judge(wire, top, path);
  const errorId = type === 'errorAttachment' ? toId(log.errorId, scopeOf(sender)) : undefined;
  const uuid = idOf(log, { type, errorId, sender }) ?? uuidOf([String(sender.appId), sender.installId, json]);
  const id = (typeof log.id === 'string' && log.id.length <= MAX_ID_LENGTH && log.id) || uuid;
  const time = parseTimestamp(log.timestamp);
  const { receivedAt } = sender;
  const refused = refusalOf({ log, type, path, faults, time, id: uuid, receivedAt }, rules);
  if (refused) return { refused, faults: withFault(faults, refused.fault), id, type };
  const timestamp = time ?? receivedAt;
  // Of the start of a visit nothing else is kept.
  const kept = { id: uuid, type, timestamp, json: type === 'startSession' ? '' : json, ...visitOf(log) };
  if (type !== 'errorAttachment') return { kept, faults, id, type };
  if (errorId) return { kept: { ...kept, errorId, ...(isDump(log) && { isDump: true }) }, faults, id, type };
  // Without the report it belongs to nobody would ever find it; the validator has named the fault.
  const fault = { path: `${path}.errorId`, message: 'names no report' };
  return { refused: { reason: 'NoErrorId', fault }, faults, id, type };
}

interface Of {
  readonly type: string;
  readonly errorId: string | undefined;
  readonly sender: Sender;
}

/** By which a log that is posted again is known; undefined where only its content tells. */
function idOf({ id }: Record<string, unknown>, { type, errorId, sender }: Of): string | undefined {
  // The document demands an id of reports only: what else is called "1" may be called so again.
  if (!DIAGNOSTICS.has(type)) return parseUuid(id);
  return toId(id, errorId ? [...scopeOf(sender), errorId] : scopeOf(sender));
}

/** Of what is no UUID: two devices may both have called a report "1". */
const scopeOf = ({ appId, installId }: Sender): string[] => [String(appId), installId];

/** By the name that App Center's document asks for, or by what it is: base64 of the signature `MDMP`. */
function isDump({ fileName, data }: Record<string, unknown>): boolean {
  if (typeof data !== 'string' || data === '') return false;
  const isNamed = typeof fileName === 'string' && /^minidump\.dmp$/i.test(fileName);
  // What is no base64 stays in the log, as it came. Asked last: that reads all of it, 3 ms for a megabyte.
  return (isNamed || /^TURNU[A-P]/.test(data)) && !/[^A-Za-z0-9+/=\s]/.test(data);
}

function visitOf({ type, sid, device }: Record<string, unknown>): Pick<IncomingLog, 'sid' | 'appVersion'> {
  const id = parseUuid(sid);
  const version = type === 'startSession' && isObject(device) && device.appVersion;
  return {
    ...(id && { sid: id }),
    ...(typeof version === 'string' && { appVersion: version.slice(0, 100) }),
  };
}

function refusedAs(reason: Refusal['reason'], fault: Fault): Verdict {
  return { refused: { reason, fault }, faults: [fault], id: '', type: '' };
}

function withFault(faults: readonly Fault[], fault: Fault): readonly Fault[] {
  return faults.includes(fault) ? faults : [...faults, fault];
}
