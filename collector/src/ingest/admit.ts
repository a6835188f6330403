import type { IncomingLog } from '../store/store.js';
import { type Fault, faultsOfLog, faultText, isObject } from '../wire.js';
import { withWireKeys } from './keys.js';
import { MAX_FAULTS } from './limits.js';
import type { Slice } from './slices.js';
import { parseTimestamp } from './timestamp.js';
import { parseUuid, uuidOf } from './uuid.js';

export interface Sender {
  readonly appId: number;
  readonly installId: string;
  readonly receivedAt: number;
}

export interface Admitted {
  /** To be kept. */
  readonly logs: readonly IncomingLog[];
  /** The ids of `logs` as the client wrote them. */
  readonly ids: readonly string[];
  readonly faults: readonly string[];
}

/** The types that are kept. All others are taken and forgotten: App Center's SDKs send them at every start. */
const KEPT = new Set(['managedError', 'handledError', 'appleError', 'errorAttachment']);

/** What a reader of the store must be able to walk recursively. Real logs nest 40 deep at the very most. */
const MAX_LOG_DEPTH = 256;

/** An id longer than this is not given back: it is nobody's id. Characters. */
const MAX_ID_LENGTH = 100;

interface Verdict {
  readonly kept?: { readonly log: IncomingLog; readonly id: string };
  readonly faults: readonly Fault[];
}

/**
 * Which logs of a post are to be kept. A log with faults is kept all the same, and the faults are named: a
 * crash report with a bad field is still a crash report.
 */
export function admit(slices: readonly Slice[], sender: Sender): Admitted {
  const logs: IncomingLog[] = [];
  const ids: string[] = [];
  const faults: string[] = [];
  slices.forEach((slice, i) => {
    const verdict = admitOne(slice, `logs[${i}]`, sender);
    for (const fault of verdict.faults.slice(0, MAX_FAULTS - faults.length)) faults.push(faultText(fault));
    if (!verdict.kept) return;
    logs.push(verdict.kept.log);
    ids.push(verdict.kept.id);
  });
  return { logs, ids, faults };
}

function admitOne({ json, depth }: Slice, path: string, sender: Sender): Verdict {
  if (depth > MAX_LOG_DEPTH) return { faults: [{ path, message: `nested deeper than ${MAX_LOG_DEPTH}` }] };
  const value: unknown = JSON.parse(json);
  if (!isObject(value)) return { faults: [{ path, message: 'must be object' }] };
  const log = withWireKeys(value);
  const { type } = log;
  if (typeof type === 'string' && type && !KEPT.has(type)) return { faults: [] };
  const faults = faultsOfLog(log, path);
  if (typeof type !== 'string' || !type) return { faults };

  const text = log === value ? json : JSON.stringify(log);
  const id = parseUuid(log.id) ?? uuidOf([String(sender.appId), sender.installId, text]);
  const timestamp = parseTimestamp(log.timestamp) ?? sender.receivedAt;
  const kept = { id, type, timestamp, json: text };
  const writtenId = typeof log.id === 'string' && log.id.length <= MAX_ID_LENGTH ? log.id : '';
  if (type !== 'errorAttachment') return { kept: { log: kept, id: writtenId || id }, faults };
  const errorId = parseUuid(log.errorId);
  // Without the report it belongs to nobody would ever find it; the validator has named the fault.
  return errorId ? { kept: { log: { ...kept, errorId }, id: writtenId || id }, faults } : { faults };
}
