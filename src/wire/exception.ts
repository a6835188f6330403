import { arrayOf, type Check, lazy, object, required, type TypeOf } from './checks.js';
import { int64, integer, string } from './scalars.js';

/** One call. `columnNumber` is an extension of crashpost: App Center's frame has no column. */
export const stackFrame = object({
  address: string(),
  code: string(),
  className: string(),
  methodName: string(),
  lineNumber: integer(),
  columnNumber: integer(),
  fileName: string(),
});

export type StackFrame = TypeOf<typeof stackFrame>;

export interface Exception {
  type: string;
  message?: string | undefined;
  /** The stack as the engine wrote it. */
  stackTrace?: string | undefined;
  /** Innermost call first. */
  frames?: StackFrame[] | undefined;
  innerExceptions?: Exception[] | undefined;
  wrapperSdkName?: string | undefined;
}

export const exception: Check<Exception> = object({
  type: required(string()),
  message: string(),
  stackTrace: string(),
  frames: arrayOf(stackFrame),
  innerExceptions: arrayOf(lazy('Exception', () => exception)),
  wrapperSdkName: string(),
});

export const thread = object({
  id: required(int64),
  name: string(),
  frames: required(arrayOf(stackFrame)),
  exception,
});

export type Thread = TypeOf<typeof thread>;

export const binary = object({
  id: required(string()),
  startAddress: required(string()),
  endAddress: required(string()),
  name: required(string()),
  path: required(string()),
  architecture: string(),
  primaryArchitectureId: int64,
  architectureVariantId: int64,
});

export type Binary = TypeOf<typeof binary>;
