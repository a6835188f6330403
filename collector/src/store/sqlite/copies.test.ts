import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openConnection } from './connection.js';
import { backUp, hasData, isHeld, restore } from './copies.js';
import { openInProcess } from './in-process.fixture.js';
import { deliveryOf, idOf, keepNow, logOf, newFolder, withApp } from './stores.fixture.js';

const whole = async (folder: string, to: string) => {
  const store = await openInProcess(folder, false);
  await backUp(folder, to, store.copyTo);
  await store.close();
};

describe('a backup', () => {
  it('is a data folder, with the files beside the database', async () => {
    const folder = newFolder();
    const store = await withApp(openInProcess, folder);
    const data = Buffer.from('MDMP').toString('base64');
    const dumpOf = (n: number) =>
      logOf(n, { type: 'errorAttachment', errorId: idOf(1), isDump: true, json: `{"data":"${data}"}` });
    await keepNow(store, deliveryOf([logOf(1), dumpOf(5), dumpOf(6)]));
    const [named, gone] = [5, 6].map((n) => `minidumps/1/${idOf(n)}.dmp`) as [string, string];
    for (const n of [7, 8]) writeFileSync(join(folder, `minidumps/1/${idOf(n)}.dmp`), 'nobody names it');
    const to = join(newFolder(), 'deep/backup');
    const lacking = await backUp(folder, to, async (file) => {
      const pages = await store.copyTo(file);
      // As retention may, while a backup is made: the row, then the file.
      const db = openConnection(join(folder, 'crashpost.db'));
      db.exec(`DELETE FROM attachments WHERE file = '${gone}'`);
      db.close();
      rmSync(join(folder, gone));
      return pages;
    });
    expect(lacking).toEqual({ files: [], pages: [] });
    await store.keep(deliveryOf([logOf(2)]));
    await store.close();
    expect(readdirSync(to).sort()).toEqual(['crashpost.db', 'minidumps']);
    expect(readdirSync(join(to, 'minidumps/1'))).toEqual([basename(named)]);

    const fresh = join(newFolder(), 'restored');
    await restore(to, fresh);
    const restored = await openInProcess(fresh);
    expect(await restored.reportsAfter(0, 9)).toMatchObject([{ id: idOf(1) }]);
    expect(readFileSync(join(fresh, named), 'utf8')).toBe('MDMP');
    expect(isHeld(fresh)).toBe(true);
    await restored.close();
    expect(isHeld(fresh)).toBe(false);
  });

  it('overwrites nothing', async () => {
    const folder = newFolder();
    await (await withApp(openInProcess, folder)).close();
    const to = newFolder();
    await whole(folder, to);
    await expect(whole(folder, to)).rejects.toMatchObject({ code: 'duplicate' });
    for (const inside of [join(folder, 'backup'), folder])
      await expect(whole(folder, inside)).rejects.toMatchObject({ code: 'duplicate' });
    const other = newFolder();
    await (await withApp(openInProcess, other)).close();
    const before = readFileSync(join(other, 'crashpost.db'));
    await expect(restore(to, other)).rejects.toMatchObject({ code: 'duplicate' });
    expect(readFileSync(join(other, 'crashpost.db')).equals(before)).toBe(true);
  });

  it('that is none, or is damaged, is not restored', async () => {
    const [empty, to] = [newFolder(), newFolder()];
    await expect(restore(empty, to)).rejects.toThrow(/is no backup/);
    writeFileSync(join(empty, 'crashpost.db'), 'no database, but long enough to be read as one'.repeat(100));
    await expect(restore(empty, to)).rejects.toThrow(/is not a database/);
    expect(hasData(to)).toBe(false);
  });

  it('may be a folder whose collector was killed, but not one that is in use', async () => {
    const folder = newFolder();
    const store = await withApp(openInProcess, folder);
    await keepNow(store, deliveryOf([logOf(1)]));
    await expect(restore(folder, newFolder())).rejects.toMatchObject({ code: 'busy' });
    const killed = newFolder();
    for (const name of ['crashpost.db', 'crashpost.db-wal'])
      copyFileSync(join(folder, name), join(killed, name));
    await store.close();
    const to = newFolder();
    await restore(killed, to);
    expect(readdirSync(to).sort()).toEqual(['crashpost.db', 'lock.db']);
    const restored = await openInProcess(to);
    expect(await restored.reportsAfter(0, 9)).toMatchObject([{ id: idOf(1) }]);
    await restored.close();
  });

  it('is restored after a restore of another one was killed', async () => {
    const [first, second] = [newFolder(), newFolder()];
    const store = await withApp(openInProcess, first);
    for (let n = 0; n < 20; n++) await keepNow(store, deliveryOf([logOf(n)]));
    const to = newFolder();
    // As a killed restore of a folder whose collector was killed leaves it: the copy of the log is there.
    for (const end of ['', '-wal'])
      copyFileSync(join(first, `crashpost.db${end}`), join(to, `crashpost.db.part${end}`));
    await store.close();
    const other = await withApp(openInProcess, second);
    await keepNow(other, deliveryOf([logOf(7777)]));
    await other.close();
    const backup = join(newFolder(), 'backup');
    await whole(second, backup);
    await restore(backup, to);
    const restored = await openInProcess(to);
    expect((await restored.reportsAfter(0, 999)).map(({ id }) => id)).toEqual([idOf(7777)]);
    expect(await restored.faults()).toEqual([]);
    await restored.close();
  });

  it('of a newer program is refused', async () => {
    const [folder, to] = [newFolder(), newFolder()];
    await (await withApp(openInProcess, folder)).close();
    const db = openConnection(join(folder, 'crashpost.db'));
    db.exec('PRAGMA user_version = 99');
    db.close();
    await expect(restore(folder, to)).rejects.toMatchObject({ code: 'newer' });
    expect(hasData(to)).toBe(false);
  });
});
