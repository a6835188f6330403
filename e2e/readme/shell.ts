// Commands as a person types them.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from '@playwright/test';

/** The environment of a person: nothing of the `npm test` this runs in. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^npm_|^INIT_CWD$|^NODE_ENV$/.test(name)),
);
export const run = (command: string, cwd: string, more = {}): string =>
  execFileSync('sh', ['-c', command], { cwd, env: { ...env, ...more }, encoding: 'utf8', stdio: 'pipe' });

/** Starts `command`, waits until its output matches, gives the output to `look`, then stops it as Ctrl+C does. */
export async function during(
  { command, cwd, more, until }: { command: string; cwd: string; more: object; until: RegExp },
  look: (output: string) => Promise<void>,
): Promise<void> {
  const child = spawn('sh', ['-c', `exec ${command}`], { cwd, env: { ...env, ...more }, detached: true });
  let output = '';
  child.stdout.on('data', (text) => (output += text));
  child.stderr.on('data', (text) => (output += text));
  const closed = once(child, 'close');
  const ready = expect.poll(() => output, { timeout: 240_000 }).toMatch(until);
  try {
    await Promise.race([ready, closed.then(() => Promise.reject(new Error(`it ended: ${output}`)))]);
    await look(output);
  } finally {
    if (child.exitCode === null) process.kill(-(child.pid ?? 0), 'SIGINT');
    await closed;
  }
}
