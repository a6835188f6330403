// Stands beside thread.js, in the sources, in tsc's output and in the bundle: the URL below is relative.
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { StoreError } from '../store.js';
import { type Reply, type SqliteStore, type ThreadData, type ToThread, unwrap } from './calls.js';
import { READ_GROUP, toStore, WRITE_GROUP } from './facade.js';
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
}

/**
 * Opens the store in `folder`, in two threads of its own: one writes, one reads.
 * Rejects with `StoreError`: `unwritable`, `full`, `busy` (another collector has the folder), `newer`, or `failed`
 * for a file that is no database.
 */
export async function openSqliteStore(folder: string, options: OpenOptions = {}): Promise<SqliteStore> {
  const data = { folder: resolve(folder), held: options.held ?? true };
  const onDeath = once(options.onDeath ?? (() => {}));
  // The writer first: it makes and migrates what the reader then finds.
  const writer = await openThread({ ...data, role: 'writer' }, onDeath);
  try {
    const reader = await openThread({ ...data, role: 'reader' }, onDeath);
    // The writer last: with the last connection SQLite folds its log into the one file.
    const end = () => reader.end().then(() => writer.end());
    return toStore(createQueue(writer.send, WRITE_GROUP), createQueue(reader.send, READ_GROUP), end);
  } catch (error) {
    await writer.end();
    throw error;
  }
}

interface Thread {
  readonly send: Send;
  /** Resolves when the thread has let go and ended. */
  end(): Promise<void>;
}

function once<T>(tell: (value: T) => void): (value: T) => void {
  let told = false;
  return (value) => {
    if (!told) tell(value);
    told = true;
  };
}

async function openThread(data: ThreadData, onDeath: (error: StoreError) => void): Promise<Thread> {
  const worker = new Worker(THREAD, { workerData: data, name: `store ${data.role}` });
  let isWanted = false;
  const next = createReplies(worker, (error) => isWanted && onDeath(error));
  const post = (message: ToThread, handed: readonly ArrayBuffer[] = []) =>
    worker.postMessage(message, handed);
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  const [opened] = await next();
  if (opened) unwrap(opened);
  isWanted = true;
  return {
    send: (calls, memory) => {
      const replies = next();
      post({ calls, memory }, memory);
      return replies;
    },
    end: async () => {
      isWanted = false;
      post('close');
      await ended;
    },
  };
}

/** One answer is awaited at a time. A thread that dies refuses it, and every one after it. */
function createReplies(
  worker: Worker,
  onDeath: (error: StoreError) => void,
): () => Promise<readonly Reply[]> {
  let dead: StoreError | undefined;
  let resolveNext: (replies: readonly Reply[]) => void = () => {};
  let rejectNext: (error: StoreError) => void = () => {};
  const die = (message: string, cause?: unknown) => {
    dead ??= new StoreError('failed', message, { cause });
    rejectNext(dead);
    onDeath(dead);
  };
  worker.on('message', (replies: readonly Reply[]) => resolveNext(replies));
  worker.on('error', (error) => die(`the store's thread failed: ${error.message}`, error));
  worker.on('exit', () => die("the store's thread has ended"));
  return () =>
    new Promise((resolve, reject) => {
      resolveNext = resolve;
      rejectNext = reject;
      if (dead) reject(dead);
    });
}
