// What the promise hangs on, and nothing else would notice: the settings of the two connections.
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Connection } from './connection.js';
import { openReader, openWriter } from './core.js';
import { openInProcess } from './in-process.fixture.js';
import { newFolder } from './stores.fixture.js';

const opened = vi.hoisted(() => [] as { file: string; db: Connection }[]);
vi.mock('./connection.js', async (original) => {
  const real = await original<typeof import('./connection.js')>();
  const openConnection = (...args: Parameters<typeof real.openConnection>) => {
    const connection = real.openConnection(...args);
    opened.push({ file: args[0], db: connection });
    return connection;
  };
  return { ...real, openConnection };
});

/** The connection to the data that was opened last; there are some to the lock too. */
const latest = () => opened.findLast(({ file }) => file.endsWith('crashpost.db'))?.db;

afterEach(() => {
  opened.length = 0;
});

describe('the connection', () => {
  it('of the writer has every commit on the disk before it is answered', () => {
    const writer = openWriter(newFolder(), false);
    const db = latest();
    // 2 is FULL: https://sqlite.org/pragma.html#pragma_synchronous
    expect([db?.pragma('synchronous'), db?.pragma('journal_mode')]).toEqual([2, 'wal']);
    expect(db?.pragma('foreign_keys')).toBe(1);
    writer.close();
  });

  it('of the reader cannot write', () => {
    const folder = newFolder();
    const writer = openWriter(folder, false);
    const reader = openReader(folder);
    expect(() => latest()?.exec('CREATE TABLE more (n)')).toThrow(/readonly|read-only/);
    reader.close();
    writer.close();
  });

  it('of either answers a ping', async () => {
    const store = await openInProcess(newFolder());
    await store.ping();
    await store.close();
    await expect(store.ping()).rejects.toMatchObject({ code: 'closed' });
  });
});
