// For tests: the collector as a process of its own, from tsc's output.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const BIN = new URL('../../build/collector/src/bin/bin.js', import.meta.url);

/** Threads cannot load TypeScript: what starts a real collector needs `tsc -b` before. `npm test` does that. */
export const isBuilt = existsSync(BIN);

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

type Env = Readonly<Record<string, string>>;

function start(args: readonly string[], env: Env): ChildProcess {
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('CRASHPOST_')),
  );
  return spawn(process.execPath, [fileURLToPath(BIN), ...args], { env: { ...clean, ...env } });
}

/** Runs a command to its end, or for so many milliseconds: then it is killed, and its code is null. */
export async function run(args: readonly string[], env: Env = {}, ms?: number): Promise<Ran> {
  const child = start(args, env);
  const timer = ms !== undefined && setTimeout(() => child.kill('SIGKILL'), ms);
  let [out, err] = ['', ''];
  child.stdout?.on('data', (data) => (out += data));
  child.stderr?.on('data', (data) => (err += data));
  const [code] = (await once(child, 'close')) as [number | null];
  if (timer) clearTimeout(timer);
  return { code, out, err };
}

export interface Running {
  readonly url: string;
  /** Resident memory now, and the most there ever was. Megabytes; 0 where the system does not tell. */
  memory(): { readonly now: number; readonly peak: number };
  /** What it printed at its start. */
  readonly out: string;
  /** What it complained of so far. */
  err(): string;
  /** Sends a signal; resolves with the exit code, null when the signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts `serve` on a free port; resolves when it listens. */
export async function startProcess(data: string, env: Env = {}): Promise<Running> {
  const child = start(['--data', data, '--port', '0'], env);
  const ended = once(child, 'exit') as Promise<[number | null]>;
  let err = '';
  child.stderr?.on('data', (data) => {
    err += data;
    // What goes as it should would drown what does not.
    if (!String(data).includes('"level":"info"')) process.stderr.write(data);
  });
  const out = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += chunk;
      if (text.includes('Data     ')) resolve(text);
    });
    ended.then(([code]) => reject(new Error(`the collector ended with ${code}: ${text}`)), reject);
  });
  const url = /http:\/\/\S+?(?=\/\s)/.exec(out)?.[0] ?? '';
  return {
    url,
    memory: () => memoryOf(child.pid),
    out,
    err: () => err,
    end: async (signal) => {
      child.kill(signal);
      return (await ended)[0];
    },
  };
}

function memoryOf(pid: number | undefined): { now: number; peak: number } {
  const file = `/proc/${pid}/status`;
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const field = (name: string) => {
    const [, kilobytes = '0'] = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text) ?? [];
    return Math.round(Number(kilobytes) / 1000);
  };
  return { now: field('VmRSS'), peak: field('VmHWM') };
}
