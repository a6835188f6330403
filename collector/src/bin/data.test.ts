// backup, restore, export and doctor, as a person runs them.
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isBuilt, type Running, run, startProcess } from '../collector.fixture.js';
import { openConnection } from '../store/sqlite/connection.js';
import { newFolder, REPORTS_ON_DISK } from '../store/sqlite/stores.fixture.js';
import type { Answer } from '../wire.js';

/** Posts until it is told to stop, and remembers what was acknowledged. */
function createLoad({ url }: Running, secret: string) {
  const acknowledged = new Set<string>();
  let isOver = false;
  const client = async () => {
    while (!isOver) {
      const log = {
        type: 'managedError',
        id: randomUUID(),
        exception: { type: 'Error', message: 'x'.repeat(2000) },
      };
      const body = JSON.stringify({ logs: [log] });
      const response = await fetch(`${url}/logs`, {
        method: 'POST',
        headers: { 'app-secret': secret },
        body,
      });
      for (const id of ((await response.json()) as Answer).validDiagnosticsIds) acknowledged.add(id);
    }
  };
  const clients = Array.from({ length: 8 }, client);
  return {
    acknowledged,
    stop: async () => {
      isOver = true;
      await Promise.all(clients);
    },
  };
}

const idsIn = (folder: string): Set<string> => {
  const db = openConnection(join(folder, 'crashpost.db'));
  expect(db.pragma('integrity_check')).toBe('ok');
  const ids = db
    .prepare<{ id: string }>(REPORTS_ON_DISK)
    .all()
    .map(({ id }) => id);
  db.close();
  return new Set(ids);
};

const countIn = (folder: string, rows: string): number | undefined => {
  const db = openConnection(join(folder, 'crashpost.db'));
  const n = db.prepare<{ n: number }>(`SELECT count(*) AS n FROM ${rows}`).all()[0]?.n;
  db.close();
  return n;
};

/** A folder with one app, two reports and an attachment. */
async function filled(): Promise<string> {
  const data = newFolder();
  const secret = (await run(['app', 'add', 'Shop', '--data', data])).out.trim();
  const collector = await startProcess(data);
  const report = (id: string) =>
    `{"type":"managedError","id":"${id}","n":9007199254740993,\r\n"exception":{"type":"E"}}`;
  const errorId = randomUUID();
  const attachment = {
    type: 'errorAttachment',
    id: randomUUID(),
    errorId,
    contentType: 'text/plain',
    data: 'aGk=',
  };
  const body = `{"logs":[${report(errorId)},${report(randomUUID())},${JSON.stringify(attachment)}]}`;
  expect(
    (await fetch(`${collector.url}/logs`, { method: 'POST', headers: { 'app-secret': secret }, body }))
      .status,
  ).toBe(200);
  await expect.poll(() => countIn(data, 'reports WHERE group_id IS NOT NULL'), { timeout: 10_000 }).toBe(2);
  await collector.end('SIGTERM');
  return data;
}

