// The matrix as docs/faults.md shows it.
import { ENGINE_NAMES, type EngineName } from '../engines/engine.js';
import { type Figures, LONG } from './cell.js';
import type { Row } from './row.js';
import { SHORT_CELLS } from './short.js';

export interface Kept extends Figures {
  readonly version: string;
}

export interface CollectorFigures {
  readonly row: string;
  readonly engine: 'collector';
  readonly title: string;
  readonly text: string;
}

export interface Facts {
  readonly rows: readonly Row[];
  readonly cells: readonly Kept[];
  readonly collector: readonly CollectorFigures[];
  /** Of the day, as YYYY-MM-DD. */
  readonly date: string;
  /** Why what was not run was not. */
  readonly why: string;
  /** What else belongs into the file: markdown, or nothing. */
  readonly peers: string;
}

const NAMES: Record<EngineName, string> = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKitGTK' };

/** Notes under the table, each numbered once. */
class Notes {
  readonly #texts: string[] = [];

  mark(text: string): string {
    if (!this.#texts.includes(text)) this.#texts.push(text);
    return `<sup>${this.#texts.indexOf(text) + 1}</sup>`;
  }

  get lines(): string[] {
    return this.#texts.map((text, i) => `${i + 1}. ${text}`);
  }
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function cellOf(
  row: Row,
  engine: EngineName,
  { cells, why: reason }: Facts,
): { text: string; notes: string[] } {
  const play = row.play[engine];
  if (typeof play === 'string') return { text: '–', notes: [play] };
  const figures = cells.find((one) => one.row === row.id && one.engine === engine);
  if (!figures) return { text: 'not run', notes: [reason] };
  const { delivered, thrown, shownTwice, postedTwice, trials } = figures;
  const isWhole = delivered === thrown && shownTwice === 0;
  const text = `${delivered}/${thrown}, ${shownTwice} twice`;
  const why = row.why?.[engine];
  const seen = figures.notes.length > 0 ? [`${NAMES[engine]}: ${sum(figures.notes)}.`] : [];
  return {
    text: `${isWhole ? text : `**${text}**`} (${postedTwice})${trials < LONG.trials ? `, ${trials} trial${trials > 1 ? 's' : ''}` : ''}`,
    notes: [...(why ? [why] : []), ...seen],
  };
}

/** "2 of 5 pages …", said of every round, is said once. */
function sum(notes: readonly string[]): string {
  const counts = notes.map((note) => /^(\d+) of (\d+) (.*)$/.exec(note) ?? []);
  const add = (at: number) => counts.reduce((total, found) => total + Number(found[at] ?? 0), 0);
  return `${add(1)} of ${add(2)} ${counts[0]?.[3] ?? ''}`;
}

/** Throws when cells were run by different versions of one engine: then they are no one table. */
function versionsOf(cells: readonly Kept[]): string {
  const versions = ENGINE_NAMES.map((engine) => {
    const found = [...new Set(cells.filter((one) => one.engine === engine).map(({ version }) => version))];
    if (found.length > 1) throw new Error(`cells of ${found.join(' and of ')}`);
    return found[0] ?? `no ${engine}`;
  });
  return versions.join(', ');
}

/** All cells in a sentence or two. */
function summaryOf({ rows, cells }: Facts): string {
  const playable = rows.flatMap(({ play }) => Object.values(play)).filter((one) => typeof one !== 'string');
  const missing = playable.length - cells.length;
  const sum = (of: 'delivered' | 'thrown' | 'shownTwice') => cells.reduce((total, one) => total + one[of], 0);
  const whole = cells.filter((one) => one.delivered === one.thrown && one.shownTwice === 0).length;
  const [thrown, delivered, twice] = [sum('thrown'), sum('delivered'), sum('shownTwice')].map((count) =>
    count.toLocaleString('en'),
  );
  return `Of ${thrown} errors in ${cells.length} cells, ${delivered} were shown, ${twice} of them twice; ${whole} cells are whole${missing > 0 ? `; ${missing} more have not run` : ''}.`;
}

export function toMarkdown(facts: Facts): string {
  const { rows, cells, collector, date, peers } = facts;
  const notes = new Notes();
  const body = rows.map((row) => {
    const found = ENGINE_NAMES.map((engine) => cellOf(row, engine, facts));
    const marked = found.map(({ text, notes: said }) => text + said.map((one) => notes.mark(one)).join(''));
    return line([row.id, row.title, ...marked]);
  });
  return `# The fault matrix

What a page throws is shown at the collector, once, whatever happens in between. Measured on ${date}: ${versionsOf(cells)}; ${LONG.trials} trials a cell, where it does not say less. ${summaryOf(facts)} Made by \`npm run test:faults -- --long\`; ${SHORT_CELLS.length} of the cells, two trials each, are a part of \`npm test\`.

A cell says: errors shown / errors thrown, reports shown beyond the first of the same error, and in brackets how many times an error was posted again although a post of it had been read whole. Posting again is how nothing is lost when no answer came; the collector knows each report by its id, and shows it once. An error is an uncaught one with a text of its own; a page throws three, in one task, where the row says nothing else. Every trial is a visitor with an origin of its own, in a browser with a profile on disk; no automation protocol is attached to its page.

${line(['', 'between the throw and the collector', ...ENGINE_NAMES.map((engine) => NAMES[engine])])}
|---|---|---|---|---|
${body.join('\n')}

${notes.lines.join('\n')}

## The collector

${collector.map(({ row, title, text }) => `- **${row}**, ${title}: ${text}`).join('\n')}

## How

Each page is told what to do by the test's server and does it by itself; the browser is a plain process that is started, killed and closed (\`e2e/engines/installed.ts\`). Between the page and a real collector process stands a server that fails on order (\`e2e/faults/fault-server.ts\`): port closed, 503, 429, a connection reset after the first bytes, no answer at all, an answer that is thrown away after the collector has committed, and a captive portal's page. What has arrived is read from the collector's site, until all of it is there or the row's time is over, and once more after a settling time. The rows are \`e2e/faults/rows.ts\`; \`e2e/faults/told.spec.ts\` fails when a cell of them has neither figures nor a reason.
${peers}`;
}
