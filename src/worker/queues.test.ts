import 'fake-indexeddb/auto';
import { gunzipSync } from 'node:zlib';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, expect, it, vi } from 'vitest';
import { settle } from '../platform/guard.js';
import { fakeChannels, fakeLocks, fakePlatform, settled } from '../platform/platform.fixture.js';
import { openDatabase } from '../queue/idb.js';
import { QUEUE_PREFIX, toEntry, toLock } from '../queue/log-store.js';
import { drainQueues, LEFT } from './queues.js';

const appSecret = '12345678-1234-1234-1234-123456789abc';
const id = '00000000-0000-4000-8000-000000000001';

afterEach(() => vi.restoreAllMocks());

/** A queue that a page has left behind, and a collector that takes all. */
async function leaveOne() {
  const indexedDB = new IDBFactory();
  const fetch = async () => new Response(JSON.stringify({ status: 'Success', validDiagnosticsIds: [id] }));
  const platform = fakePlatform({ indexedDB, locks: fakeLocks(), fetch: fetch as typeof globalThis.fetch });
  const database = await openDatabase(indexedDB, QUEUE_PREFIX + appSecret);
  await database.putKept({ logUrl: 'https://c.example', appSecret, installId: id });
  await database.put(toEntry(platform.now() - 86_400_000, { id, handled: false }, JSON.stringify({ id })));
  database.close();
  return platform;
}

/** As WebKitGTK's once a worker was terminated while it wrote: a transaction that begins, and never ends. */
function keepFrom(mode: IDBTransactionMode) {
  const { transaction } = IDBDatabase.prototype;
  const silent = { objectStore: () => ({ delete: () => ({}), getAllKeys: () => ({}), transaction: {} }) };
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...asked) {
    if (asked[1] === mode) return silent as unknown as IDBTransaction;
    return transaction.apply(this, asked);
  });
}

it('what a page has left is sent, and gone', async () => {
  const platform = await leaveOne();
  await drainQueues(platform);
  const database = await openDatabase(platform.indexedDB as IDBFactory, QUEUE_PREFIX + appSecret);
  expect(await database.peek(9)).toEqual([]);
});

it('gives the lock back when the database does not answer, and has left something', async () => {
  const platform = await leaveOne();
  keepFrom('readwrite');
  const drained = expect(drainQueues(platform)).rejects.toBe(LEFT);
  const asked = () => expect(IDBDatabase.prototype.transaction).toHaveBeenCalledWith('logs', 'readwrite');
  await vi.waitFor(asked);
  for (let n = 0; n < 10; n++) await platform.tick(10_000);
  await drained;
  const turn = vi.fn();
  await platform.locks?.request(toLock(appSecret), { ifAvailable: true }, async (lock) => turn(!!lock));
  expect(turn).toHaveBeenCalledWith(true);
  await settled();
  expect(platform.timers.size).toBe(0);
});

it('begins no post any more once consent is withdrawn in a page', async () => {
  const openChannel = fakeChannels();
  const left = await leaveOne();
  const posts: number[] = [];
  let taken = false;
  // As a collector that has a fault to find with one log: each is posted again, alone.
  const fetch = async (_: unknown, { body }: RequestInit) => {
    const { logs } = JSON.parse(
      typeof body === 'string' ? body : gunzipSync(body as ArrayBuffer).toString(),
    ) as { logs: object[] };
    posts.push(logs.length);
    if (taken) openChannel().postMessage({ erase: true });
    return new Response(JSON.stringify({ status: 'BadRequest', validDiagnosticsIds: [] }), { status: 400 });
  };
  const platform = { ...left, openChannel, fetch: fetch as typeof globalThis.fetch };
  const database = await openDatabase(left.indexedDB as IDBFactory, QUEUE_PREFIX + appSecret);
  const putMore = async () => {
    for (let n = 2; n < 5; n++) {
      const log = { id: id.replace(/1$/, `${n}`) };
      const time = left.now() - 86_400_000;
      await database.put(toEntry(time, { ...log, handled: false }, JSON.stringify(log)));
    }
  };
  await putMore();
  // As long as nobody has taken it back, they go one by one.
  await drainQueues(platform);
  expect(posts).toEqual([4, 1, 1, 1, 1]);
  await putMore();
  posts.length = 0;
  taken = true;
  const drained = settle(drainQueues(platform));
  for (let n = 0; n < 3; n++) {
    await settled();
    await left.tick(30_000);
  }
  await drained;
  expect(posts).toEqual([3]);
  database.close();
});
