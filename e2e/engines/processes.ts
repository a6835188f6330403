// Processes by their ids, as Linux lists them: what a browser consists of, so that a test can kill a part of it.
import { readdirSync, readFileSync } from 'node:fs';

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

/** The processes of a group, its leader included. */
export const groupOf = (leader: number): Process[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(read)
    .filter(({ pid, group }) => group === leader || pid === leader);

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
