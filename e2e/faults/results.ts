// What the cells that ran have measured, a file each: the table is made of them, and a cell that has none did not run.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../test-results/faults', import.meta.url));

interface Cell {
  readonly row: string;
  readonly engine: string;
}

/** @param name of the folder: every run of the short form has one of its own, the long form runs in pieces */
export function keepResult<T extends Cell>(name: string, result: T): void {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${result.row}-${result.engine}.json`), JSON.stringify(result, null, 1));
}

export function readResults<T extends Cell>(name: string): T[] {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  const files = readdirSync(folder).sort();
  return files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
}

/** The latest of every cell, of all folders whose name begins so: those of runs are numbered by their time. */
export function readLatest<T extends Cell>(prefix: string): T[] {
  mkdirSync(root, { recursive: true });
  const folders = readdirSync(root).filter((name) => name.startsWith(prefix));
  const found = folders.sort().flatMap((name) => readResults<T>(name));
  return [...new Map(found.map((one) => [`${one.row} ${one.engine}`, one])).values()];
}

export const hasResult = (name: string, { row, engine }: Cell): boolean =>
  existsSync(join(root, name, `${row}-${engine}.json`));
