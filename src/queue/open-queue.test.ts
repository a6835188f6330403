import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createLosses } from '../care/losses.js';
import { MAX_LOG } from '../exception/fit.js';
import * as care from '../extra.js';
import { createGuard } from '../platform/guard.js';
import {
  type FakePlatform,
  fakeLocks,
  fakePlatform,
  fakeStorage,
  settled,
} from '../platform/platform.fixture.js';
import type { Platform } from '../platform/platform.js';
import type { Bounded, LoadCare } from './care.js';
import { readKeys } from './idb.js';
import { MAX_ENTRY_CHARACTERS, MAX_JOURNAL_CHARACTERS } from './journal.js';
import { HELD, idOf, timeOf, toEntry } from './log-store.js';
import { openQueue, type Queue } from './open-queue.js';

const appSecret = '12345678-1234-1234-1234-123456789abc';
const START = Date.parse('2026-11-23T10:00:00Z');
const entry = (n: number, json = `{"n":${n}}`) =>
  toEntry(START - 1_000 + n, { id: fakeId(n), handled: false }, json);
const fakeId = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const journalOf = ({ local }: FakePlatform) =>
  Object.keys(local ?? {}).filter((name) => name.startsWith('crashpost.queue.'));

/**
 * The next `times` writes are refused as browsers do it: the request has an error, the transaction none yet; then it is
 * aborted, and has it. A second record of one key is refused so; the word alone is another.
 */
function fillDisk(times = Number.POSITIVE_INFINITY) {
  const { put } = IDBObjectStore.prototype;
  let left = times;
  const refuse = function (this: IDBObjectStore, ...record: [unknown, IDBValidKey]) {
    const request = put.apply(this, record);
    return left-- > 0 ? this.add(...record) : request;
  };
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(refuse as typeof put);
  vi.spyOn(DOMException.prototype, 'name', 'get').mockReturnValue('QuotaExceededError');
}

const load: LoadCare = async () => care;
const kept = { logUrl: 'https://c.example' };
const open = (platform: FakePlatform, onOpen = () => {}, chunk = load) => {
  const guard = createGuard(platform, true);
  return openQueue({ platform, guard, appSecret, kept, maxSize: 30_000, care: chunk, onOpen });
};

/** The same, when what it writes as it opens is written: however slow the machine is. */
const opened = async (platform: FakePlatform, chunk?: LoadCare) => {
  const onOpen = vi.fn();
  const queue = open(platform, onOpen, chunk);
  await vi.waitFor(() => expect(onOpen).toHaveBeenCalled());
  await settled();
  return queue;
};

afterEach(() => vi.restoreAllMocks());

/** As the next page that has the chunk. */
const tidyWithChunk = (platform: Platform, { bounds }: Queue) =>
  care.tidy(platform, bounds as Bounded, false);
const takeLosses = (platform: Platform, { bounds }: Queue) => createLosses(platform, bounds.losses).take();

