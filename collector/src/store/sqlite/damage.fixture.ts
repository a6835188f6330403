// For tests: a database with a bad block, as a disk leaves it. Damage by SQL is another: there every page can be read.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openConnection } from './connection.js';
import { DATABASE } from './folder.js';

const PAGE = 4096;

/** What becomes of the first page that a long blob goes on in; it begins with the number of the next. */
export const DAMAGES: Record<string, (page: Buffer) => void> = {
  'ends too early': (page) => void page.writeUInt32BE(0, 0),
  'leads nowhere': (page) => void page.writeUInt32BE(0x7fffffff, 0),
  'has become zeros': (page) => void page.fill(0),
};

/**
 * Damages a page of the one blob that is selected. Nobody may have the database open. Throws where the blob has no page
 * of its own: 10 kB are enough.
 */
export function damagePage(folder: string, select: string, damage: (page: Buffer) => void): void {
  const path = join(folder, DATABASE);
  const db = openConnection(path);
  const [row] = db.prepare<Record<string, ArrayBuffer>>(select).all();
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  const blob = Buffer.from(Object.values(row ?? {})[0] ?? new ArrayBuffer(0));
  const file = readFileSync(path);
  for (let at = 0; at < file.length; at += PAGE) {
    const page = file.subarray(at, at + PAGE);
    if (!blob.includes(page.subarray(4))) continue;
    damage(page);
    writeFileSync(path, file);
    return;
  }
  throw new Error(`no page of its own: ${blob.length} bytes`);
}

/** The first byte of a page that ends an index: https://sqlite.org/fileformat.html §1.6 */
const INDEX_LEAF = 0x0a;

/** Makes zeros of the one page of an index that has the text. Nobody may have the database open. Throws where none has. */
export function damageIndex(folder: string, text: string): void {
  const path = join(folder, DATABASE);
  const db = openConnection(path);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  const file = readFileSync(path);
  for (let at = PAGE; at < file.length; at += PAGE) {
    const page = file.subarray(at, at + PAGE);
    if (page[0] !== INDEX_LEAF || !page.includes(text)) continue;
    page.fill(0);
    writeFileSync(path, file);
    return;
  }
  throw new Error(`no index has ${text}`);
}

/** Text that stays long when it is deflated; another one for each seed. */
export function longText(bytes: number, seed: number): string {
  let [text, state] = ['', seed];
  while (text.length < bytes) {
    // Numerical Recipes' generator: the same text at every run.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    text += state.toString(36);
  }
  return text;
}
