// A thread that works on the data folder, as its owner sees it.
import { Worker } from 'node:worker_threads';
import { StoreError } from '../store.js';
import { type Reply, unwrap } from './calls.js';

/** What the thread is told; besides `close`, which it answers by ending. */
export interface Thread<Message> {
  /** Resolves with its answer. To be called again when that has come. Rejects with `StoreError` when it ends first. */
  ask(message: Message, handed?: readonly ArrayBuffer[]): Promise<readonly Reply[]>;
  /**
   * Resolves when the thread has let go and ended.
   * @param ms how long it may take for that: then it is left to itself, and does not keep the process. Default: as long
   *   as it wants. Never by force: `terminate` in a call to libsql 0.5.29 aborts the whole process (measured).
   */
  end(ms?: number): Promise<void>;
}

interface Options {
  readonly data: object;
  /** For who looks at the process, and for messages: `store reader`. */
  readonly name: string;
  /** Told once when the thread ends that was not asked to. */
  readonly onDeath: (error: StoreError) => void;
}

/** Starts the thread whose entry is at `url`. Rejects with what it says that hinders it, a `StoreError`. */
export async function openThread<Message>(
  url: URL,
  { data, name, onDeath }: Options,
): Promise<Thread<Message>> {
  const worker = new Worker(url, { workerData: data, name });
  let isWanted = false;
  const { next, die } = createReplies(worker, name, (error) => isWanted && onDeath(error));
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  const [opened] = await next();
  if (opened) unwrap(opened);
  isWanted = true;
  return {
    ask: (message, handed = []) => {
      const replies = next();
      worker.postMessage(message, handed);
      return replies;
    },
    end: async (ms) => {
      isWanted = false;
      worker.postMessage('close');
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise((resolve) => {
        if (ms !== undefined) timer = setTimeout(resolve, ms);
      });
      await Promise.race([ended, late]);
      clearTimeout(timer);
      worker.unref();
      die(`the thread "${name}" was left to itself`);
    },
  };
}

/** One answer is awaited at a time. A thread that dies refuses it, and every one after it. */
function createReplies(worker: Worker, name: string, onDeath: (error: StoreError) => void) {
  let dead: StoreError | undefined;
  let resolveNext: (replies: readonly Reply[]) => void = () => {};
  let rejectNext: (error: StoreError) => void = () => {};
  const die = (message: string, cause?: unknown) => {
    // An error is followed by the exit.
    if (dead) return;
    dead = new StoreError('failed', message, { cause });
    rejectNext(dead);
    onDeath(dead);
  };
  worker.on('message', (replies: readonly Reply[]) => resolveNext(replies));
  worker.on('error', (error) => die(`the thread "${name}" failed: ${error.message}`, error));
  worker.on('exit', () => die(`the thread "${name}" has ended`));
  const next = (): Promise<readonly Reply[]> =>
    new Promise((resolve, reject) => {
      resolveNext = resolve;
      rejectNext = reject;
      if (dead) reject(dead);
    });
  return { next, die };
}
