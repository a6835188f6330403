// The table *What is captured* of docs/captured.md, made of what the catalogue expects: the catalogue's own test holds the
// expectations against what arrives from three real browsers, so the table cannot say more than that.
import { ENGINE_NAMES, type EngineName } from '../engines/engine.js';
import { EXPECTATIONS } from './expected/all.js';
import { forEngine } from './expected/expected.js';
import { KNOWN_GAPS } from './known-gaps.js';
import { type Entry, readEntries } from './sources.js';

/** What the page's scripts are about, for a reader who does not know them. */
const SECTIONS: Readonly<Record<string, string>> = {
  'errors.js': 'Errors, by what made them',
  'classes.js': 'Classes of errors, causes, and the same error twice',
  'hostile.js': 'Errors and pages that resist',
  'values.js': 'Anything else thrown, or rejected with',
  'calls.js': 'What kind of function threw',
  'callbacks.js': 'Who called it',
  'tasks.js': 'What the platform calls back',
  'promises.js': 'Promises',
  'places.js': 'Where code comes from',
  'origins.js': 'Scripts of another origin, with CORS (`cors`) and without (`foreign`)',
};

const FULL = '✔';
const NO_STACK = '✔ no stack';
const MUTED = '`Script error.`';

/** A footnote's number for each reason, in the order they come up. */
function createNotes() {
  const reasons: string[] = [];
  return {
    reasons,
    numberOf: (reason: string): number => {
      if (!reasons.includes(reason)) reasons.push(reason);
      return reasons.indexOf(reason) + 1;
    },
  };
}

type Notes = ReturnType<typeof createNotes>;

function cellOf(name: string, engine: EngineName, { numberOf }: Notes): string {
  const expectation = EXPECTATIONS[name];
  if (!expectation) throw new Error(`nothing is expected of ${name}`);
  const expected = forEngine(expectation, engine);
  const gap = KNOWN_GAPS.find(({ entries, engines }) => entries.includes(name) && engines.includes(engine));
  if ('nothing' in expected) return `– ${numberOf(expected.nothing)}`;
  if (gap) return `partly ${numberOf(gap.reason)}`;
  if (expected.hint) return MUTED;
  return expected.frames && forEngine(expected.frames, engine).length === 0 ? NO_STACK : FULL;
}

/** Entries with the same three cells share a line. */
function toRows(entries: readonly Entry[], notes: Notes): string[] {
  const rows = new Map<string, string[]>();
  for (const { name } of entries) {
    const cells = ENGINE_NAMES.map((engine) => cellOf(name, engine, notes)).join(' | ');
    rows.set(cells, [...(rows.get(cells) ?? []), name.replaceAll('-', ' ')]);
  }
  return [...rows].map(([cells, names]) => `| ${names.join(', ')} | ${cells} |`);
}

/** The generated part of docs/captured.md. */
export function toCapturedTable(): string {
  const notes = createNotes();
  const entries = readEntries();
  const sections = Object.entries(SECTIONS).map(([file, title]) => [
    `### ${title}`,
    '',
    '| | Chromium | Firefox | WebKit |',
    '|---|---|---|---|',
    ...toRows(
      entries.filter((entry) => entry.file === file),
      notes,
    ),
    '',
  ]);
  // A reader of the docs does not have the paper that the reasons point to.
  const reasons = notes.reasons.map(
    (reason, i) => `${i + 1}. ${reason.replace(/ \(platform\.md[^)]*\)/, '')}`,
  );
  return [...sections.flat(), ...reasons].join('\n');
}
