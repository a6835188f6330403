// The table *What is captured* of docs/captured.md, made of what the catalogue expects: the catalogue's own test holds the
// expectations against what arrives from three real browsers, so the table cannot say more than that.
import { ENGINE_NAMES, type EngineName } from '../engines/engine.js';
import { countIn, EXPECTED as WORKERS } from '../workers/expected.js';
import { EXPECTATIONS } from './expected/all.js';
import { forEngine, type Nothing } from './expected/expected.js';
import { readEntries } from './sources.js';

/** What the page's scripts are about, for a reader who does not know them. */
const SECTIONS: Readonly<Record<string, string>> = {
  'errors.js': 'Errors, by what made them',
  'classes.js': 'Classes of errors, causes, and the same error twice',
  'values.js': 'Anything else thrown, or rejected with',
  'promises.js': 'Promises',
  'tasks.js': 'What the platform calls back',
  'calls.js': 'What kind of function threw',
  'callbacks.js': 'Who called it',
  'places.js': 'Where code comes from',
  'origins.js': 'Scripts of another origin, with CORS (`cors`) and without (`foreign`)',
  'iframes.js': 'Iframes, with `iframes: true`',
  'loads.js': 'What does not load, with `resources: true`',
  'hostile.js': 'Errors and pages that resist',
};

const FULL = '✔';
const NO_STACK = '✔ no stack';
const OR_NO_STACK = '✔ or no stack';
const PLACE = '✔ place';
const MUTED = '`Script error.`';
const NOTHING = '–';
const ENGINES: Readonly<Record<EngineName, string>> = {
  chromium: 'Chromium',
  firefox: 'Firefox',
  webkit: 'WebKit',
};

/** One thing to throw, and what becomes of it in an engine. */
interface Line {
  readonly name: string;
  cell(engine: EngineName): string | Nothing;
}

const isNothing = (cell: string | Nothing): cell is Nothing => typeof cell !== 'string';

function toCell(name: string, engine: EngineName): string | Nothing {
  const expectation = EXPECTATIONS[name];
  if (!expectation) throw new Error(`nothing is expected of ${name}`);
  const expected = forEngine(expectation, engine);
  if ('nothing' in expected) return expected;
  if (expected.hint) return MUTED;
  // The table would say more than is looked at.
  if (!expected.frames) throw new Error(`nothing is said of the frames of ${name} in ${engine}`);
  // What did not load has no calls.
  if (expected.type === 'ResourceError') return FULL;
  if (expected.orFrames) return OR_NO_STACK;
  return forEngine(expected.frames, engine).length === 0 ? NO_STACK : FULL;
}

/** The catalogue's entries of one script. */
const linesOf = (file: string): Line[] =>
  readEntries()
    .filter((entry) => entry.file === file)
    .map(({ name }) => ({ name: name.replaceAll('-', ' '), cell: (engine) => toCell(name, engine) }));

/** Of e2e/workers.spec.ts: `own` of the worker's own reporter, which has the stack. */
const linesOfWorkers = (own: boolean): Line[] =>
  WORKERS.filter((one) => (one.own ?? true) === own).map((one) => ({
    name: one.label,
    cell: (engine) => {
      if (countIn(one, engine) > 0) return own && one.type !== 'String' ? FULL : PLACE;
      return { what: one.label, nothing: one.nothing ?? '', ...(one.unless && { unless: one.unless }) };
    },
  }));

/** Lines with the same three cells share a row. */
function toTable(lines: readonly Line[]): string[] {
  const rows = new Map<string, string[]>();
  for (const { name, cell } of lines) {
    const cells = ENGINE_NAMES.map((engine) => {
      const one = cell(engine);
      return isNothing(one) ? NOTHING : one;
    }).join(' | ');
    rows.set(cells, [...(rows.get(cells) ?? []), name]);
  }
  return [
    `| | ${ENGINE_NAMES.map((engine) => ENGINES[engine]).join(' | ')} |`,
    '|---|---|---|---|',
    ...[...rows].map(([cells, names]) => `| ${names.join(', ')} | ${cells} |`),
  ];
}

/** What does not arrive: what nothing helps against first, what nobody misses last. */
function toMissing(lines: readonly Line[]): string[] {
  const rows = new Map<string, number>();
  for (const { cell } of lines) {
    const missing = ENGINE_NAMES.flatMap((engine) => {
      const one = cell(engine);
      return isNothing(one) ? [{ engine: ENGINES[engine], ...one }] : [];
    });
    const [one] = missing;
    if (!one) continue;
    const where =
      missing.length === ENGINE_NAMES.length ? 'everywhere' : missing.map(({ engine }) => engine).join(', ');
    // A reader of the docs does not have the paper that the reasons point to.
    const why = one.nothing.replace(/ \(platform\.md[^)]*\)/, '');
    const rank = one.harmless ? 2 : Number(one.unless !== undefined);
    rows.set(`| ${one.what} | ${where} | ${why} | ${one.unless ?? ''} |`, rank);
  }
  return [
    '| what | where | why | it arrives if |',
    '|---|---|---|---|',
    ...[...rows].sort(([, a], [, b]) => a - b).map(([row]) => row),
  ];
}

/** The generated part of docs/captured.md. */
export function toCapturedTable(): string {
  const sections = [
    ...Object.entries(SECTIONS).map(([file, title]) => ({ title, lines: linesOf(file) })),
    { title: 'Workers that import the reporter', lines: linesOfWorkers(true) },
    { title: 'Workers that do not', lines: linesOfWorkers(false) },
  ];
  return [
    '## Not captured',
    '',
    ...toMissing(sections.flatMap(({ lines }) => lines)),
    '',
    '## Captured',
    ...sections.flatMap(({ title, lines }) => ['', `### ${title}`, '', ...toTable(lines)]),
  ].join('\n');
}
