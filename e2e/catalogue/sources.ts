// The page's own scripts, read as text: which entries there are, and on which lines their markers stand. A marker is a
// comment, `@name`, at the end of the line that has to be blamed.
import { readdirSync, readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';

const folder = new URL('page/', import.meta.url);

/** The scripts that have entries. */
const SCRIPTS = [
  'errors.js',
  'classes.js',
  'hostile.js',
  'values.js',
  'calls.js',
  'callbacks.js',
  'tasks.js',
  'promises.js',
  'places.js',
  'origins.js',
  'iframes.js',
  'loads.js',
];

/** What an entry needs beside its page. */
interface Needs {
  /** Options of `start`, beside the usual. */
  readonly options?: object;
  /** How long its page stays, where no error shows on it. Milliseconds. */
  readonly stay?: number;
}

/** One thing to throw, and the script of the page that throws it. */
export interface Entry extends Needs {
  readonly name: string;
  readonly file: string;
}

export interface Marked {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

const lines: readonly Marked[] = readdirSync(folder)
  .filter((file) => /\.(js|html)$/.test(file))
  .flatMap((file) =>
    readFileSync(new URL(file, folder), 'utf8')
      .split('\n')
      .map((text, i) => ({ file, line: i + 1, text })),
  );

/** The one line that has the marker. Throws where there is none, or more than one. */
export function findMarked(name: string): Marked {
  const found = lines.filter(({ text }) => new RegExp(`(//|/\\*) @${name}( |$)`).test(text));
  const [line] = found;
  if (!line || found.length > 1) throw new Error(`${found.length} lines are marked @${name}`);
  return line;
}

/** Every entry, in the order of the page's scripts. The scripts only say which there are; nothing of them is run. */
export function readEntries(): Entry[] {
  return SCRIPTS.flatMap((file) => {
    const found: Entry[] = [];
    runInNewContext(readFileSync(new URL(file, folder), 'utf8'), {
      entry: (name: string, _: unknown, needs: Needs = {}) => found.push({ name, file, ...needs }),
    });
    return found;
  });
}
