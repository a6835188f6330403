// Who is measured, each in a process of its own.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const BIN = here('../../collector/dist/bin.js');

/** A run that fails takes them along. */
const running = new Set();
process.once('exit', () => {
  for (const child of running) child.kill();
});

/** The address is the first one it prints. */
export async function start(args) {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(child);
  const url = await new Promise((resolve, reject) => {
    let out = '';
    child.stdout.on('data', (text) => {
      out += text;
      const found = /(http:\/\/[\w.]+:\d+)\/?\s/.exec(out);
      if (found) resolve(found[1]);
    });
    child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code}: ${out}`)));
  });
  const end = async () => {
    running.delete(child);
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  return { url, pid: child.pid, end };
}

export const http = () => start([here('ceiling.mjs'), 'none']);
export const append = (folder) => start([here('ceiling.mjs'), 'append', join(folder, 'append.log')]);
export const parsed = (folder) => start([here('ceiling.mjs'), 'parsed', join(folder, 'parsed.log')]);

/** The collector with an appended file for its store. */
export const appending = async (folder) => {
  const secret = randomUUID();
  return { ...(await start([here('appending.mjs'), join(folder, 'append.log'), secret])), secret };
};

/** No limit by the minute: it is the machine that is measured. */
export const collector = (folder) => {
  const limits = 'crashesPerMinute=1000000000';
  return start([BIN, 'serve', '--data', folder, '--port', '0', '--limits', limits]);
};

/** Adds an app; resolves with its secret. */
export async function addApp(folder) {
  const child = spawn(process.execPath, [BIN, 'app', 'add', 'bench', '--data', folder]);
  let out = '';
  child.stdout.on('data', (text) => {
    out += text;
  });
  await once(child, 'close');
  return out.trim();
}

/** Resident memory now and at most. MB. */
export function memoryOf(pid) {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return {};
  const text = readFileSync(file, 'utf8');
  const field = (name) => Math.round(Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1]) / 1000);
  return { now: field('VmRSS'), peak: field('VmHWM') };
}

/** CPU that a process has used, all its threads. Milliseconds; a tick is 10 ms on every Linux. */
export function cpuOf(pid) {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return Number.NaN;
  // After the name, which may have blanks: utime and stime are fields 14 and 15 of proc(5).
  const fields = readFileSync(file, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Runs the load in its own process. */
export async function load({ url, secret, connections, logs, seconds, seed }) {
  const args = [here('load.mjs'), url, secret, connections, logs, seconds, seed].map(String);
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', (text) => {
    out += text;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the load ended with ${code}`);
  const result = JSON.parse(out);
  const bad = Object.keys(result.statuses).filter((status) => status !== '200');
  if (bad.length > 0) throw new Error(`answers that are not 200: ${JSON.stringify(result.statuses)}`);
  return result;
}
