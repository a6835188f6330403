// What arrived, held against what had to.
import type { EngineName } from '../engines/engine.js';
import type { ArrivedException, ArrivedFrame, ArrivedLog } from './arrived.js';
import { type Expectation, type Expected, type ExpectedFrame, forEngine } from './expected/expected.js';
import { findMarked, type Marked } from './sources.js';

export interface Place {
  readonly engine: EngineName;
  /** The page's origin, and the other one. */
  readonly here: string;
  readonly other: string;
}

const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 300 ? `${text.slice(0, 300)}… (${text.length})` : text;
};

const matches = (text: string | undefined, expected: string | RegExp): boolean =>
  typeof expected === 'string' ? text === expected : expected.test(text ?? '');

const nameOf = ({ className, methodName }: ArrivedFrame): string =>
  [className, methodName].filter((part) => part).join('.');

/** The origins are different in every run. */
const toPlain = (text: string | undefined, { here, other }: Place): string | undefined =>
  text?.replaceAll(here, 'HERE').replaceAll(other, 'OTHER');

const isPlaced = (frame: ArrivedFrame, { line, text }: Marked): boolean =>
  frame.lineNumber === line &&
  // From 1; JavaScriptCore gives the end of the expression, or 0 where it knows no column.
  (frame.columnNumber ?? 1) >= 1 &&
  (frame.columnNumber ?? 1) <= text.length + 1;

/** What of the frame is wrong; empty where nothing is. */
function checkFrame(
  frame: ArrivedFrame | undefined,
  expected: ExpectedFrame & { address?: string | undefined },
  place: Place,
): string {
  if (!frame) return 'is missing';
  const file = toPlain(frame.fileName, place);
  const { name, at, line, code } = expected;
  if (name !== undefined && nameOf(frame) !== name) return `is of ${show(nameOf(frame))}, not ${show(name)}`;
  const marked = at ? findMarked(at) : undefined;
  const wanted = expected.file ?? (marked && (expected.address ?? `HERE/page/${marked.file}`));
  if (expected.file === null && file !== undefined) return `has a file, ${show(file)}`;
  if (wanted && !matches(file, wanted)) return `is in ${show(file)}, not ${wanted}`;
  if (marked && !isPlaced(frame, marked))
    return `is at ${frame.lineNumber}:${frame.columnNumber}, not in line ${marked.line}`;
  if (line !== undefined && frame.lineNumber !== line) return `is in line ${frame.lineNumber}, not ${line}`;
  if (code && !code.test(toPlain(frame.code, place) ?? '')) return `has the code ${show(frame.code)}`;
  return '';
}

function checkFrames(exception: ArrivedException, expected: Expected, place: Place): string[] {
  const { frames = [], stackTrace } = exception;
  // Its files, and what stands in for functions of the page: nowhere in a stack, however far out.
  if (/crashpost/.test(JSON.stringify([frames, stackTrace])))
    return [`calls of the reporter: ${show(frames)}`];
  if (!expected.frames) return [];
  const depth = expected.depth ? forEngine(expected.depth, place.engine) : 0;
  if (frames.length < depth) return [`${frames.length} frames, not ${depth}`];
  const address = expected.address && forEngine(expected.address, place.engine);
  const compare = (wanted: readonly ExpectedFrame[]): string[] => {
    if (wanted.length === 0 && frames.length > 0) return [`frames that nobody gave: ${show(frames)}`];
    if (expected.only && frames.length > wanted.length) return [`more frames than those: ${show(frames)}`];
    return wanted.flatMap((frame, i) => {
      const wrong = checkFrame(frames[i], { ...frame, address }, place);
      return wrong ? [`frame ${i} ${wrong}: ${show(frames)}`] : [];
    });
  };
  const usual = compare(forEngine(expected.frames, place.engine));
  return expected.orFrames?.some((wanted) => compare(wanted).length === 0) ? [] : usual;
}

function checkException(exception: ArrivedException, expected: Expected, place: Place): string[] {
  const found: string[] = [];
  const type = forEngine(expected.type, place.engine);
  const message = forEngine(expected.message, place.engine);
  if (exception.type !== type) found.push(`type ${show(exception.type)}, not ${show(type)}`);
  if (!matches(exception.message, message)) found.push(`message ${show(exception.message)}, not ${message}`);
  found.push(...checkFrames(exception, expected, place));
  const inner = exception.innerExceptions ?? [];
  if (expected.inner && inner.length !== expected.inner.length)
    found.push(`${inner.length} inner exceptions, not ${expected.inner.length}`);
  for (const [i, one] of (expected.inner ?? []).entries())
    for (const text of inner[i] ? checkException(inner[i], one, place) : [])
      found.push(`inner ${i}: ${text}`);
  return found;
}

function checkLog(log: ArrivedLog, expected: Expected, place: Place): string[] {
  const found = checkException(log.exception, expected, place);
  const type = expected.handled ? 'handledError' : 'managedError';
  if (log.type !== type) found.push(`a ${log.type}, not a ${type}`);
  if (expected.properties && show(log.properties) !== show(expected.properties))
    found.push(`properties ${show(log.properties)}`);
  if (expected.hint && !show([log.exception.message, log.properties]).includes('crossorigin'))
    found.push('it does not say that crossorigin and CORS would help');
  return found;
}

/** Every difference between what arrived of one entry and what had to, for a person; empty where there is none. */
export function check(logs: readonly ArrivedLog[], expectation: Expectation, place: Place): string[] {
  const expected = forEngine(expectation, place.engine);
  const count = 'nothing' in expected ? 0 : 1;
  const [log] = logs;
  if (logs.length !== count) return [`${logs.length} reports, not ${count}: ${show(log?.exception)}`];
  return log && !('nothing' in expected) ? checkLog(log, expected, place) : [];
}
