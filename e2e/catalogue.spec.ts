// Whatever a page throws arrives, and says truly what and where: in three engines, on the built files.
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type ArrivedLog, createReader } from './catalogue/arrived.js';
import { toCapturedTable } from './catalogue/captured.js';
import { check, type Place } from './catalogue/check.js';
import { EXPECTATIONS } from './catalogue/expected/all.js';
import { forEngine } from './catalogue/expected/expected.js';
import { type CatalogueServer, serveCatalogue } from './catalogue/server.js';
import { type Entry, findMarked, readEntries } from './catalogue/sources.js';
import type { CollectorProcess } from './collector.js';
import { ENGINE_NAMES, type EngineName } from './engines/engine.js';
import { openEngine } from './engines/open.js';
import { expect, test } from './fixtures.js';

const entries = readEntries();
/** What follows it in docs/captured.md is generated. */
const MARK = '<!-- generated from e2e/catalogue, see captured.ts there -->';
const names = entries.map(({ name }) => name);

const isExpected = (name: string, engine: EngineName): boolean => {
  const expectation = EXPECTATIONS[name];
  return expectation !== undefined && !('nothing' in forEngine(expectation, engine));
};

/** Where nothing is expected, a page waits in vain no longer than this. Milliseconds. */
const IN_VAIN = 1_500;

const toStaying = (engine: EngineName): Entry[] =>
  entries.map((entry) => (isExpected(entry.name, engine) ? entry : { stay: IN_VAIN, ...entry }));

/** All that arrived, as soon as there is one of each that can come; a little later too, so that more are seen. */
async function readAll(collector: CollectorProcess, engine: EngineName): Promise<ArrivedLog[]> {
  const read = createReader(collector);
  const missing = names.filter((name) => isExpected(name, engine));
  const end = Date.now() + 5_000;
  let logs = await read();
  while (missing.some((name) => !logs.some(({ userId }) => userId === name)) && Date.now() < end) {
    await pause(250);
    logs = await read();
  }
  await pause(500);
  return read();
}

/** Opens the first page, which does the rest; closes the browser when the last entry has run. */
async function runAll(name: EngineName, { url, done }: CatalogueServer): Promise<void> {
  const engine = await openEngine(name);
  try {
    await engine.open(`${url}/`);
    await done;
  } finally {
    await engine.close();
  }
}

test('the catalogue: every entry says what must arrive', () => {
  expect(names.length).toBeGreaterThanOrEqual(60);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  expect(Object.keys(EXPECTATIONS).sort()).toEqual([...names].sort());
  // Finds each marker, or throws.
  JSON.stringify(EXPECTATIONS, (key, value) => {
    if (key === 'at' && value) findMarked(value);
    return value;
  });
});

test('docs/captured.md says what the catalogue shows', () => {
  const file = new URL('../docs/captured.md', import.meta.url);
  const [written = '', shown] = readFileSync(file, 'utf8').split(MARK);
  const table = `\n\n${toCapturedTable()}\n`;
  if (process.env.UPDATE_DOCS) writeFileSync(file, written + MARK + table);
  else expect(shown, 'run it once with UPDATE_DOCS=1').toBe(table);
});

for (const engine of ENGINE_NAMES) {
  test(`the catalogue in ${engine}: everything thrown arrives once, with the truth of what and where`, async ({
    collector,
  }) => {
    test.setTimeout(300_000);
    await collector.start();
    const server = await serveCatalogue({
      entries: toStaying(engine),
      appSecret: collector.secret,
      logUrl: collector.url,
    });
    try {
      await runAll(engine, server);
    } finally {
      await server.close();
    }
    const logs = await readAll(collector, engine);
    const place: Place = { engine, here: server.url, other: server.other };
    const found = names.flatMap((name) => {
      const ofEntry = logs.filter(({ userId }) => userId === name);
      const differences = check(ofEntry, EXPECTATIONS[name] ?? { what: '', nothing: '' }, place);
      return differences.map((text) => `${name}: ${text}`);
    });
    expect(found).toEqual([]);
  });
}
