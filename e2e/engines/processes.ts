// Processes by their ids, as Linux lists them: what a browser consists of, so that a test can end a part of it as the
// system would.
import { readdirSync, readFileSync } from 'node:fs';
import type { EngineName } from './engine.js';

export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly command: string;
}

function read(pid: string): Process[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before it may hold spaces and brackets.
    const [, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return [{ pid: Number(pid), parent: Number(parent), group: Number(group), command }];
  } catch {
    // Ended while it was read.
    return [];
  }
}

const all = (): Process[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(read);

/** The processes of a group, its leader included. */
export const groupOf = (leader: number): Process[] =>
  all().filter(({ pid, group }) => group === leader || pid === leader);

/** Every process begun by this one, or by one that it began. */
export function descendants(): Process[] {
  const found = new Set([process.pid]);
  const processes = all();
  for (const pid of found) for (const one of processes) if (one.parent === pid) found.add(one.pid);
  return processes.filter(({ pid }) => pid !== process.pid && found.has(pid));
}

/** What runs pages, by its command line. */
const RENDERER: Readonly<Record<EngineName, RegExp>> = {
  chromium: /--type=renderer/,
  firefox: /isForBrowser/,
  webkit: /WebKitWebProcess/,
};

/** Ids of those that run the pages of that engine. */
export const renderersIn = (processes: readonly Process[], name: EngineName): number[] =>
  processes.filter(({ command }) => RENDERER[name].test(command)).map(({ pid }) => pid);

/** Throws where there is none to signal. */
export function signal(pids: readonly number[], name: NodeJS.Signals): void {
  if (pids.length === 0) throw new Error('no such process');
  for (const pid of pids) process.kill(pid, name);
}

/** False when it had ended already. */
export function killProcess(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

/** Memory of a process that is in use. MiB; 0 when it has ended. */
export function memoryOf(pid: number): number {
  try {
    const [, pages] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ');
    return (Number(pages) * 4096) / (1 << 20);
  } catch {
    // Ended.
    return 0;
  }
}
