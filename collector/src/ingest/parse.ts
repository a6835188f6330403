import { type JSONVisitor, printParseErrorCode, visit } from 'jsonc-parser';
import { isObject } from '../wire.js';
import { toStrict } from './lenient.js';
import { Refused } from './refused.js';
import type { RefusedLog } from './rules.js';
import { depthOf, type Slice, sliceLogs } from './slices.js';
import { toText } from './text.js';
import { usualLogs } from './usual.js';

export interface Parsed {
  /** One for each element of the array of logs, in its order. */
  readonly logs: readonly Slice[];
  /** What is wrong with the envelope, for a person. */
  readonly faults: readonly string[];
  /** Why there is no log in it, where there might have been. */
  readonly refused?: readonly RefusedLog[];
  /** Whose they are, where the body says it. */
  readonly installId?: string | undefined;
}

/** The logs of a body as it came. Throws `Refused`. */
export function parseLogs(body: Uint8Array): Parsed {
  const logs = usualLogs(body);
  return logs ? { logs, faults: [] } : parseBody(toText(body));
}

/**
 * The logs of a body. Lenient, because what App Center took must be taken: trailing commas, comments, the key
 * `logs:` that its own documentation had, keys in any case, a bare array, a bare log. Throws `Refused` 400 with the
 * position when it is not JSON even so.
 */
export function parseBody(text: string, isList = isLogs): Parsed {
  const { json, value } = toJson(text);
  const slices = sliceLogs(json, isList);
  if (!slices) return withoutList(json, value);
  const values = valuesIn(value, isList);
  // Parsing is the dearest that is done to a log before it is answered: once is enough.
  const logs =
    values?.length === slices.length ? slices.map((slice, i) => ({ ...slice, value: values[i] })) : slices;
  return { logs, faults: logs.length === 0 ? ['logs: must have at least 1 item'] : [] };
}

/** One log, or something else. */
function withoutList(json: string, value: unknown): Parsed {
  const faults = ['logs: required array'];
  const { type, Type = type } = isObject(value) ? value : {};
  if (typeof Type === 'string') return { logs: [{ json: json.trim(), depth: depthOf(json), value }], faults };
  const fault = { path: 'logs', message: 'required array' };
  return { logs: [], faults, refused: [{ reason: 'NoLogs', fault, id: '', type: '' }] };
}

/** The array that `sliceLogs` finds in the text; undefined when several fields might be it. */
function valuesIn(body: unknown, isList: (key: string) => boolean): unknown[] | undefined {
  const lists =
    Array.isArray(body) || !isObject(body)
      ? [body]
      : Object.keys(body)
          .filter(isList)
          .map((key) => body[key]);
  const [list] = lists;
  return lists.length === 1 && Array.isArray(list) ? list : undefined;
}

function isLogs(key: string): boolean {
  return /^logs:?$/i.test(key.trim());
}

/** Strict JSON, and its value. */
interface Json {
  readonly json: string;
  readonly value: unknown;
}

/** The text as strict JSON. */
function toJson(text: string): Json {
  return parsed(text) ?? parsed(toStrict(text)) ?? refuse(text);
}

function parsed(json: string): Json | undefined {
  try {
    return { json, value: JSON.parse(json) };
  } catch {
    // Not strict JSON: `toJson` goes on from there.
    return undefined;
  }
}

/** How far the first fault is looked for: jsonc-parser takes up to a second for a megabyte. Characters. */
const MAX_LOOKED_AT = 128 * 1024;

/** Refuses what is not JSON, with the position of the first fault where that is found in bounded time. */
function refuse(text: string): never {
  const looked = text.slice(0, MAX_LOOKED_AT);
  const end = looked.length < text.length ? looked.length : Number.POSITIVE_INFINITY;
  try {
    visit(looked, { onError: (...fault) => refuseAt(fault, end) }, { allowTrailingComma: true });
  } catch (error) {
    // jsonc-parser is recursive: a body of a hundred thousand brackets ends it, and only it.
    if (error instanceof RangeError) throw invalid('the body is nested too deeply');
    throw error;
  }
  throw notFound(text.length);
}

/** Called for the first fault only, as it throws: a hostile body has many. Those of the cut at `end` are not its. */
function refuseAt(fault: Parameters<OnError>, end: number): never {
  const [code, offset, length, line, column] = fault;
  if (offset + length >= end) throw notFound(end);
  const what = printParseErrorCode(code)
    .replace(/\B[A-Z]/g, (letter) => ` ${letter}`)
    .toLowerCase();
  throw invalid(`offset ${offset} (line ${line + 1}, column ${column + 1}): ${what}`);
}

type OnError = NonNullable<JSONVisitor['onError']>;

function notFound(looked: number): Refused {
  return invalid(`not JSON; no fault in the first ${looked} characters`);
}

function invalid(message: string): Refused {
  return new Refused(400, 'InvalidJson', message);
}
