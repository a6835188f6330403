// Counts what a piece of code examines of its texts: every search, every copy that looks at them, and every step of every
// pattern, ours and error-stack-parser's alike, as all go through the methods of String and RegExp. No clock: the count is
// the same on every machine, and nothing can be examined past it.
import { match } from './pattern.fixture.js';

type Method = (this: string, ...given: never[]) => unknown;
type Cost = (text: string, given: readonly unknown[], result: unknown) => number;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The worst an engine could do: compare the whole needle at every place up to where it is found. */
const searched: Cost = (text, [needle, from], result) => {
  const begin = typeof from === 'number' ? from : 0;
  const end = typeof result === 'number' && result >= 0 ? result + 1 : text.length;
  return Math.max(0, end - begin) * Math.max(1, textOf(needle).length);
};
const whole: Cost = (text) => text.length;

const COSTS: Record<string, Cost> = {
  indexOf: searched,
  includes: searched,
  lastIndexOf: (text, [needle]) => text.length * Math.max(1, textOf(needle).length),
  startsWith: (_text, [needle]) => textOf(needle).length,
  endsWith: (_text, [needle]) => textOf(needle).length,
  trim: (text, _given, result) => text.length - textOf(result).length + 2,
  trimEnd: (text, _given, result) => text.length - textOf(result).length + 1,
  split: (_text, _given, result) => (result as string[]).reduce((sum, part) => sum + part.length + 1, 0),
  // Of a pattern, `exec` counts the steps.
  replace: whole,
  match: whole,
  search: whole,
  toLowerCase: whole,
  charCodeAt: () => 1,
  codePointAt: () => 1,
  at: () => 1,
};

/** How much `run` examines, in characters and steps. Patterns that find otherwise than the engine's own are an error. */
export function countSteps(run: () => void): number {
  let count = 0;
  const undo: (() => void)[] = [];
  const patch = (prototype: object, name: string, method: unknown): void => {
    const before = Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor;
    undo.push(() => Object.defineProperty(prototype, name, before));
    Object.defineProperty(prototype, name, { ...before, value: method });
  };
  let inside = false;
  /** What the counting itself examines is not counted. */
  const aside = <T>(work: () => T): T => {
    inside = true;
    try {
      return work();
    } finally {
      inside = false;
    }
  };
  for (const [name, cost] of Object.entries(COSTS)) {
    const native = (String.prototype as unknown as Record<string, Method>)[name] as Method;
    patch(String.prototype, name, function (this: string, ...given: never[]) {
      const result = native.apply(this, given);
      if (!inside) count += aside(() => cost(String(this), given, result));
      return result;
    });
  }
  const { exec } = RegExp.prototype;
  patch(RegExp.prototype, 'exec', function (this: RegExp, text: string) {
    if (inside) return exec.call(this, text);
    const found = aside(() => match(this, text));
    const result = exec.call(this, text);
    count += found.steps;
    if ((result?.index ?? -1) !== found.index || (result && result.index + result[0].length !== found.end))
      throw new Error(`/${this.source}/ matches otherwise: ${found.index}–${found.end}, ${result?.index}`);
    return result;
  });
  try {
    run();
  } finally {
    for (const one of undo.reverse()) one();
  }
  return count;
}
