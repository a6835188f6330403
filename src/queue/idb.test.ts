import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { expect, it } from 'vitest';
import { openDatabase, readKeys } from './idb.js';
import { toEntry } from './log-store.js';

const id = '00000000-0000-4000-8000-000000000001';

it('gives each log its own key where a key is none of ours', async () => {
  const database = await openDatabase(new IDBFactory(), 'queue');
  const entry = toEntry(1_800_000_000_000, { id, handled: false }, JSON.stringify({ id }));
  await database.use('readwrite', async (store) => store.put('of a page', 5));
  await database.put(entry);
  expect(await database.peek(9)).toEqual([entry]);
  expect(await readKeys(database)).toEqual([entry.key]);
});
