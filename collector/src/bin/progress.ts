// How far a long command is, on stderr: stdout is for what it makes.

export interface Progress {
  /** How far it is by now, in one line without an end. Cheap enough for every step. */
  at(text: () => string): void;
  /** A step that cannot tell how far it is. */
  begin(text: string): void;
  /** What came of it. */
  done(text: string): void;
}

/** On a terminal a line that changes; elsewhere a line now and then. Milliseconds. */
const EVERY_MS = { terminal: 250, file: 10_000 };

/** @param ticks milliseconds that never go back. */
export function createProgress(
  out: Pick<NodeJS.WriteStream, 'isTTY' | 'write'> = process.stderr,
  ticks: () => number = () => performance.now(),
): Progress {
  const every = out.isTTY ? EVERY_MS.terminal : EVERY_MS.file;
  const show = (text: string, end: string) => out.write(out.isTTY ? `\r\u001b[K${text}${end}` : `${text}\n`);
  let last = ticks();
  return {
    at(text) {
      if (ticks() - last < every) return;
      last = ticks();
      show(text(), '');
    },
    begin: (text) => void show(text, ''),
    done: (text) => void show(text, '\n'),
  };
}

/** `12.3 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const power = Math.min(4, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toFixed(1)} ${['B', 'kB', 'MB', 'GB', 'TB'][power]}`;
}

/** `12,345`. */
export function countText(count: number): string {
  return count.toLocaleString('en-US');
}
