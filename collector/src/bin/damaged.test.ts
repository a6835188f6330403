// What doctor, backup and export say of data that is not whole, as a person runs them.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { isBuilt, run } from '../collector.fixture.js';
import { openConnection } from '../store/sqlite/connection.js';
import { DAMAGES, damagePage, longText } from '../store/sqlite/damage.fixture.js';
import { openInProcess } from '../store/sqlite/in-process.fixture.js';
import {
  deliveryOf,
  digestOf,
  idOf,
  keepNow,
  logOf,
  newFolder,
  withApp,
} from '../store/sqlite/stores.fixture.js';

const LONG = JSON.stringify({ n: 3, text: longText(16_000, 3) });
const DUMP = `minidumps/1/${idOf(5)}.dmp`;
let sound = '';

beforeAll(async () => {
  sound = newFolder();
  const store = await withApp(openInProcess, sound);
  const data = Buffer.from('MDMP and more').toString('base64');
  const dump = logOf(5, {
    type: 'errorAttachment',
    errorId: idOf(1),
    isDump: true,
    json: `{"data":"${data}"}`,
  });
  const text = logOf(6, { type: 'errorAttachment', errorId: idOf(2) });
  await keepNow(store, deliveryOf([logOf(1), logOf(2), logOf(3, { json: LONG }), dump, text]));
  await store.keepDigests([1, 2, 3].map((n) => digestOf(n)));
  await store.putUser({ name: 'admin', passwordHash: 'x' });
  await store.close();
});

function damaged(how: (folder: string) => void): string {
  const folder = join(newFolder(), 'data');
  cpSync(sound, folder, { recursive: true });
  how(folder);
  return folder;
}

const sql = (text: string) => (folder: string) => {
  const db = openConnection(join(folder, 'crashpost.db'));
  db.exec(text);
  db.close();
};

const NO_TEXT = "UPDATE bodies SET body = x'7a7a7a7a' WHERE seq = 2";