describe('the queue', () => {
  it('has an entry in both places when put returns, before any other task', async () => {
    const platform = fakePlatform({ indexedDB: new IDBFactory() });
    const queue = await opened(platform);
    const commit = vi.spyOn(IDBTransaction.prototype, 'commit');
    const put = vi.spyOn(IDBObjectStore.prototype, 'put');
    queue.put(entry(1));
    expect(put).toHaveBeenCalledOnce();
    expect(commit).toHaveBeenCalledOnce();
    expect(journalOf(platform)).toHaveLength(1);
    vi.restoreAllMocks();
    await settled();
    // IndexedDB has it: the journal need not.
    await vi.waitFor(() => expect(journalOf(platform)).toEqual([]));
    expect(await queue.peek(10)).toEqual([entryLike(1)]);
  });

  const entryLike = (n: number) => expect.objectContaining({ json: `{"n":${n}}` });

  it('keeps what came before the database opened', async () => {
    const platform = fakePlatform({ indexedDB: new IDBFactory() });
    const onOpen = vi.fn();
    const queue = open(platform, onOpen);
    queue.put(entry(1));
    expect(journalOf(platform)).toHaveLength(1);
    await vi.waitFor(() => expect(onOpen).toHaveBeenCalledOnce());
    await settled();
    await vi.waitFor(() => expect(journalOf(platform)).toEqual([]));
    expect(await queue.peek(10)).toEqual([entryLike(1)]);
  });

  it('is there at the next visit, oldest first, also what only the journal had', async () => {
    const indexedDB = new IDBFactory();
    const first = fakePlatform({ indexedDB });
    const queue = open(first);
    queue.put(entry(2));
    queue.put(entry(1));
    await settled();
    queue.close();
    first.local?.setItem(`crashpost.queue.${appSecret}.${entry(0).key}`, '{"n":0}');
    const next = open(fakePlatform({ indexedDB, local: first.local }));
    await settled();
    expect((await next.peek(10)).map(({ json }) => json)).toEqual(['{"n":0}', '{"n":1}', '{"n":2}']);
    expect(await next.peek(1)).toEqual([entryLike(0)]);
  });

  it('forgets what is removed, also while its write is under way', async () => {
    const platform = fakePlatform({ indexedDB: new IDBFactory() });
    const queue = await opened(platform);
    const [one, two] = [entry(1), entry(2)];
    queue.put(one);
    queue.put(two);
    await queue.remove([one.key]);
    expect(await queue.peek(10)).toEqual([entryLike(2)]);
    await vi.waitFor(() => expect(journalOf(platform)).toEqual([]));
  });

  it('does with the journal where there is no IndexedDB, and with memory where there is neither', async () => {
    const journalOnly = fakePlatform();
    open(journalOnly).put(entry(1));
    expect(await open(fakePlatform({ local: journalOnly.local })).peek(10)).toEqual([entryLike(1)]);
    const memory = open(fakePlatform({ local: undefined }));
    memory.put(entry(1));
    expect(await memory.peek(10)).toEqual([entryLike(1)]);
  });

  it('goes on where a database never opens, is refused, or loses its connection', async () => {
    const silent = { open: () => ({}) } as unknown as IDBFactory;
    const refusing = {
      open: () => {
        throw new DOMException('no', 'SecurityError');
      },
    } as unknown as IDBFactory;
    for (const indexedDB of [silent, refusing]) {
      const platform = fakePlatform({ indexedDB });
      const queue = open(platform);
      queue.put(entry(1));
      await settled();
      expect(await queue.peek(10)).toEqual([entryLike(1)]);
      expect(journalOf(platform)).toHaveLength(1);
    }
    const platform = fakePlatform({ indexedDB: new IDBFactory() });
    const queue = await opened(platform);
    queue.close();
    // "InvalidStateError: The database connection is closing": jakearchibald/idb-keyval#165
    queue.put(entry(1));
    await settled();
    expect(journalOf(platform)).toHaveLength(1);
  });

  it('opens its database again when it was deleted under it, and keeps what comes after', async () => {
    const indexedDB = new IDBFactory();
    const platform = fakePlatform({ indexedDB });
    const queue = await opened(platform);
    await new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase(`crashpost.queue.${appSecret}`);
      request.onsuccess = resolve;
      request.onblocked = reject;
    });
    queue.put(entry(1));
    await settled();
    await settled();
    expect(await queue.peek(10)).toEqual([entryLike(1)]);
    await vi.waitFor(() => expect(journalOf(platform)).toEqual([]));
  });

  it('puts again what was in its database when that was deleted, but for what was answered', async () => {
    const indexedDB = new IDBFactory();
    const platform = fakePlatform({ indexedDB });
    const onOpen = vi.fn();
    const queue = open(platform, onOpen);
    await vi.waitFor(() => expect(onOpen).toHaveBeenCalled());
    for (const n of [1, 2, 3]) queue.put(entry(n));
    await vi.waitFor(() => expect(journalOf(platform)).toEqual([]));
    const [answered] = await queue.peek(1);
    await queue.remove([answered?.key ?? '']);
    // While the last is written: what is begun ends before it is deleted.
    queue.put(entry(4));
    await new Promise((resolve) => {
      indexedDB.deleteDatabase(`crashpost.queue.${appSecret}`).onsuccess = resolve;
    });
    // What the next drain does: its database opens, and it is called again.
    await queue.peek(10);
    await vi.waitFor(() => expect(onOpen).toHaveBeenCalledTimes(2));
    await settled();
    expect(await queue.peek(10)).toEqual([2, 3, 4].map(entryLike));
    queue.close();
    expect(await (await opened(fakePlatform({ indexedDB }))).peek(10)).toHaveLength(3);
  });

  it('removes what was answered while its connection was lost as soon as it has another', async () => {
    const indexedDB = new IDBFactory();
    const platform = fakePlatform({ indexedDB });
    const queue = await opened(platform);
    const [one, two] = [entry(1), entry(2)];
    queue.put(one);
    queue.put(two);
    await settled();
    // iOS: https://bugs.webkit.org/show_bug.cgi?id=197050
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(() => {
      throw new DOMException('Connection to Indexed Database server lost', 'UnknownError');
    });
    await queue.peek(10);
    await queue.remove([one.key]);
    await settled();
    expect(await queue.peek(10)).toEqual([entryLike(2)]);
  });

  it('opens its database again when the connection was lost without a word', async () => {
    const platform = fakePlatform({ indexedDB: new IDBFactory() });
    const queue = await opened(platform);
    // iOS: https://bugs.webkit.org/show_bug.cgi?id=197050
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(() => {
      throw new DOMException('Connection to Indexed Database server lost', 'UnknownError');
    });
    queue.put(entry(1));
    queue.put(entry(2));
    expect(journalOf(platform)).toHaveLength(2);
    await settled();
    // What the next drain does.
    expect(await queue.peek(10)).toEqual([entryLike(1)]);
    await settled();
    await vi.waitFor(() => expect(journalOf(platform)).toEqual([]));
    expect(await queue.peek(10)).toEqual([entryLike(1), entryLike(2)]);
  });

  it('opens its database again when the connection was lost in the middle of a write', async () => {
    const platform = fakePlatform({ indexedDB: new IDBFactory() });
    const queue = await opened(platform);
    // A transaction that ends with its connection is aborted, and has no error.
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(function (this: IDBObjectStore) {
      this.transaction.abort();
      return {} as IDBRequest<IDBValidKey>;
    });
    vi.spyOn(IDBTransaction.prototype, 'commit').mockImplementationOnce(() => {});
    queue.put(entry(1));
    await settled();
    expect(journalOf(platform)).toHaveLength(1);
    await queue.peek(10);
    await settled();
    await vi.waitFor(() => expect(journalOf(platform)).toEqual([]));
  });

  it('gives up on a call that does not come back, and on its connection', async () => {
    const platform = fakePlatform({ indexedDB: new IDBFactory() });
    const queue = await opened(platform);
    const silent = { objectStore: () => ({ put: () => ({}), transaction: {} }) };
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockReturnValueOnce(silent as unknown as IDBTransaction);
    queue.put(entry(1));
    await platform.tick(9_999);
    expect(journalOf(platform)).toHaveLength(1);
    expect(platform.said).toEqual([]);
    await platform.tick(1);
    expect(`${platform.said}`).toContain('no answer within 10000 ms');
    queue.put(entry(2));
    await settled();
    await vi.waitFor(() => expect(journalOf(platform)).toEqual([]));
    expect(platform.timers.size).toBe(0);
  });

  it('gives what it has itself where a read does not come back', async () => {
    const platform = fakePlatform({ indexedDB: new IDBFactory() });
    const queue = await opened(platform);
    // As WebKitGTK's, once a worker was terminated while it wrote: writes wait as well.
    const silent = { objectStore: () => ({ put: () => ({}), getAllKeys: () => ({}), transaction: {} }) };
    const spy = vi.spyOn(IDBDatabase.prototype, 'transaction');
    spy.mockReturnValue(silent as unknown as IDBTransaction);
    queue.put(entry(1));
    const peeked = queue.peek(10);
    await platform.tick(10_000);
    expect(await peeked).toEqual([entryLike(1)]);
    expect(`${platform.said}`).toContain('no answer within 10000 ms');
    spy.mockRestore();
  });

  it('tries once more, later, to open what could not be opened', async () => {
    const indexedDB = new IDBFactory();
    vi.spyOn(indexedDB, 'open').mockImplementationOnce(() => {
      throw new DOMException('in the background', 'UnknownError');
    });
    const platform = fakePlatform({ indexedDB });
    const queue = open(platform);
    queue.put(entry(1));
    await queue.peek(10);
    expect(indexedDB.open).toHaveBeenCalledOnce();
    await platform.tick(10_000);
    await queue.peek(10);
    await vi.waitFor(() => expect(journalOf(platform)).toEqual([]));
    expect(await queue.peek(10)).toEqual([entryLike(1)]);
  });

  it('does not try for ever to open what cannot be opened, and says so once', async () => {
    const factory = {
      open: vi.fn(() => {
        throw new DOMException('no', 'SecurityError');
      }),
    };
    const platform = fakePlatform({ indexedDB: factory as unknown as IDBFactory });
    const queue = open(platform);
    for (let n = 0; n < 5; n++) {
      queue.put(entry(n));
      await queue.peek(10);
    }
    expect(factory.open).toHaveBeenCalledOnce();
    expect(platform.said).toHaveLength(1);
  });

  it('gives up on a database that opens, and of which not one call comes back', async () => {
    const indexedDB = new IDBFactory();
    const factory = vi.spyOn(indexedDB, 'open');
    const platform = fakePlatform({ indexedDB });
    const queue = await opened(platform);
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(() => {
      throw new DOMException('Connection to Indexed Database server lost', 'UnknownError');
    });
    for (let n = 0; n < 5; n++) {
      queue.put(entry(n));
      await settled();
    }
    // The one that was good, and two.
    expect(factory).toHaveBeenCalledTimes(3);
    expect(await queue.peek(10)).toHaveLength(5);
    expect(journalOf(platform)).toHaveLength(5);
  });

  describe('where the disk is full', () => {
    const full = () => {
      throw new DOMException('no room', 'QuotaExceededError');
    };

    it('makes room for what is new, and counts what that cost', async () => {
      const platform = fakePlatform({ indexedDB: new IDBFactory() });
      const queue = await opened(platform);
      for (let n = 0; n < 4; n++) queue.put(entry(n));
      await settled();
      fillDisk(1);
      queue.put(entry(4));
      await settled();
      await settled();
      const left = await queue.peek(10);
      expect(left.at(-1)).toEqual(entryLike(4));
      expect(left).toHaveLength(3);
      expect(takeLosses(platform, queue)).toEqual({ 'crashpost.evicted.room': 2 });
      expect(takeLosses(platform, queue)).toBeFalsy();
    });

    it('of what is not ours, keeps the new in journal and memory, and gives up half of the old once', async () => {
      const platform = fakePlatform({ indexedDB: new IDBFactory() });
      const queue = await opened(platform);
      for (let n = 0; n < 8; n++) queue.put(entry(n));
      await settled();
      fillDisk();
      for (let n = 8; n < 12; n++) {
        queue.put(entry(n));
        await settled();
      }
      vi.restoreAllMocks();
      expect((await queue.peek(20)).length).toBeGreaterThanOrEqual(7);
      expect(await queue.peek(20)).toContainEqual(entryLike(11));
    });

    it('does not put again what was answered while room was made', async () => {
      let made = () => {};
      const tidy = () => new Promise<void>((resolve) => (made = resolve));
      const queue = await opened(fakePlatform({ indexedDB: new IDBFactory() }), async () => ({
        ...care,
        tidy,
      }));
      fillDisk(1);
      const one = entry(1);
      queue.put(one);
      await settled();
      vi.restoreAllMocks();
      await queue.remove([one.key]);
      made();
      await settled();
      expect(await queue.peek(10)).toEqual([]);
    });

    it('of what is not ours, gives up nothing that is in memory alone: that makes no room', async () => {
      const local = { ...fakeStorage(), setItem: full };
      const queue = await opened(fakePlatform({ indexedDB: new IDBFactory(), local }));
      fillDisk();
      for (let n = 0; n < 3; n++) queue.put(entry(n));
      await settled();
      vi.restoreAllMocks();
      expect(await queue.peek(20)).toEqual([0, 1, 2].map(entryLike));
    });
  });

  it('is kept within its bound, and what had to go is counted', async () => {
    const platform = fakePlatform({ indexedDB: new IDBFactory() });
    const queue = await opened(platform);
    // 30,000 bytes are allowed.
    for (let n = 0; n < 8; n++) queue.put(entry(n, JSON.stringify('x'.repeat(4_998))));
    await settled();
    await queue.tidy();
    expect((await queue.peek(20)).map(({ key }) => idOf(key))).toEqual([3, 4, 5, 6, 7].map(fakeId));
    expect(takeLosses(platform, queue)).toEqual({ 'crashpost.evicted.room': 3 });
    await platform.tick(26 * 86_400_000);
    await queue.tidy();
    expect(await queue.peek(20)).toEqual([]);
    expect(takeLosses(platform, queue)).toEqual({ 'crashpost.evicted.age': 5 });
  });

  it('looks after a smaller bound, that was set later, as often as that one needs', async () => {
    const tidy = vi.fn(async () => {});
    const queue = await opened(fakePlatform({ indexedDB: new IDBFactory() }), async () => ({
      ...care,
      tidy,
    }));
    // Of 30,000 bytes this would be no tenth.
    queue.bounds.maxSize = 10_000;
    queue.put(entry(1, JSON.stringify('x'.repeat(1_998))));
    await settled();
    expect(tidy).toHaveBeenCalledOnce();
  });

  it('has room for one log that takes nearly all of it', async () => {
    const platform = fakePlatform({ indexedDB: new IDBFactory() });
    const queue = await opened(platform);
    // An attachment of 7 MiB is base64 of 9.3, and 10 are allowed by default.
    queue.put(entry(1, JSON.stringify('x'.repeat(29_000))));
    await settled();
    await queue.tidy();
    expect(await queue.peek(20)).toHaveLength(1);
    expect(takeLosses(platform, queue)).toBeFalsy();
  });

  it('counts what is held into its bound, and gives it up by age, as all else', async () => {
    for (const care of [undefined, () => Promise.reject(new Error('no chunk'))]) {
      const platform = fakePlatform({ indexedDB: new IDBFactory() });
      const queue = await opened(platform, ...(care ? [care] : []));
      const large = (n: number) => entry(n, JSON.stringify('x'.repeat(4_998)));
      // 30,000 bytes are allowed.
      for (let n = 0; n < 4; n++) queue.put({ ...large(n), key: HELD + large(n).key });
      for (let n = 4; n < 8; n++) queue.put(large(n));
      await settled();
      await queue.tidy();
      const keys = (await queue.use(readKeys)) ?? [];
      const left = keys.map(idOf).sort();
      expect(left).toEqual([2, 3, 4, 5, 6, 7].slice(care ? 0 : 1).map(fakeId));
      if (care) await tidyWithChunk(platform, queue);
      expect(takeLosses(platform, queue)).toEqual({ 'crashpost.evicted.room': 8 - left.length });
      if (care) continue;
      await platform.tick(26 * 86_400_000);
      await queue.tidy();
      expect(await queue.use(readKeys)).toEqual([]);
      expect(takeLosses(platform, queue)).toEqual({ 'crashpost.evicted.age': 5 });
    }
  });

  describe('while a page throws without end, and nothing is sent,', () => {
    const large = (n: number) => entry(n, JSON.stringify('x'.repeat(4_998)));
    const throwMany = async (queue: Queue) => {
      for (let n = 0; n < 30; n++) {
        queue.put(large(n));
        if (n % 3 === 2) await settled();
      }
      await settled();
    };
    const sizes = async (queue: Queue) => (await queue.peek(100)).map(({ key }) => idOf(key));

    it('stays within its bound', async () => {
      const platform = fakePlatform({ indexedDB: new IDBFactory() });
      const queue = await opened(platform);
      await throwMany(queue);
      const left = await sizes(queue);
      expect(left.length).toBeLessThanOrEqual(6);
      expect(left).toContain(fakeId(29));
      expect(takeLosses(platform, queue)).toEqual({ 'crashpost.evicted.room': 30 - left.length });
    });

    it('stays within its bound also where what bounds it cannot be loaded: the oldest go', async () => {
      const platform = fakePlatform({ indexedDB: new IDBFactory() });
      const queue = await opened(platform, () => Promise.reject(new Error('no chunk')));
      await throwMany(queue);
      expect(await sizes(queue)).toEqual([24, 25, 26, 27, 28, 29].map(fakeId));
      await tidyWithChunk(platform, queue);
      expect(takeLosses(platform, queue)).toEqual({ 'crashpost.evicted.room': 30 - 6 });
      await tidyWithChunk(platform, queue);
      expect(takeLosses(platform, queue)).toBeUndefined();
      expect(platform.said).toEqual([]);
    });

    it('counts once what two tabs want to give up', async () => {
      const shared = { indexedDB: new IDBFactory(), local: fakeStorage(), locks: fakeLocks() };
      const platform = fakePlatform(shared);
      const tabs = [await opened(platform), await opened(fakePlatform(shared))];
      const [queue] = tabs as [Queue];
      for (let n = 0; n < 8; n++) queue.put(large(n));
      await settled();
      await Promise.all(tabs.map((tab) => tab.tidy()));
      const left = await sizes(queue);
      expect(left.length).toBeLessThan(8);
      expect(takeLosses(platform, queue)).toEqual({ 'crashpost.evicted.room': 8 - left.length });
    });
  });

  it('is closed also when it was closed before it had opened', async () => {
    const indexedDB = new IDBFactory();
    const onOpen = vi.fn();
    const platform = fakePlatform({ indexedDB });
    open(platform, onOpen).close();
    await settled();
    expect(onOpen).not.toHaveBeenCalled();
    const deleted = new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase(`crashpost.queue.${appSecret}`);
      request.onsuccess = resolve;
      request.onblocked = reject;
    });
    await deleted;
  });

  it('bounds its journal, and leaves what does not fit to IndexedDB', async () => {
    const platform = fakePlatform({ indexedDB: new IDBFactory() });
    const bounds = { maxSize: 3 * MAX_JOURNAL_CHARACTERS, care: load, onOpen: () => {} };
    const queue = openQueue({ platform, guard: createGuard(platform, true), appSecret, kept, ...bounds });
    queue.put(entry(0, `"${'x'.repeat(MAX_ENTRY_CHARACTERS)}"`));
    expect(journalOf(platform)).toHaveLength(0);
    const large = `"${'x'.repeat(MAX_ENTRY_CHARACTERS - 2)}"`;
    const fit = Math.floor(MAX_JOURNAL_CHARACTERS / MAX_ENTRY_CHARACTERS);
    for (let n = 1; n <= 2 * fit; n++) queue.put(entry(n, large));
    expect(journalOf(platform)).toHaveLength(fit);
    await settled();
    expect(await queue.peek(100)).toHaveLength(2 * fit + 1);
    // What has come into IndexedDB leaves its room to the next.
    queue.put(entry(2 * fit + 1, large));
    expect(journalOf(platform)).toHaveLength(1);
  });

  it('has room in its journal for any log, also one of a hundred frames', () => {
    expect(MAX_ENTRY_CHARACTERS).toBeGreaterThanOrEqual(MAX_LOG);
    const platform = fakePlatform();
    open(platform).put(entry(1, JSON.stringify('x'.repeat(MAX_LOG - 2))));
    expect(journalOf(platform)).toHaveLength(1);
  });

  it('goes on where localStorage begins to throw when it is read', async () => {
    const local = fakeStorage();
    const queue = open(fakePlatform({ local }));
    queue.put(entry(1));
    vi.spyOn(Object.getPrototypeOf(local), 'getItem').mockImplementation(() => {
      throw new Error('NS_ERROR_FILE_CORRUPTED');
    });
    expect(await queue.peek(10)).toEqual([entryLike(1)]);
  });

  it('goes on where localStorage is full', async () => {
    const platform = fakePlatform({ indexedDB: new IDBFactory() });
    Object.defineProperty(Object.getPrototypeOf(platform.local), 'setItem', {
      value: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    });
    const queue = open(platform);
    queue.put(entry(1));
    await settled();
    expect(await queue.peek(10)).toEqual([entryLike(1)]);
  });
});

it('keys sort by time, then by order, and say what is to be known', () => {
  const id = fakeId(7);
  const keyAt = (time: number) => toEntry(time, { id, handled: true }, '"é"').key;
  const keys = [keyAt(9_999_999_999_999), keyAt(1_800_000_000_000), keyAt(1_800_000_000_000)];
  expect(keys.map(idOf)).toEqual([id, id, id]);
  expect(keys.map(timeOf)).toEqual([9_999_999_999_999, 1_800_000_000_000, 1_800_000_000_000]);
  expect(keys[0]).toContain('-handled-4-');
  expect([...keys].sort()).toEqual([keys[1], keys[2], keys[0]]);
});
