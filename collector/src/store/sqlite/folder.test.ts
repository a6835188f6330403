import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openConnection } from './connection.js';
import { inFolder, lockFolder, unwritable } from './folder.js';
import { idOf, NOON, newFolder, WAYS, withApp } from './stores.fixture.js';

// Holds the lock until it is killed. The statement is lockFolder's own.
const HOLDER = `
  import Database from 'libsql';
  const db = new Database(process.argv[1]);
  db.exec('BEGIN EXCLUSIVE');
  console.log('held');
  setInterval(() => db, 1000);
`;

for (const { name, open, skip } of WAYS) {
  describe.skipIf(skip)(`the data folder, ${name}`, () => {
    it('is made when it is missing, for its owner alone', async () => {
      const folder = join(newFolder(), 'a', 'b');
      await (await open(folder)).close();
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      expect(statSync(join(folder, 'crashpost.db')).mode & 0o777).toBe(0o600);
    });

    it('that cannot be written is one sentence', async () => {
      const file = join(newFolder(), 'file');
      writeFileSync(file, '');
      for (const folder of [join(file, 'below'), file, '/proc/none']) {
        const error = await open(folder).catch((e: unknown) => e);
        expect(error).toMatchObject({ code: 'unwritable' });
        expect(String(error)).toContain(`The data folder ${folder} cannot be written (`);
      }
      const folder = newFolder();
      mkdirSync(join(folder, 'crashpost.db'));
      await expect(open(folder)).rejects.toMatchObject({ code: 'unwritable' });
    });

    it.each(['crashpost.db', 'lock.db'])('whose %s is no database is one sentence', async (file) => {
      const folder = newFolder();
      const text = 'no database, but long enough to be read as one'.repeat(200);
      writeFileSync(join(folder, file), text);
      const error = await open(folder).catch((e: unknown) => e);
      expect(error).toMatchObject({ code: 'failed' });
      expect(String(error)).toContain(
        `${join(folder, file)} is not a database, or a damaged one: put a copy`,
      );
      expect(readFileSync(join(folder, file), 'utf8')).toBe(text);
    });

    it('of a newer program is left alone', async () => {
      const folder = newFolder();
      await (await open(folder)).close();
      const db = openConnection(join(folder, 'crashpost.db'));
      db.exec('PRAGMA user_version = 1000');
      await expect(open(folder)).rejects.toMatchObject({ code: 'newer' });
      await expect(open(folder)).rejects.toThrow(/newer crashpost-collector \(format 1000, this one knows/);
      expect(db.pragma('user_version')).toBe(1000);
      db.close();
    });

    it('is refused to a second collector, but not to a command', async () => {
      const folder = newFolder();
      const store = await withApp(open, folder);
      await expect(open(folder)).rejects.toMatchObject({ code: 'busy' });
      const command = await open(folder, false);
      await command.addApp({ name: 'second', secret: idOf(2), createdAt: NOON });
      await command.close();
      expect((await store.apps()).map((app) => app.name)).toEqual(['demo', 'second']);
      await store.close();
      await (await open(folder)).close();
    });
  });
}

describe('the lock', () => {
  it('dies with its process, even by SIGKILL', async () => {
    const folder = newFolder();
    lockFolder(folder)();
    const args = ['--input-type=module', '-e', HOLDER, join(folder, 'lock.db')];
    const holder = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(holder.stdout, 'data');
    expect(() => lockFolder(folder)).toThrow(/is in use by another crashpost-collector/);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    lockFolder(folder)();
  });
});

describe('a full disk', () => {
  it.each(['SQLITE_FULL', 'ENOSPC', 'EDQUOT'])('is one sentence that names the folder: %s', (code) => {
    const cause = Object.assign(new Error('no room'), { code });
    const error = code === 'SQLITE_FULL' ? inFolder('/data', 'a.db', cause) : unwritable('/data', cause);
    expect(error).toMatchObject({ code: 'full' });
    expect(error.message).toMatch(/^The disk that holds the data folder \/data is full: make room, /);
  });

  it('may show as an I/O error', () => {
    const cause = Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_SHMSIZE' });
    expect(inFolder('/data', 'a.db', cause).message).toMatch(
      /folder \/data .*_SHMSIZE\): is its disk full\?$/,
    );
  });
});
