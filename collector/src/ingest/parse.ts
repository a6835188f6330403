import { type ParseErrorCode, parse, printParseErrorCode, visit } from 'jsonc-parser';
import { Refused } from './refused.js';
import { type Slice, sliceLogs } from './slices.js';

export interface Parsed {
  /** One for each element of the array of logs, in its order. */
  readonly logs: readonly Slice[];
  /** What is wrong with the envelope, for a person. */
  readonly faults: readonly string[];
}

/**
 * The logs of a body. Lenient, because what App Center took must be taken: trailing commas, comments, the key
 * `logs:` that its own documentation had, keys in any case, a bare array. Throws `Refused` 400 with the
 * position when it is not JSON even so.
 */
export function parseBody(text: string): Parsed {
  const logs = sliceLogs(isJson(text) ? text : toJson(text), isLogs);
  if (!logs) return { logs: [], faults: ['logs: required array'] };
  return { logs, faults: logs.length === 0 ? ['logs: must have at least 1 item'] : [] };
}

function isLogs(key: string): boolean {
  return /^logs:?$/i.test(key.trim());
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // Not strict JSON: `toJson` says where, if it is not lenient JSON either.
    return false;
  }
}

const LENIENT = { allowTrailingComma: true };

/** Lenient JSON as strict JSON. */
function toJson(text: string): string {
  try {
    visit(text, { onError: refuse }, LENIENT);
    return JSON.stringify(parse(text, [], LENIENT));
  } catch (error) {
    // jsonc-parser and JSON.stringify are recursive: a body of a million brackets ends them, and only them.
    if (error instanceof RangeError) throw invalid('the body is nested too deeply');
    throw error;
  }
}

/** Stops at the first error: a hostile body has millions. */
function refuse(code: ParseErrorCode, offset: number, ...[, line, column]: [number, number, number]): never {
  const what = printParseErrorCode(code)
    .replace(/\B[A-Z]/g, (letter) => ` ${letter}`)
    .toLowerCase();
  throw invalid(`offset ${offset} (line ${line + 1}, column ${column + 1}): ${what}`);
}

function invalid(message: string): Refused {
  return new Refused(400, 'InvalidJson', message);
}
