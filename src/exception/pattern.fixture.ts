// A backtracking pattern engine that counts its steps: the textbook's, which tries what V8's tries, in the same order, but
// never skips ahead. It knows the syntax that the patterns here and error-stack-parser's have, and throws on any other.

/** Matches at `at`, then what comes after it. */
type Match = (at: number, then: (at: number) => boolean) => boolean;
type Make = (run: Run) => Match;

interface Run {
  readonly text: string;
  readonly fold: (char: string) => string;
  steps: number;
}

interface Pattern {
  readonly source: string;
  readonly flags: string;
  at: number;
}

const CLASSES: Record<string, RegExp> = {
  d: /^\d$/,
  D: /^\D$/,
  s: /^\s$/,
  S: /^\S$/,
  w: /^\w$/,
  W: /^\W$/,
};
const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r' };
const { exec } = RegExp.prototype;
const isOf = (name: string, char: string): boolean => exec.call(CLASSES[name] as RegExp, char) !== null;

const one =
  (accepts: (char: string, fold: Run['fold']) => boolean): Make =>
  (run) =>
  (at, then) => {
    run.steps++;
    return at < run.text.length && accepts(run.text[at] as string, run.fold) && then(at + 1);
  };

const seq = (parts: readonly Make[]): Make => {
  return (run) => {
    const matches = parts.map((make) => make(run));
    const from =
      (i: number, then: (at: number) => boolean) =>
      (at: number): boolean => {
        const match = matches[i];
        return match ? match(at, from(i + 1, then)) : then(at);
      };
    return (at, then) => from(0, then)(at);
  };
};

const either = (parts: readonly Make[]): Make =>
  parts.length === 1
    ? (parts[0] as Make)
    : (run) => {
        const matches = parts.map((make) => make(run));
        return (at, then) => matches.some((match) => match(at, then));
      };

interface Times {
  readonly min: number;
  readonly max: number;
  readonly lazy: boolean;
}

/** Of one character: in a loop, as a text may be longer than the stack is deep. */
const repeatChar =
  (make: Make, { min, max, lazy }: Times): Make =>
  (run) => {
    const match = make(run);
    const has = (at: number): boolean => match(at, () => true);
    return (at, then) => {
      let end = at;
      const most = at + max;
      if (!lazy) while (end < most && has(end)) end++;
      else while (end < at + min && has(end)) end++;
      if (end < at + min) return false;
      if (!lazy) {
        for (; end >= at + min; end--) if (then(end)) return true;
        return false;
      }
      for (;;) {
        if (then(end)) return true;
        if (end >= most || !has(end)) return false;
        end++;
      }
    };
  };

const repeatGroup =
  (make: Make, { min, max }: Times): Make =>
  (run) => {
    const match = make(run);
    const more =
      (count: number, then: (at: number) => boolean) =>
      (at: number): boolean =>
        (count < max && match(at, (next) => (next > at || count < min) && more(count + 1, then)(next))) ||
        (count >= min && then(at));
    return (at, then) => more(0, then)(at);
  };

const look =
  (make: Make, wanted: boolean): Make =>
  (run) => {
    const match = make(run);
    return (at, then) => match(at, () => true) === wanted && then(at);
  };

const edge =
  (isThere: (at: number, text: string) => boolean): Make =>
  (run) =>
  (at, then) => {
    run.steps++;
    return isThere(at, run.text) && then(at);
  };

function readClass(p: Pattern): Make {
  const negated = p.source[p.at] === '^';
  if (negated) p.at++;
  const tests: ((char: string) => boolean)[] = [];
  while (p.source[p.at] !== ']') {
    let char = p.source[p.at++] as string;
    if (char === '\\') {
      const name = p.source[p.at++] as string;
      if (CLASSES[name]) {
        tests.push((c) => isOf(name, c));
        continue;
      }
      char = ESCAPES[name] ?? name;
    }
    const from = char;
    let to = char;
    if (p.source[p.at] === '-' && p.source[p.at + 1] !== ']') {
      to = p.source[p.at + 1] as string;
      p.at += 2;
    }
    tests.push((c) => c >= from && c <= to);
  }
  p.at++;
  return one((char, fold) => {
    const chars = [char, fold(char)];
    return tests.some((test) => chars.some(test)) !== negated;
  });
}

