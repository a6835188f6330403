// The promise, tried on a real process: what was acknowledged is there after SIGKILL at any moment.
// CRASHPOST_KILL_ROUNDS=50 for the long form.
import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isBuilt, run, startProcess } from './collector.fixture.js';
import { openConnection } from './store/sqlite/connection.js';
import { newFolder } from './store/sqlite/stores.fixture.js';
import type { Answer } from './wire.js';

const ROUNDS = Number(process.env.CRASHPOST_KILL_ROUNDS ?? 5);
const CLIENTS = 16;
const TYPES = ['TypeError', 'RangeError', 'SyntaxError'];
const INSTALLS = Array.from({ length: 5 }, () => randomUUID());

const DUMP_BYTES = 30_000;
const DUMP = Buffer.alloc(DUMP_BYTES, 'MDMP').toString('base64');

interface Target {
  readonly url: string;
  readonly secret: string;
}

let posts = 0;

/** One client: posts until the collector is gone, and remembers every id it was answered. */
async function postUntilKilled({ url, secret }: Target, acknowledged: Set<string>): Promise<void> {
  for (;;) {
    // Counted for all clients together: on a slow machine each of them posts a few times only.
    const n = posts++;
    const id = randomUUID();
    const exception = { type: TYPES[n % TYPES.length], message: `failed ${n % 7}` };
    const report = { type: 'managedError', id, timestamp: new Date().toISOString(), fatal: true, exception };
    const attachment = {
      type: 'errorAttachment',
      id: randomUUID(),
      errorId: id,
      // Half of them minidumps, which become files.
      ...(n % 2 ? { contentType: 'text/plain', data: 'aGk=' } : { fileName: 'minidump.dmp', data: DUMP }),
    };
    const headers = { 'app-secret': secret, 'install-id': INSTALLS[n % INSTALLS.length] ?? '' };
    const body = JSON.stringify({ logs: n % 3 === 0 ? [report, attachment] : [report] });
    try {
      const response = await fetch(`${url}/logs`, { method: 'POST', headers, body });
      const answer = (await response.json()) as Answer;
      for (const valid of answer.validDiagnosticsIds) acknowledged.add(valid);
    } catch {
      return; // killed: what was not answered is not promised
    }
  }
}

async function round(data: string, secret: string, acknowledged: Set<string>): Promise<void> {
  const collector = await startProcess(data);
  const before = acknowledged.size;
  const clients = Array.from({ length: CLIENTS }, () =>
    postUntilKilled({ url: collector.url, secret }, acknowledged),
  );
  while (acknowledged.size === before) await new Promise((resolve) => setTimeout(resolve, 5));
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 400));
  expect(await collector.end('SIGKILL')).toBeNull();
  await Promise.all(clients);
}

/** Starts the collector once more and stops it when it has digested everything. */
async function settle(data: string): Promise<void> {
  const collector = await startProcess(data);
  const db = openConnection(join(data, 'crashpost.db'));
  const left = db.prepare<{ n: number }>(
    `SELECT (SELECT count(*) FROM reports WHERE group_id IS NULL) + (SELECT count(*) FROM inbox) AS n`,
  );
  while ((left.all()[0]?.n ?? 0) > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  db.close();
  expect(await collector.end('SIGTERM')).toBe(0);
}

describe.skipIf(!isBuilt)('SIGKILL under load (needs build/: run "tsc -b" first)', () => {
  it(`loses nothing that was acknowledged, ${ROUNDS} rounds`, {
    timeout: 60_000 + ROUNDS * 10_000,
  }, async () => {
    const data = newFolder();
    const secret = (await run(['app', 'add', 'kill', '--data', data])).out.trim();
    const acknowledged = new Set<string>();
    for (let i = 0; i < ROUNDS; i++) await round(data, secret, acknowledged);
    await settle(data);

    const db = openConnection(join(data, 'crashpost.db'));
    expect(db.pragma('integrity_check')).toBe('ok');
    const kept = new Set(
      db
        .prepare<{ id: string }>('SELECT id FROM reports UNION ALL SELECT id FROM attachments')
        .all()
        .map(({ id }) => id),
    );
    expect(acknowledged.size).toBeGreaterThan(ROUNDS);
    expect([...acknowledged].filter((id) => !kept.has(id))).toEqual([]);
    const wrong = db.prepare(
      `SELECT id FROM groups AS g WHERE
         reports <> (SELECT count(*) FROM reports WHERE group_id = g.id) OR
         installs <> (SELECT count(DISTINCT install_id) FROM reports WHERE group_id = g.id) OR
         reports <> (SELECT sum(reports) FROM group_hours WHERE group_id = g.id) OR
         reports <> (SELECT sum(reports) FROM group_days WHERE group_id = g.id) OR
         first_seen <> (SELECT min(seen_at) FROM reports WHERE group_id = g.id) OR
         last_seen <> (SELECT max(seen_at) FROM reports WHERE group_id = g.id)`,
    );
    expect(wrong.all()).toEqual([]);
    expect(
      db
        .prepare('SELECT seq FROM reports WHERE group_id IS NULL OR seq NOT IN (SELECT seq FROM bodies)')
        .all(),
    ).toEqual([]);
    expect(db.prepare('SELECT id FROM groups').all().length).toBeGreaterThanOrEqual(TYPES.length);
    const files = db.prepare<{ file: string }>('SELECT file FROM attachments WHERE file IS NOT NULL').all();
    expect(files.filter(({ file }) => statSync(join(data, file)).size !== DUMP_BYTES)).toEqual([]);
    expect(files.length).toBeGreaterThan(0);
    console.log(`killed ${ROUNDS} times: ${acknowledged.size} acknowledged, 0 missing`);
  });
});
