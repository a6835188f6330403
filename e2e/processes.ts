// The processes that a test's own browsers consist of: to end one as the system would.
import { readdirSync, readFileSync } from 'node:fs';
import type { EngineName } from './engines/engine.js';

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // It has ended meanwhile.
  }
};

/** Every process begun by this one, or by one that it began: their ids. */
function descendants(): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    // "pid (name, with any characters) state parent …"
    .map((pid) => [Number(pid), Number(/^.*\) \S (\d+)/s.exec(read(`/proc/${pid}/stat`))?.[1])] as const);
  const found = new Set([process.pid]);
  for (const pid of found) for (const [child, parent] of parents) if (parent === pid) found.add(child);
  found.delete(process.pid);
  return [...found];
}

const commandOf = (pid: number): string => read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');

/** What runs a page's scripts, by its command line. */
const RENDERER: Record<EngineName, RegExp> = {
  chromium: /--type=renderer/,
  firefox: /-contentproc.* tab *$/,
  webkit: /WebKitWebProcess/,
};

/** Ids of the processes that run the pages of that browser, as far as this test has begun it. */
export const renderersOf = (name: EngineName): number[] =>
  descendants().filter((pid) => RENDERER[name].test(commandOf(pid)));

/** Ids of the browsers themselves that have `folder` as their profile. */
export const browsersOf = (folder: string): number[] =>
  descendants().filter((pid) => {
    const command = commandOf(pid);
    return command.includes(folder) && !/--type=|-contentproc/.test(command);
  });

/** Ids of everything that belongs to browsers of that profile. */
export const allOf = (folder: string): number[] =>
  descendants().filter((pid) => commandOf(pid).includes(folder) || RENDERER.chromium.test(commandOf(pid)));

export function signal(pids: readonly number[], name: NodeJS.Signals): void {
  if (pids.length === 0) throw new Error('no such process');
  for (const pid of pids) process.kill(pid, name);
}