/** Names and what is in them. */
const stateOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    // SQLite's own, which come and go with every connection.
    .filter((entry) => entry.isFile() && !/-(wal|shm)$/.test(entry.name))
    .map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return `${path} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
    })
    .sort();

describe.skipIf(!isBuilt)('data that is not whole (needs build/: run "tsc -b" first)', () => {
  it.each<[string, (folder: string) => void, RegExp]>([
    [
      'a minidump is missing',
      (x) => rmSync(join(x, DUMP)),
      /FAIL {2}data +1 files of minidumps are missing: .*5\.dmp/,
    ],
    [
      'a minidump is cut',
      (x) => truncateSync(join(x, DUMP), 5),
      /FAIL {2}data +1 .* not as long as they were: .*5\.dmp/,
    ],
    [
      'the folder of minidumps is a file',
      (x) => {
        rmSync(join(x, 'minidumps'), { recursive: true });
        writeFileSync(join(x, 'minidumps'), '');
      },
      /FAIL {2}data +1 files of minidumps are missing/,
    ],
    ['a text is damaged', sql(NO_TEXT), /FAIL {2}data +1 reports have a text that cannot be read: 0{8}.*2:/],
    [
      'the text of an attachment is damaged',
      sql("UPDATE attachments SET body = x'7a7a' WHERE file IS NULL"),
      /FAIL {2}data +1 attachments have a text that cannot be read: 0{8}.*6:/,
    ],
    [
      'an index is gone',
      sql('DROP INDEX reports_by_receipt'),
      /FAIL {2}data +1 parts .* missing: index reports_by_r/,
    ],
    ['nobody can sign in', sql('DELETE FROM users'), /warn {2}users +none: /],
    [
      'a report, not the newest, came in the future',
      sql('UPDATE reports SET received_at = 4000000000000 WHERE seq = 1'),
      /warn {2}clock .*received later than that/,
    ],
    [
      'the database is empty',
      (x) => writeFileSync(join(x, 'crashpost.db'), ''),
      /FAIL {2}data .*db is empty/,
    ],
    [
      'it is of an earlier version',
      sql('PRAGMA user_version = 6'),
      /FAIL {2}data .*earlier crashpost-collector: start/,
    ],
  ])('doctor says that %s, and changes nothing', async (_, how, said) => {
    const folder = damaged(how);
    rmSync(join(folder, 'lock.db'));
    const before = stateOf(folder);
    const { code, out } = await run(['doctor', '--data', folder]);
    expect(out).toMatch(said);
    expect(code).toBe(/FAIL/.test(out) ? 1 : 0);
    expect(stateOf(folder)).toEqual(before);
  });

  it('doctor finds the same folder sound', async () => {
    const before = stateOf(sound);
    const { code, out } = await run(['doctor', '--data', sound]);
    expect([code, out]).toEqual([0, expect.stringMatching(/ok {4}data +every page, text, file and count/)]);
    expect(stateOf(sound)).toEqual(before);
  });

  it.each<[string, (folder: string) => void, boolean]>([
    ['missing', (x) => rmSync(join(x, DUMP)), false],
    ['cut', (x) => truncateSync(join(x, DUMP), 5), true],
  ])('backup names a minidump that is %s, and is made all the same', async (_, how, isThere) => {
    const to = join(newFolder(), 'backup');
    const { code, err } = await run(['backup', to, '--data', damaged(how)]);
    expect([code, err]).toEqual([1, expect.stringContaining(`missing or cut: ${DUMP}. Look`)]);
    expect([existsSync(join(to, 'crashpost.db')), existsSync(join(to, DUMP))]).toEqual([true, isThere]);
    expect((await run(['restore', to, '--data', join(newFolder(), 'new')])).code).toBe(0);
  });

  it.each(Object.entries(DAMAGES))('doctor, backup and export name a page that %s', async (what, damage) => {
    const folder = damaged((x) => damagePage(x, 'SELECT body FROM bodies WHERE seq = 3', damage));
    expect(await run(['doctor', '--data', folder])).toMatchObject({
      code: 1,
      out: expect.stringMatching(/FAIL {2}data [\s\S]*Tree \d+ page/),
    });
    const to = join(newFolder(), 'backup');
    const { code, err } = await run(['backup', to, '--data', folder]);
    expect([code, err]).toEqual([1, expect.stringMatching(/database.* is damaged.*Tree \d+ page/)]);
    // Of others SQLite makes no copy at all.
    expect([existsSync(join(to, 'crashpost.db')), /is made, but/.test(err)]).toEqual(
      what === 'leads nowhere' ? [true, true] : [false, false],
    );
    const exported = await run(['export', '--data', folder]);
    expect([exported.code, exported.out.trimEnd().split('\n').length]).toEqual([1, 4]);
    expect(exported.err).toContain(`report ${idOf(3)} of demo: its text is damaged: `);
  });

  it('export names a post on a damaged page, and writes those of an app that nobody knows', async () => {
    const folder = newFolder();
    const store = await withApp(openInProcess, folder);
    for (const n of [1, 2, 3, 4])
      await store.keep(deliveryOf([logOf(n, { json: `"${longText(20_000, n)}"` })]));
    await store.close();
    sql('PRAGMA foreign_keys = OFF; UPDATE inbox SET app_id = 9 WHERE seq = 3')(folder);
    damagePage(folder, 'SELECT bodies FROM inbox WHERE seq = 2', (page) => void page.fill(0));
    const { code, out, err } = await run(['export', '--data', folder]);
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([{ id: idOf(1) }, { id: idOf(4) }, { type: 'setAside', app: null }]);
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/post of 2026-11-23.* set aside: its text is damaged: /),
    ]);
  });

  it('export names what cannot be read, and writes all the rest', async () => {
    const folder = damaged((x) => {
      rmSync(join(x, DUMP));
      sql(`${NO_TEXT}; PRAGMA foreign_keys = OFF; DELETE FROM bodies WHERE seq = 1`)(x);
    });
    const { code, out, err } = await run(['export', '--data', folder]);
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { id: idOf(3), log: { n: 3 } },
      { id: idOf(5) },
      { id: idOf(6), log: { n: 6 } },
    ]);
    expect(code).toBe(1);
    expect(err).toContain(`report ${idOf(1)} of demo: its text is missing`);
    expect(err).toContain(`report ${idOf(2)} of demo: its text is damaged: `);
    expect(err).toContain(`attachment ${idOf(5)} of demo: its file is missing: `);
    expect(err).toContain('3 could not be read whole');
  });
});
