// What a frame of ours has to say of a call, given what V8 itself says of it, field by field: no text is read here.
import type { ArrivedFrame } from '../catalogue/arrived.js';

/** V8's account of a call (https://v8.dev/docs/stack-trace-api): what each method of the CallSite gave. */
export interface Site {
  readonly getFunctionName: string | null;
  readonly getTypeName: string | null;
  readonly getMethodName: string | null;
  readonly getScriptNameOrSourceURL: string | null;
  readonly getEvalOrigin: string | null;
  readonly getLineNumber: number | null;
  readonly getColumnNumber: number | null;
  readonly getPromiseIndex: number | null;
  readonly isToplevel: boolean;
  readonly isConstructor: boolean;
  readonly isEval: boolean;
  readonly isNative: boolean;
  readonly isAsync: boolean;
  readonly isPromiseAll: boolean;
}

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** `Class.method`; the class only where V8's text has it too: before names that are identifiers. */
function nameOf(site: Site): string {
  const { getFunctionName: name, getTypeName: type, isConstructor, isToplevel } = site;
  if (isConstructor) return `${name || '<anonymous>'}.constructor`;
  if (isToplevel) return name ?? '';
  if (!name) return `${type}.${site.getMethodName || '<anonymous>'}`;
  return type && IDENTIFIER.test(name) && !name.startsWith(type) ? `${type}.${name}` : name;
}

/** A line of a stack is cut beyond 1,024 characters; its end, the position, is kept. */
const cut = (file: string): string => file.slice(0, 900);

const toText = (name: string, place: readonly (string | number | null | undefined)[]): string =>
  [name, ...place.map((part) => part ?? '')].join(' | ');

export function toExpected(site: Site): string {
  const { getScriptNameOrSourceURL: file, getLineNumber: line, getColumnNumber: column } = site;
  // A module is one line for V8, and a column counts its bytes from 1. The only function there is 0.
  if (file && /^wasm:|\.wasm\b/.test(file)) {
    const offset = ((column ?? 0) - 1).toString(16);
    return toText(nameOf(site), [file, null, null, `wasm-function[0]:0x${offset}`]);
  }
  const origin = site.isEval && !file ? site.getEvalOrigin : null;
  return toText(nameOf(site), [cut(file ?? ''), line, column, origin]);
}

export const toArrived = ({
  className,
  methodName,
  fileName,
  lineNumber,
  columnNumber,
  code,
}: ArrivedFrame) =>
  toText([className, methodName].filter(Boolean).join('.'), [
    cut(fileName ?? ''),
    lineNumber,
    columnNumber,
    code,
  ]);
