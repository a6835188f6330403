import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Call, Dispatch } from './calls.js';
import { type Connection, openConnection } from './connection.js';
import { createWriteDispatch } from './dispatch.js';
import { createPack, crossed } from './pack.js';
import { migrate } from './schema.js';
import { deliveryOf, logOf, NOON, newFolder, SECRET } from './stores.fixture.js';
import { createWrites } from './writes.js';

const BIG = JSON.stringify(Array.from({ length: 30_000 }, (_, i) => Math.sin(i)));

let db: Connection;
let dispatch: Dispatch;
let commits: string[];

beforeEach(() => {
  const folder = newFolder();
  const real = openConnection(join(folder, 'a.db'));
  real.pragma('journal_mode = WAL');
  migrate(real);
  commits = [];
  db = {
    ...real,
    get inTransaction() {
      return real.inTransaction;
    },
    exec: (sql) => {
      commits.push(sql);
      real.exec(sql);
    },
  };
  dispatch = createWriteDispatch(db, createWrites(db, folder));
  dispatch([{ method: 'addApp', args: [{ name: 'demo', secret: SECRET, createdAt: NOON }] }]);
  commits = [];
});

const keepOf = (...delivery: Parameters<typeof deliveryOf>): Call => {
  const pack = createPack();
  const [call] = crossed([pack.add({ method: 'keepPost', args: [deliveryOf(...delivery)] })], pack.memory);
  return call as Call;
};
const keep = (n: number, json = '{}') => keepOf([logOf(n, { json })]);
const kept = () => db.prepare<{ n: number }>('SELECT count(*) AS n FROM inbox').all()[0]?.n;

describe('group commit', () => {
  it('commits a group once', () => {
    expect(dispatch([keep(1), keep(2), keep(3)]).every(({ ok }) => ok)).toBe(true);
    expect(commits).toEqual(['BEGIN IMMEDIATE', 'COMMIT']);
    expect(kept()).toBe(3);
  });

  it('refuses the whole group when the disk is full, and goes on when it is not', () => {
    const pages = Number(db.pragma('page_count'));
    db.pragma(`max_page_count = ${pages + 8}`);
    const replies = dispatch([keep(1), keep(2, BIG), keep(3)]);
    expect(replies.map((reply) => !reply.ok && reply.code)).toEqual(['full', 'full', 'full']);
    expect(kept()).toBe(0);
    db.pragma('max_page_count = 1000000');
    expect(dispatch([keep(1), keep(2, BIG)]).every(({ ok }) => ok)).toBe(true);
    expect(kept()).toBe(2);
  });

  it('refuses the whole group when the commit fails, and goes on afterwards', () => {
    const { exec } = db;
    Object.assign(db, {
      exec: (sql: string) => {
        if (sql === 'COMMIT') throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR' });
        exec(sql);
      },
    });
    expect(dispatch([keep(1), keep(2)]).map((reply) => !reply.ok && reply.code)).toEqual([
      'failed',
      'failed',
    ]);
    expect(kept()).toBe(0);
    Object.assign(db, { exec });
    expect(dispatch([keep(1)])).toEqual([{ ok: true, value: undefined }]);
    expect(kept()).toBe(1);
  });

  it('leaves nothing of a call that failed half-way', () => {
    const counts = [NOON, Number.NaN].map((lastAt) => ({ reason: 'A', logs: 1, lastAt }));
    const half: Call = { method: 'keepRefused', args: [[{ appId: 1, counts, samples: [] }]] };
    expect(dispatch([keep(1), half, keep(4)]).map(({ ok }) => ok)).toEqual([true, false, true]);
    expect(kept()).toBe(2);
    expect(db.prepare('SELECT reason FROM refused_days').all()).toEqual([]);
  });

  it('leaves a call alone that comes with one that fails, and does it once', () => {
    const unknown = keepOf([logOf(2)], { appId: 404 });
    expect(dispatch([keep(1), unknown]).map(({ ok }) => ok)).toEqual([true, false]);
    expect(kept()).toBe(1);
    expect(commits).toEqual(['BEGIN IMMEDIATE', 'ROLLBACK', 'BEGIN IMMEDIATE', 'COMMIT']);
  });

  it('refuses a call that does not exist', () => {
    expect(dispatch([{ method: 'toString' as Call['method'], args: [] }])).toMatchObject([{ ok: false }]);
  });
});