describe.skipIf(!isBuilt)('the commands on data (need build/: run "tsc -b" first)', () => {
  it('backup has all that was acknowledged before it began, under load; restore makes a folder of it', async () => {
    const data = newFolder();
    const secret = (await run(['app', 'add', 'Shop', '--data', data])).out.trim();
    const collector = await startProcess(data);
    const load = createLoad(collector, secret);
    while (load.acknowledged.size < 300) await new Promise((resolve) => setTimeout(resolve, 10));
    const before = [...load.acknowledged];
    const to = join(newFolder(), 'backup');
    const made = await run(['backup', to, '--data', data]);
    expect(made).toMatchObject({
      code: 0,
      out: '',
      err: expect.stringMatching(/ has all data of .*, [\d.]+ [kM]?B\.\n$/),
    });
    const after = load.acknowledged.size;
    await load.stop();
    // It went on while the backup was made.
    expect(after).toBeGreaterThan(before.length);
    expect(await collector.end('SIGTERM')).toBe(0);
    const inBackup = idsIn(to);
    expect(before.filter((id) => !inBackup.has(id))).toEqual([]);
    expect(readdirSync(to)).toEqual(['crashpost.db']);

    const fresh = join(newFolder(), 'fresh');
    expect(await run(['restore', to, '--data', fresh])).toMatchObject({ code: 0, out: '' });
    expect(idsIn(fresh)).toEqual(inBackup);
    const again = await startProcess(fresh);
    const posted = await fetch(`${again.url}/logs`, {
      method: 'POST',
      headers: { 'app-secret': secret },
      body: '{"logs":[]}',
    });
    expect(posted.status).toBe(200);
    expect(await run(['restore', to, '--data', fresh])).toMatchObject({
      code: 1,
      err: expect.stringContaining('stays as it is'),
    });
    await again.end('SIGTERM');
  }, 120_000);

  it('backup overwrites nothing, and begins no folder', async () => {
    const data = await filled();
    const to = newFolder();
    writeFileSync(join(to, 'mine'), '');
    expect(await run(['backup', to, '--data', data])).toMatchObject({
      code: 1,
      err: expect.stringContaining('already'),
    });
    expect(readdirSync(to)).toEqual(['mine']);
    const nowhere = join(newFolder(), 'none');
    for (const words of [['backup', to], ['export']]) {
      const ran = await run([...words, '--data', nowhere]);
      expect(ran).toMatchObject({
        code: 1,
        out: '',
        err: expect.stringMatching(/^crashpost-collector: There is no data in /),
      });
    }
    expect(existsSync(nowhere)).toBe(false);
  });

  it('export writes a line for each, as it came', async () => {
    const data = await filled();
    const { code, out, err } = await run(['export', '--data', data]);
    expect([code, err]).toEqual([0, '3 lines are written.\n']);
    const lines = out.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      {
        app: 'Shop',
        type: 'managedError',
        log: { exception: { type: 'E' } },
        receivedAt: expect.stringMatching(/Z$/),
      },
      { app: 'Shop', type: 'managedError', timestamp: expect.any(String), groupId: 1 },
      { app: 'Shop', type: 'errorAttachment', errorId: JSON.parse(lines[0] ?? '').id, log: { data: 'aGk=' } },
    ]);
    expect(lines[0]).toContain('9007199254740993');

    const file = join(newFolder(), 'all.jsonl');
    expect((await run(['export', '--data', data, '--out', file, '--app', 'Shop'])).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(out);
    expect(await run(['export', '--data', data, '--out', file])).toMatchObject({
      code: 1,
      err: expect.stringContaining('stays as it is'),
    });
    expect(await run(['export', '--data', data, '--app', 'x'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('there is Shop'),
    });
  });

  it('what cannot be unpacked holds up nobody: doctor names it, export has it, a start tries it again', async () => {
    const data = await filled();
    const db = openConnection(join(data, 'crashpost.db'));
    db.exec(`INSERT INTO inbox (app_id, install_id, received_at, logs, heads, bodies)
      VALUES (1, '${randomUUID()}', 1, 1, '[{"id":"1","by', cast('{"type":"E"}' AS BLOB))`);
    const [{ secret } = { secret: '' }] = db.prepare<{ secret: string }>('SELECT secret FROM apps').all();
    db.close();
    const collector = await startProcess(data, { CRASHPOST_LOG: 'json' });
    const headers = { 'app-secret': secret };
    const body = `{"logs":[{"type":"managedError","id":"${randomUUID()}","exception":{"type":"E"}}]}`;
    expect((await fetch(`${collector.url}/logs`, { method: 'POST', headers, body })).status).toBe(200);
    await expect.poll(() => countIn(data, 'reports WHERE group_id IS NOT NULL'), { timeout: 10_000 }).toBe(3);
    const token = (await run(['token', 'add', 'm', '--data', data])).out.trim();
    const metrics = await fetch(`${collector.url}/metrics`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const text = await metrics.text();
    expect(text).toMatch(/^crashpost_set_aside 1$/m);
    expect(text).toMatch(/^crashpost_undigested_reports 0$/m);
    expect(text).toMatch(/^crashpost_digest_lag_seconds 0$/m);
    const found = await run(['doctor', '--data', data]);
    expect(found.code).toBe(0);
    expect(found.out).toMatch(/warn {2}set aside +1 post could not be unpacked \(.*JSON.*\): kept/);
    const to = join(newFolder(), 'backup');
    expect((await run(['backup', to, '--data', data])).code).toBe(0);
    for (const folder of [data, to]) {
      const lines = (await run(['export', '--data', folder])).out.trimEnd().split('\n');
      expect(lines).toHaveLength(5);
      const last = JSON.parse(lines.at(-1) ?? '');
      expect(last).toMatchObject({ app: 'Shop', type: 'setAside', log: '{"type":"E"}' });
    }
    expect(await collector.end('SIGTERM')).toBe(0);
    const told = collector.err().split('\n');
    expect(told.filter((line) => line.includes('could not be unpacked'))).toHaveLength(1);

    // As a later version would, which can read it.
    const mended = openConnection(join(data, 'crashpost.db'));
    mended.exec(
      `UPDATE inbox SET heads = '[{"id":"${randomUUID()}","type":"managedError","timestamp":1,"bytes":12}]'`,
    );
    mended.close();
    const again = await startProcess(data);
    await expect.poll(() => countIn(data, 'reports WHERE group_id IS NOT NULL'), { timeout: 10_000 }).toBe(4);
    expect([countIn(data, 'inbox'), countIn(data, 'aside')]).toEqual([0, 0]);
    expect(await again.end('SIGTERM')).toBe(0);
  });

  it('doctor finds a sound folder sound, and says what a broken one lacks', async () => {
    const data = await filled();
    const sound = await run(['doctor', '--data', data]);
    expect([sound.code, sound.err]).toEqual([0, '']);
    expect(sound.out).not.toMatch(/FAIL/);
    expect(sound.out).toMatch(/ok {4}data +every page/);
    const collector = await startProcess(data);
    expect((await run(['doctor', '--data', data])).out).toMatch(/process +a collector runs on it/);
    await collector.end('SIGTERM');

    // Where nothing can be locked or written: root may write everywhere, but into no folder that should be a file.
    rmSync(join(data, 'lock.db'));
    mkdirSync(join(data, 'lock.db'));
    const held = await run(['doctor', '--data', data]);
    expect([held.code, held.out]).toEqual([1, expect.stringMatching(/FAIL {2}process .*cannot be written/)]);
    expect(held.out).toMatch(/ok {4}data +every page/);
    rmdirSync(join(data, 'lock.db'));

    chmodSync(data, 0o755);
    const db = openConnection(join(data, 'crashpost.db'));
    db.exec('UPDATE groups SET reports = 9');
    db.close();
    const broken = await run(['doctor', '--data', data]);
    expect(broken).toMatchObject({ code: 1, err: expect.stringContaining('1 of ') });
    expect(broken.out).toMatch(/warn {2}folder .*chmod 700/);
    expect(broken.out).toMatch(
      /FAIL {2}data +1 groups count other reports than they have; .*restore a backup/,
    );

    writeFileSync(join(data, 'crashpost.db'), 'no database, but long enough to be read as one'.repeat(100));
    expect((await run(['doctor', '--data', data])).out).toMatch(/FAIL {2}data .*not a database/);
    const nowhere = join(newFolder(), 'none');
    expect((await run(['doctor', '--data', nowhere])).out).toMatch(/warn {2}folder .*not there yet/);
    expect(existsSync(nowhere)).toBe(false);
  });
});