function readAtom(p: Pattern): { readonly make: Make; readonly isChar: boolean } {
  const char = p.source[p.at++] as string;
  if (char === '^') return { make: edge((at) => at === 0), isChar: false };
  if (char === '$') return { make: edge((at, text) => at === text.length), isChar: false };
  if (char === '[') return { make: readClass(p), isChar: true };
  if (char === '(') {
    const kind = ['?:', '?=', '?!'].find((mark) => p.source.startsWith(mark, p.at));
    if (kind) p.at += kind.length;
    else if (p.source[p.at] === '?') throw new Error(`unknown group in /${p.source}/`);
    const make = readEither(p);
    p.at++;
    return { make: kind === '?=' || kind === '?!' ? look(make, kind === '?=') : make, isChar: false };
  }
  if (char === '.') {
    const all = p.flags.includes('s');
    return { make: one((c) => all || !'\n\r\u2028\u2029'.includes(c)), isChar: true };
  }
  if (char !== '\\') return { make: one((c, fold) => fold(c) === fold(char)), isChar: true };
  const name = p.source[p.at++] as string;
  if (CLASSES[name]) return { make: one((c) => isOf(name, c)), isChar: true };
  if (exec.call(/^[A-Za-z0-9]$/, name) && !ESCAPES[name])
    throw new Error(`unknown \\${name} in /${p.source}/`);
  return { make: one((c, fold) => fold(c) === fold(ESCAPES[name] ?? name)), isChar: true };
}

const QUANTIFIER = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})(\??)/;

function readTerm(p: Pattern): Make {
  const { make, isChar } = readAtom(p);
  const found = exec.call(QUANTIFIER, p.source.slice(p.at));
  if (!found) return make;
  p.at += (found[0] as string).length;
  const [, sign, least, comma, most, lazy] = found;
  const min = least === undefined ? Number(sign === '+') : Number(least);
  const max = sign === '?' ? 1 : least !== undefined && !comma ? min : Number(most) || Infinity;
  const times = { min, max, lazy: lazy === '?' };
  if (!isChar && times.lazy) throw new Error(`a lazy group in /${p.source}/`);
  return isChar ? repeatChar(make, times) : repeatGroup(make, times);
}

function readEither(p: Pattern): Make {
  const parts: Make[][] = [[]];
  while (p.at < p.source.length && p.source[p.at] !== ')') {
    if (p.source[p.at] === '|') {
      p.at++;
      parts.push([]);
    } else parts.at(-1)?.push(readTerm(p));
  }
  return either(parts.map(seq));
}

const known = new Map<string, Make>();

/** Where `pattern` matches in `text`, and in how many steps. Throws on what the engine here does not know. */
export function match(pattern: RegExp, text: string): { index: number; end: number; steps: number } {
  const { source, flags } = pattern;
  let make = known.get(`${flags}/${source}`);
  if (!make) {
    make = readEither({ source, flags, at: 0 });
    known.set(`${flags}/${source}`, make);
  }
  const fold = flags.includes('i') ? (char: string) => char.toLowerCase() : (char: string) => char;
  const run: Run = { text, fold, steps: 0 };
  const begin = make(run);
  const first = flags.includes('g') || flags.includes('y') ? pattern.lastIndex : 0;
  for (let index = first; index <= text.length; index++) {
    let end = -1;
    if (
      begin(index, (at) => {
        end = at;
        return true;
      })
    )
      return { index, end, steps: run.steps };
  }
  return { index: -1, end: -1, steps: run.steps };
}
