// For tests: the same dispatch as the threads run, in this thread, where TypeScript can be loaded.
import type { SetAside } from '../upkeep.js';
import type { SqliteStore } from './calls.js';
import { type Core, openReader, openWriter } from './core.js';
import { READ_GROUP, toStore, WRITE_GROUP } from './facade.js';
import { crossed } from './pack.js';
import { createQueue } from './queue.js';

export async function openInProcess(
  folder: string,
  held = true,
  onAside: (aside: SetAside) => void = () => {},
): Promise<SqliteStore> {
  const writer = openWriter(folder, held);
  const reader = openReader(folder);
  const queueOf = ({ dispatch }: Core, size: number) =>
    createQueue(async (calls, memory) => dispatch(crossed(calls, memory)), size);
  const end = async () => {
    reader.close();
    writer.close();
  };
  return toStore({
    writer: queueOf(writer, WRITE_GROUP),
    reader: queueOf(reader, READ_GROUP),
    end,
    onAside,
  });
}
