// `doctor`: looks at what a collector needs, and says what to do where it lacks something.
import { existsSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SqliteStore } from '../store/sqlite/calls.js';
import { hasData, isHeld } from '../store/sqlite/copies.js';
import { openSqliteReader } from '../store/sqlite/threads.js';
import { StoreError } from '../store/store.js';
import { WRITTEN } from '../store/written.js';
import type { Arguments } from './arguments.js';
import { type Command, dataOf } from './command.js';
import { Failure } from './failure.js';
import { countText, createProgress, sizeText } from './progress.js';

/** What was found out about one thing, in a sentence; with what to do where it is not well. */
interface Finding {
  readonly state: 'ok' | 'warn' | 'FAIL';
  readonly about: string;
  readonly text: string;
}

export const DOCTOR: Command = {
  name: 'doctor',
  takes: [],
  options: ['data'],
  summary: 'check the data folder, the disk, the clock and the data, and say what to do',
  details: `Reads all data, which takes a while when there is much, and changes nothing; a collector may run meanwhile. Ends
with 1 when something is broken.`,
  run: examine,
};

/** Below this a collector soon cannot write. Bytes. */
const LITTLE = 1_000_000_000;
const TOO_LITTLE = 50_000_000;

async function examine({ flags }: Arguments): Promise<void> {
  const data = resolve(dataOf(flags));
  const findings: Finding[] = [];
  const tell = (finding: Finding) => {
    findings.push(finding);
    console.log(`${finding.state.padEnd(4)}  ${finding.about.padEnd(9)}  ${finding.text}`);
  };
  tell(ofNode(process.versions.node));
  for (const finding of ofFolder(data)) tell(finding);
  if (hasData(data)) {
    for (const finding of await orFailed('process', () => ofProcess(data))) tell(finding);
    for (const finding of await orFailed('data', () => ofData(data))) tell(finding);
  }
  const broken = findings.filter(({ state }) => state === 'FAIL').length;
  if (broken > 0)
    throw new Failure(`${broken} of ${findings.length} checks failed; what to do is said with them`);
}

function ofNode(version: string): Finding {
  const [major = 0] = version.split('.').map(Number);
  if (major >= 20) return { state: 'ok', about: 'node', text: version };
  return { state: 'FAIL', about: 'node', text: `${version} is too old: install 20 or newer` };
}

function ofFolder(data: string): Finding[] {
  if (!existsSync(data)) {
    const text = `${data} is not there yet; "serve" makes it. If you expected data, name its folder with --data DIR`;
    return [{ state: 'warn', about: 'folder', text }];
  }
  const size = sizeText(sizeOf(data));
  const open = statSync(data).mode & 0o077;
  const folder: Finding = open
    ? { state: 'warn', about: 'folder', text: `${data} (${size}) is open to other users: chmod 700 ${data}` }
    : { state: 'ok', about: 'folder', text: `${data}, ${size}` };
  const { bavail, bsize } = statfsSync(data);
  return [folder, ofDisk(bavail * bsize)];
}

export function ofDisk(free: number): Finding {
  const text = `${sizeText(free)} free`;
  if (free >= LITTLE) return { state: 'ok', about: 'disk', text };
  const state = free < TOO_LITTLE ? 'FAIL' : 'warn';
  return { state, about: 'disk', text: `${text}: make room, or move the folder to a larger disk` };
}

function sizeOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found?.size ?? 0;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

async function ofProcess(data: string): Promise<Finding[]> {
  const text = isHeld(data) ? 'a collector runs on it' : 'no collector runs on it now';
  return [{ state: 'ok', about: 'process', text }];
}

/** What is looked at is not changed: it may be all there is. */
async function ofData(data: string): Promise<Finding[]> {
  const store = await openSqliteReader(data);
  try {
    return [await ofClock(store), await ofUsers(store), ...(await ofStore(store))];
  } finally {
    await store.close();
  }
}

async function ofUsers(store: SqliteStore): Promise<Finding> {
  const { length } = await store.users();
  if (length > 0) return { state: 'ok', about: 'users', text: countText(length) };
  const text = 'none: "serve" makes one and prints its password, or "user add NAME" does';
  return { state: 'warn', about: 'users', text };
}

/** What `look` finds; that it could not look is a finding, too. */
async function orFailed(about: string, look: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof StoreError) return [{ state: 'FAIL', about, text: error.message }];
    throw error;
  }
}

async function ofClock(store: SqliteStore): Promise<Finding> {
  return ofTimes(Date.now(), await store.lastReceived());
}

/** @param last when the newest report was received, by the clock of then. */
export function ofTimes(now: number, last: number | undefined): Finding {
  const shown = `${new Date(now).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const advice = 'set it, and let NTP keep it (timedatectl set-ntp true)';
  if (now < WRITTEN) return { state: 'FAIL', about: 'clock', text: `${shown} is past: ${advice}` };
  if (last !== undefined && last > now + 60_000)
    return {
      state: 'warn',
      about: 'clock',
      text: `${shown}, but reports were received later than that: ${advice}`,
    };
  return { state: 'ok', about: 'clock', text: shown };
}

async function ofStore(store: SqliteStore): Promise<Finding[]> {
  const { reports, since } = await store.backlog();
  const digest: Finding =
    since !== undefined && Date.now() - since > 600_000
      ? {
          state: 'warn',
          about: 'groups',
          text: `${countText(reports)} reports wait to be grouped: start the collector`,
        }
      : { state: 'ok', about: 'groups', text: `${countText(reports)} reports wait to be grouped` };
  const known = [digest, ...(await ofAside(store))];
  const progress = createProgress();
  const begun = Date.now();
  const look = setInterval(
    () => progress.at(() => `checking the data, ${Math.round((Date.now() - begun) / 1000)} s`),
    250,
  );
  const faults = await store.faults().finally(() => clearInterval(look));
  if (faults.length === 0)
    return [
      ...known,
      { state: 'ok', about: 'data', text: 'every page, text, file and count is as it should be' },
    ];
  const advice = 'restore a backup into a new folder, and keep this one to look at';
  return [...known, { state: 'FAIL', about: 'data', text: `${faults.join('; ')}: ${advice}` }];
}

/** What stood in the way of others, and why. */
async function ofAside(store: SqliteStore): Promise<Finding[]> {
  const advice = 'kept, and tried again at every start: update the collector and start it again';
  return (await store.setAside()).map(({ place, reason, count }) => {
    const [one, what] = place === 'inbox' ? ['post', 'unpacked'] : ['report', 'grouped or removed'];
    const rows = `${countText(count)} ${one}${count === 1 ? '' : 's'}`;
    const text = `${rows} could not be ${what} (${reason}): ${advice}`;
    return { state: 'warn', about: 'set aside', text };
  });
}
