// Long under a mixed load, memory stays what it was. `npm run test:soak`: ten minutes; CRASHPOST_SOAK_MINUTES=N for N.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { isBuilt, type Running, run, startProcess } from './collector.fixture.js';
import { openConnection } from './store/sqlite/connection.js';
import { newFolder } from './store/sqlite/stores.fixture.js';
import type { Answer } from './wire.js';

const MINUTES = Number(process.env.CRASHPOST_SOAK_MINUTES ?? 0);
const LANES = 8;
const PAUSE_MS = 20;

/** What a garbage collector may do between two looks. Megabytes. */
const SLACK = 40;

interface Sent {
  readonly reports: Set<string>;
  posts: number;
  refused: number;
}

const DEVICE = {
  sdkName: 'soak',
  sdkVersion: '1',
  osName: 'Linux',
  osVersion: '6',
  locale: 'en',
  timeZoneOffset: 0,
};

/** A visit as an SDK tells it; now and then something that is refused. */
function bodyOf(n: number): { text: string; headers: Record<string, string> } {
  const sid = randomUUID();
  const log = {
    sid,
    timestamp: new Date().toISOString(),
    device: { ...DEVICE, appVersion: '1', appBuild: '1' },
  };
  const frames = Array.from({ length: 30 }, (_, i) => {
    return { className: 'Cart', methodName: `f${(n + i) % 90}`, fileName: 'cart.js', lineNumber: i };
  });
  const exception = { type: `Error${n % 40}`, message: `item ${n} is gone`, frames };
  const id = randomUUID();
  const data = Buffer.alloc(20_000, String(n)).toString('base64');
  const logs: object[] = [
    { ...log, type: 'managedError', id, processId: 0, processName: 'x', fatal: true, exception },
  ];
  if (n % 3 === 0)
    logs.push({ ...log, type: 'startSession' }, { ...log, type: 'event', id: randomUUID(), name: 'e' });
  if (n % 5 === 0)
    logs.push({ ...log, type: 'errorAttachment', id: randomUUID(), errorId: id, contentType: 'a/b', data });
  if (n % 7 === 0) logs.push({ ...log, type: 'errorAttachment', id: randomUUID() }, 7 as unknown as object);
  const text = n % 11 === 0 ? '{"logs":' : JSON.stringify({ logs });
  return { text, headers: n % 2 ? { 'content-encoding': 'gzip' } : {} };
}

async function lane({ url, secret, until }: { url: string; secret: string; until: number }, sent: Sent) {
  while (Date.now() < until) {
    const { text, headers } = bodyOf(sent.posts++);
    const body = headers['content-encoding'] ? gzipSync(text) : text;
    const ids = { 'app-secret': secret, 'install-id': randomUUID() };
    const response = await fetch(`${url}/logs`, { method: 'POST', body, headers: { ...headers, ...ids } });
    const answer = (await response.json()) as Answer;
    expect([200, 400]).toContain(response.status);
    if (response.status === 400) sent.refused++;
    const [id] = answer.validDiagnosticsIds;
    if (id) sent.reports.add(id);
    await wait(PAUSE_MS);
  }
}

/** Memory every two seconds, in megabytes. */
async function watch(collector: Running, until: number): Promise<number[]> {
  const samples: number[] = [];
  while (Date.now() < until) {
    samples.push(collector.memory().now);
    await wait(2000);
  }
  return samples;
}

const mean = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0) / numbers.length;

describe.skipIf(!isBuilt || MINUTES === 0)('a long run (CRASHPOST_SOAK_MINUTES)', () => {
  it(`of ${MINUTES} minutes loses nothing and does not grow`, {
    timeout: MINUTES * 60_000 + 300_000,
  }, async () => {
    const data = newFolder();
    const secret = (await run(['app', 'add', 'soak', '--data', data])).out.trim();
    const collector = await startProcess(data, { CRASHPOST_LIMITS: 'crashesPerMinute=1000000' });
    const until = Date.now() + MINUTES * 60_000;
    const sent: Sent = { reports: new Set(), posts: 0, refused: 0 };
    const target = { url: collector.url, secret, until };
    const [samples] = await Promise.all([
      watch(collector, until),
      ...Array.from({ length: LANES }, () => lane(target, sent)),
    ]);

    // The first third is for what is filled once: caches, code, the heap.
    const third = Math.floor(samples.length / 3);
    const [middle, last] = [mean(samples.slice(third, 2 * third)), mean(samples.slice(2 * third))];
    const { peak } = collector.memory();
    console.log(
      `${sent.posts} posts in ${MINUTES} min: ${middle.toFixed()} MB in the middle, ${last.toFixed()} MB at the end, peak ${peak} MB`,
    );
    expect(samples.length).toBeGreaterThan(9);
    expect(last).toBeLessThan(middle + SLACK);

    const db = openConnection(join(data, 'crashpost.db'));
    const count = (sql: string) => db.prepare<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`).all()[0]?.n;
    while (count('inbox') || count('reports WHERE group_id IS NULL')) await wait(50);
    expect(count('reports')).toBe(sent.reports.size);
    expect(sent.refused).toBeGreaterThan(0);
    const told = db.prepare<{ n: number }>(
      "SELECT sum(logs) AS n FROM refused_days WHERE reason = 'InvalidJson'",
    );
    await expect.poll(() => told.all()[0]?.n, { timeout: 5000 }).toBe(sent.refused);
    db.close();
    expect(collector.err()).not.toContain('"level":"error"');
    expect(await collector.end('SIGTERM')).toBe(0);
  });
});
