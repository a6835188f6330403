import { type JSONVisitor, printParseErrorCode, visit } from 'jsonc-parser';
import { toStrict } from './lenient.js';
import { Refused } from './refused.js';
import { type Slice, sliceLogs } from './slices.js';

export interface Parsed {
  /** One for each element of the array of logs, in its order. */
  readonly logs: readonly Slice[];
  /** What is wrong with the envelope, for a person. */
  readonly faults: readonly string[];
  /** Whose they are, where the body says it. */
  readonly installId?: string | undefined;
}

/**
 * The logs of a body. Lenient, because what App Center took must be taken: trailing commas, comments, the key
 * `logs:` that its own documentation had, keys in any case, a bare array. Throws `Refused` 400 with the
 * position when it is not JSON even so.
 */
export function parseBody(text: string, isList = isLogs): Parsed {
  const logs = sliceLogs(toJson(text), isList);
  if (!logs) return { logs: [], faults: ['logs: required array'] };
  return { logs, faults: logs.length === 0 ? ['logs: must have at least 1 item'] : [] };
}

function isLogs(key: string): boolean {
  return /^logs:?$/i.test(key.trim());
}

/** The text as strict JSON. */
function toJson(text: string): string {
  if (isJson(text)) return text;
  const strict = toStrict(text);
  if (isJson(strict)) return strict;
  return refuse(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // Not strict JSON: `toJson` goes on from there.
    return false;
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
