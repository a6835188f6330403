// For tests: the same dispatch as the threads run, in this thread, where TypeScript can be loaded.
import type { SqliteStore } from './calls.js';
import { type Core, openReader, openWriter } from './core.js';
import { READ_GROUP, toStore, WRITE_GROUP } from './facade.js';
import { crossed } from './pack.js';
import { createQueue } from './queue.js';

export async function openInProcess(folder: string, held = true): Promise<SqliteStore> {
  const writer = openWriter(folder, held);
  const reader = openReader(folder);
  const queueOf = ({ dispatch }: Core, size: number) =>
    createQueue(async (calls, memory) => dispatch(crossed(calls, memory)), size);
  return toStore(queueOf(writer, WRITE_GROUP), queueOf(reader, READ_GROUP), async () => {
    reader.close();
    writer.close();
  });
}
