// A collector on a disk that is full: what becomes of what it has acknowledged.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createReader } from '../catalogue/arrived.js';
import { BIN, CollectorProcess } from '../collector.js';
import { pause } from './round.js';

/** Room of the disk, and of what lies on it that is none of the collector's. Bytes. */
const DISK = 12 << 20;
const BALLAST = 6 << 20;
const CLIENTS = 8;

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly ids: readonly string[];
}

async function post(collector: CollectorProcess): Promise<Answer> {
  const log = {
    type: 'managedError',
    id: randomUUID(),
    timestamp: new Date().toISOString(),
    fatal: true,
    exception: { type: 'Error', message: randomUUID(), stackTrace: randomText(20_000) },
  };
  const response = await fetch(`${collector.url}/logs`, {
    method: 'POST',
    headers: { 'app-secret': collector.secret, 'install-id': randomUUID() },
    body: JSON.stringify({ logs: [log] }),
  });
  const { validDiagnosticsIds = [] } = (await response.json()) as { validDiagnosticsIds?: string[] };
  const retryAfter = response.headers.get('x-ms-retry-after-ms');
  return { status: response.status, retryAfter, ids: validDiagnosticsIds };
}

/** Text that does not deflate. */
const randomText = (length: number): string =>
  Array.from({ length: length / 36 }, () => randomUUID()).join(' ');

/** A collector on a disk of its own: a file system in memory that only its process sees. Linux. */
async function startOnSmallDisk(collector: CollectorProcess): Promise<ChildProcess> {
  const disk = join(collector.folder, 'disk');
  mkdirSync(disk);
  // Without the guard that keeps some of the disk free: it is to be full.
  const script = `mount -t tmpfs -o size=${DISK} none "$1" && cp "$2"/crashpost.db* "$1" && exec "$3" "$4" serve --data "$1" --port "$5" --limits freeBytes=0`;
  const words = [disk, collector.folder, process.execPath, BIN, String(collector.port)];
  const child = spawn('unshare', ['--map-root-user', '--mount', 'sh', '-ec', script, 'sh', ...words], {
    env: { ...process.env, CRASHPOST_ADMIN_PASSWORD: collector.password },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (let tries = 0; tries < 200 && child.exitCode === null; tries++) {
    const up = await fetch(`${collector.url}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) return child;
    await pause(50);
  }
  throw new Error('no collector on a small disk: has this machine unprivileged user namespaces?');
}

export interface DiskFull {
  readonly acknowledged: number;
  /** Acknowledged, and not on the site in the end. */
  readonly missing: readonly string[];
  /** Answers while the disk was full, by status; those without a time to come again. */
  readonly refused: Readonly<Record<number, number>>;
  readonly timeless: number;
  /** From the moment there was room again to the first acknowledgement. Milliseconds. */
  readonly recovered: number;
}

/** Posts until the disk is full, and on; makes room; posts again; and looks for everything acknowledged. */
export async function fillDisk(): Promise<DiskFull> {
  const collector = await CollectorProcess.prepare();
  const child = await startOnSmallDisk(collector);
  try {
    // The collector's own view of its disk.
    const ballast = `/proc/${child.pid}/root${join(collector.folder, 'disk', 'ballast')}`;
    writeFileSync(ballast, Buffer.alloc(BALLAST));
    const acknowledged = new Set<string>();
    const answers: Answer[] = [];
    const client = async (): Promise<void> => {
      for (let refusals = 0; refusals < 10; ) {
        const answer = await post(collector);
        for (const id of answer.ids) acknowledged.add(id);
        if (answer.status === 200) continue;
        answers.push(answer);
        refusals++;
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
    rmSync(ballast);
    const freed = Date.now();
    for (let { ids } = await post(collector); ; { ids } = await post(collector)) {
      for (const id of ids) acknowledged.add(id);
      if (ids.length > 0) break;
      if (Date.now() - freed > 60_000) throw new Error('the collector does not recover');
      await pause(100);
    }
    const recovered = Date.now() - freed;
    for (let i = 0; i < 20; i++) for (const id of (await post(collector)).ids) acknowledged.add(id);
    const missing = await missingOf(collector, acknowledged);
    const refused: Record<number, number> = {};
    for (const { status } of answers) refused[status] = (refused[status] ?? 0) + 1;
    const timeless = answers.filter(({ retryAfter }) => !retryAfter).length;
    return { acknowledged: acknowledged.size, missing, refused, timeless, recovered };
  } finally {
    if (child.exitCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await collector.remove();
  }
}

async function missingOf(collector: CollectorProcess, acknowledged: ReadonlySet<string>): Promise<string[]> {
  const read = createReader(collector);
  for (let tries = 0; ; tries++) {
    const shown = new Set((await read()).map(({ id }) => id));
    const missing = [...acknowledged].filter((id) => !shown.has(id));
    if (missing.length === 0 || tries === 40) return missing;
    await pause(500);
  }
}
