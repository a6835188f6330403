// Runs when the matrix has run: no cell of it may be missing without a word. The long form's table is written here.
import { writeFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { ENGINE_NAMES } from '../engines/engine.js';
import { type PeerFigures, toPeerMarkdown } from './peer-table.js';
import { readLatest, readResults } from './results.js';
import { FORM, isDue, RUN } from './row.js';
import { ROWS } from './rows.js';
import { SHORT_CELLS } from './short.js';
import { type CollectorFigures, type Kept, toMarkdown } from './table.js';

const all = () => readResults<Kept | CollectorFigures>(RUN);
const nameOf = ({ row, engine }: { row: string; engine: string }) => `${row} ${engine}`;
const cells = ROWS.flatMap((row) => ENGINE_NAMES.map((engine) => ({ row, engine })));
const due = cells.filter(({ row, engine }) => isDue(row, engine));

/** Why a table has holes: none, where it is not said. */
const WHY = FORM === 'long' ? (process.env.FAULTS_WHY ?? '') : '';
const isOfCollector = (one: Kept | CollectorFigures): one is CollectorFigures => one.engine === 'collector';

/** The long form's; of a cell that has none, what the form with two trials had. */
function cellsOf(): Kept[] {
  const long = all().filter((one): one is Kept => one.engine !== 'collector');
  const names = new Set(long.map(nameOf));
  const other = readLatest<Kept>('whole-').filter((one) => one.engine !== ('collector' as string));
  return [...long, ...other.filter((one) => !names.has(nameOf(one)))];
}

test('every cell that is to run has run', () => {
  const ran = FORM === 'long' ? [...cellsOf(), ...all().filter(isOfCollector)] : all();
  // Row 13 is a unit test, collector/src/kill.test.ts, whose long form is asked for apart.
  const collector = FORM === 'long' ? ['13 collector', '14 collector'] : ['14 collector'];
  const wanted = [...due.map(({ row, engine }) => `${row.id} ${engine}`), ...collector];
  const found = new Set(ran.map(nameOf));
  const missing = wanted.filter((name) => !found.has(name));
  // Only a table may have holes, and says why.
  if (!WHY) expect(missing).toEqual([]);
  expect([...found].filter((name) => !wanted.includes(name))).toEqual([]);
  // Whoever names a cell wrong, or one that cannot be played, asks for less than it seems.
  if (FORM === 'short') expect(due).toHaveLength(SHORT_CELLS.length);
  const told = cells.filter(({ row, engine }) => typeof row.play[engine] === 'string' || row.long);
  if (FORM !== 'short') expect(new Set([...due, ...told]).size).toBe(cells.length);
});

test('every row of the issue is there', () => {
  const numbers = new Set([...ROWS.map(({ id }) => Number.parseInt(id, 10)), 13, 14]);
  expect([...numbers]).toEqual(Array.from({ length: 14 }, (_, i) => i + 1));
});

const tell = () => {
  const { FAULTS_DATE: date = '' } = process.env;
  expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
  const ours = cellsOf();
  const peers = toPeerMarkdown({ rows: ROWS, ours, peers: readResults<PeerFigures>('peers'), date });
  const collector = all().filter(isOfCollector);
  const text = toMarkdown({ rows: ROWS, cells: ours, collector, date, why: WHY, peers });
  // Before it is written: a table with holes and no word about them must not take the place of a whole one.
  if (!WHY) expect(text).not.toContain('not run');
  writeFileSync(new URL('../../docs/faults.md', import.meta.url), text);
};
if (FORM === 'long') test('docs/faults.md is what was measured', tell);
