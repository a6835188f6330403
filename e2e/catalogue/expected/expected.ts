// What has to arrive for an entry, in words that hold for every engine, or for each its own.
import type { EngineName } from '../../engines/engine.js';

export type PerEngine<T> = T | Readonly<Record<EngineName, T>>;

/** A call that has to stand at this place of the stack. What is left out is the engine's own affair. */
export interface ExpectedFrame {
  /** Class and method with a dot between them; empty for a call without a name. */
  readonly name?: string;
  /** The marker of its line. The file is that of the marker, but where `address` says otherwise. */
  readonly at?: string;
  /** HERE stands for the page's origin, OTHER for the other one. Null: the engine names no file. */
  readonly file?: string | RegExp | null;
  readonly line?: number;
  readonly code?: RegExp;
}

export interface Expected {
  readonly type: PerEngine<string>;
  readonly message: PerEngine<string | RegExp>;
  /** From the innermost outwards, as many as are decided. Empty: there are none. */
  readonly frames?: PerEngine<readonly ExpectedFrame[]>;
  /** There are these and no others. */
  readonly only?: boolean;
  /** What the engine gives another time. */
  readonly orFrames?: readonly (readonly ExpectedFrame[])[];
  /** At least so many frames in all. */
  readonly depth?: PerEngine<number>;
  /** Where the marked file was loaded from. */
  readonly address?: PerEngine<string>;
  readonly inner?: readonly Expected[];
  /** Given to `trackError`. */
  readonly handled?: boolean;
  readonly properties?: Readonly<Record<string, string>>;
  /** The report says how the page can get more. */
  readonly hint?: boolean;
}

/** Nothing can arrive, or nothing should. */
export interface Nothing {
  /** As a reader of docs/captured.md would say it. */
  readonly what: string;
  /** Why, and who says so. */
  readonly nothing: string;
  /** What has to be done for it to arrive, where anything helps. */
  readonly unless?: string;
  /** Nobody misses it. */
  readonly harmless?: boolean;
}

export type Expectation = PerEngine<Expected | Nothing>;
export type Expectations = Readonly<Record<string, Expectation>>;

/** In the order of ENGINE_NAMES. */
export const each = <T>(chromium: T, firefox: T, webkit: T): Readonly<Record<EngineName, T>> => ({
  chromium,
  firefox,
  webkit,
});

export function forEngine<T>(value: PerEngine<T>, engine: EngineName): T {
  const isEach = typeof value === 'object' && value !== null && 'chromium' in value;
  return isEach ? value[engine] : (value as T);
}

/** A call in the page's own scripts: its name, and the marker of its line. */
export const call = (name: PerEngine<string>, at: string): PerEngine<readonly ExpectedFrame[]> =>
  typeof name === 'string'
    ? [{ name, at }]
    : each([{ name: name.chromium, at }], [{ name: name.firefox, at }], [{ name: name.webkit, at }]);

/** A function of the engine itself, which has no file. */
export const native = (name: string): ExpectedFrame => ({ name, file: null });

/** The common case: an error whose class, words and innermost call are the same everywhere. */
export const error = (message: string, name: PerEngine<string>, at: string): Expected => ({
  type: 'Error',
  message,
  frames: call(name, at),
});
