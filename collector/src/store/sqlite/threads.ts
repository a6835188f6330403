// Stands beside thread.js, in the sources, in tsc's output and in the bundle: the URL below is relative.
import { resolve } from 'node:path';
import { StoreError } from '../store.js';
import type { SetAside } from '../upkeep.js';
import type { SqliteStore, ThreadData, ToThread } from './calls.js';
import { READ_GROUP, toStore, WRITE_GROUP } from './facade.js';
import { openThread, type Thread } from './open-thread.js';
import { createQueue, type Send } from './queue.js';

const THREAD = new URL('./thread.js', import.meta.url);

export interface OpenOptions {
  /**
   * False for a short command that runs while a collector has the folder: it takes no lock. SQLite itself keeps
   * the two apart.
   */
  readonly held?: boolean;
  /** Told once when a thread ends that was not asked to: from then on the store only rejects. */
  readonly onDeath?: ((error: StoreError) => void) | undefined;
  /** Told once of each post and report that stood in the way of others, and is set aside. */
  readonly onAside?: ((aside: SetAside) => void) | undefined;
}

/**
 * Opens the store in `folder`, in two threads of its own: one writes, one reads.
 * Rejects with `StoreError`: `unwritable`, `full`, `busy` (another collector has the folder), `newer`, or `failed`
 * for a file that is no database.
 */
export async function openSqliteStore(folder: string, options: OpenOptions = {}): Promise<SqliteStore> {
  const { held = true, onAside = () => {} } = options;
  const onDeath = once(options.onDeath ?? (() => {}));
  const openRole = (role: ThreadData['role']) => {
    const data: ThreadData = { folder: resolve(folder), held, role };
    return openThread<ToThread>(THREAD, { data, name: `store ${role}`, onDeath });
  };
  // The writer first: it makes and migrates what the reader then finds.
  const writer = await openRole('writer');
  try {
    const reader = await openRole('reader');
    // The writer last: with the last connection SQLite folds its log into the one file.
    const end = () => reader.end().then(() => writer.end());
    return toStore({
      writer: createQueue(sendTo(writer), WRITE_GROUP),
      reader: createQueue(sendTo(reader), READ_GROUP),
      ...{ end, onAside },
    });
  } catch (error) {
    await writer.end();
    throw error;
  }
}

/** As `openSqliteStore`, to read alone: makes nothing, migrates nothing, and what would write rejects. */
export async function openSqliteReader(folder: string): Promise<SqliteStore> {
  const data: ThreadData = { folder: resolve(folder), held: false, role: 'reader' };
  const reader = await openThread<ToThread>(THREAD, { data, name: 'store reader', onDeath: () => {} });
  const writer = {
    call: async () => {
      throw new StoreError('failed', 'the data was opened to be read');
    },
    close: async () => {},
  };
  return toStore({
    ...{ writer, reader: createQueue(sendTo(reader), READ_GROUP) },
    ...{ end: () => reader.end(), onAside: () => {} },
  });
}

const sendTo =
  (thread: Thread<ToThread>): Send =>
  (calls, memory) =>
    thread.ask({ calls, memory }, memory);

function once<T>(tell: (value: T) => void): (value: T) => void {
  let told = false;
  return (value) => {
    if (!told) tell(value);
    told = true;
  };
}
