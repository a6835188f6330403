// SIGKILL in the middle of what is done to a whole data folder: done again, it is as if nothing had been.
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { isBuilt, type Ran, run } from '../collector.fixture.js';
import { openConnection } from '../store/sqlite/connection.js';
import { openInProcess } from '../store/sqlite/in-process.fixture.js';
import { MIGRATIONS } from '../store/sqlite/schema.js';
import { deliveryOf, idOf, keepNow, logOf, newFolder, withApp } from '../store/sqlite/stores.fixture.js';

const ROUNDS = 3;
const REPORTS = 100;
const DUMPS = 10;

let data: string;

/** Enough that copying it takes a while. */
async function fill(): Promise<string> {
  const folder = newFolder();
  const store = await withApp(openInProcess, folder);
  const text = (bytes: number) => randomBytes(bytes).toString('base64');
  const reports = Array.from({ length: REPORTS }, (_, n) => logOf(n, { json: `{"text":"${text(60_000)}"}` }));
  const dump = { type: 'errorAttachment', errorId: idOf(1), isDump: true };
  const dumps = Array.from({ length: DUMPS }, (_, n) =>
    logOf(1000 + n, { ...dump, json: `{"data":"${text(300_000)}"}` }),
  );
  await keepNow(store, deliveryOf(reports));
  await keepNow(store, deliveryOf(dumps));
  await store.close();
  return folder;
}

async function expectWhole(folder: string): Promise<void> {
  const store = await openInProcess(folder, false);
  const found = [];
  for (let seq = 0; ; seq = found.length) {
    const rows = await store.reportsAfter(seq, 50);
    if (rows.length === 0) break;
    found.push(...rows.map(({ id }) => id));
  }
  expect(found).toEqual(Array.from({ length: REPORTS }, (_, n) => idOf(n)));
  expect(await store.faults()).toEqual([]);
  const sizes = (await store.attachmentsOf(1, idOf(1))).map(({ file }) => file?.bytes);
  expect(sizes).toEqual(Array.from({ length: DUMPS }, () => 300_000));
  await store.close();
}

/** Kills it at moments spread over the time that it takes; some are too late, which is a moment too. */
async function killed(args: (round: number) => string[], isDone: (round: number) => boolean): Promise<void> {
  const begun = performance.now();
  expect((await run(args(0))).code).toBe(0);
  const took = performance.now() - begun;
  const ran: Ran[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    ran.push(await run(args(round), {}, (took * round) / (ROUNDS + 1)));
    if (!isDone(round)) expect(await run(args(round))).toMatchObject({ code: 0 });
  }
  expect(ran.some(({ code }) => code === null)).toBe(true);
}

describe.skipIf(!isBuilt)('SIGKILL (needs build/: run "tsc -b" first)', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    data = await fill();
  }, 60_000);

  it('during a backup leaves none, or a whole one', async () => {
    const to = join(newFolder(), 'backup');
    await killed(
      (round) => ['backup', `${to}${round}`, '--data', data],
      (round) => existsSync(`${to}${round}`),
    );
    for (let round = 0; round <= ROUNDS; round++) await expectWhole(`${to}${round}`);
    await expectWhole(data);
  });

  it('during a restore leaves no data, or all of it', async () => {
    const backup = join(newFolder(), 'backup');
    expect((await run(['backup', backup, '--data', data])).code).toBe(0);
    const to = join(newFolder(), 'restored');
    await killed(
      (round) => ['restore', backup, '--data', `${to}${round}`],
      (round) => existsSync(join(`${to}${round}`, 'crashpost.db')),
    );
    for (let round = 0; round <= ROUNDS; round++) {
      await expectWhole(`${to}${round}`);
      expect(readdirSync(`${to}${round}`).filter((name) => name.includes('.part'))).toEqual([]);
    }
  });

  it.each(MIGRATIONS.map((_, n) => n).slice(1))(
    'during the migration from format %i leaves the old, or the new',
    async (format) => {
      const folder = newFolder();
      const db = openConnection(join(folder, 'crashpost.db'));
      for (const migration of MIGRATIONS.slice(0, format)) db.exec(migration);
      db.exec(`PRAGMA user_version = ${format}; INSERT INTO apps (name, secret, created_at) VALUES ('demo', 's', 1);
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
      INSERT INTO reports (app_id, id, type, install_id, timestamp, received_at, seen_at)
        SELECT 1, 'r' || i, 't', 'i', i, i, i FROM n; INSERT INTO bodies (seq, body) SELECT seq, x'' FROM reports`);
      db.close();
      const rows = () => {
        const now = openConnection(join(folder, 'crashpost.db'));
        const n = now.prepare<{ n: number }>('SELECT count(*) AS n FROM reports').all()[0]?.n;
        const found = [now.pragma('integrity_check'), n, now.pragma('user_version')];
        now.close();
        return found;
      };
      // A command opens, and migrates, the folder as a collector does; it takes about half a second.
      for (const ms of [120, 200, 300]) {
        await run(['token', 'list', '--data', folder], {}, ms);
        const [sound, n, version] = rows();
        expect([sound, n]).toEqual(['ok', 20_000]);
        expect([format, MIGRATIONS.length]).toContain(version);
      }
      expect((await run(['token', 'list', '--data', folder])).code).toBe(0);
      expect(rows()).toEqual(['ok', 20_000, MIGRATIONS.length]);
    },
  );
});
