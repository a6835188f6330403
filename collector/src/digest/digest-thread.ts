// The entry of the thread that digests: it reads what waits on a connection of its own, and hands out no more than what
// the store has to keep. The text of a report never leaves it.
import { parentPort, workerData } from 'node:worker_threads';
import type { Reply } from '../store/sqlite/calls.js';
import { openWaiting } from '../store/sqlite/core.js';
import { refusal } from '../store/sqlite/dispatch.js';
import type { Digest } from '../store/store.js';
import { digestOf, type Round } from './digests.js';
import type { DigestThreadData, ToDigestThread } from './open-digests.js';

/**
 * How long a round may take; it then ends with the report it is at. A hundred of the worst reports there can be take
 * twenty seconds, and what comes before them is to be seen. Milliseconds.
 */
const ROUND_MS = 250;

/** How often it listens meanwhile. Milliseconds. */
const TURN_MS = 10;

type Waiting = ReturnType<typeof openWaiting>;

function serve({ folder }: DigestThreadData, port: NonNullable<typeof parentPort>): void {
  let waiting: Waiting;
  try {
    waiting = openWaiting(folder);
  } catch (error) {
    port.postMessage([refusal(error)]);
    return;
  }
  let isClosing = false;
  let round: Promise<void> = Promise.resolve();
  const answer = async (limit: number): Promise<void> => {
    const reply = await toReply(() => next(waiting, limit, () => isClosing));
    if (!isClosing) port.postMessage([reply]);
  };
  const close = async (): Promise<void> => {
    isClosing = true;
    await round;
    waiting.close();
    port.close();
  };
  port.on('message', (message: ToDigestThread) => {
    if (message === 'close') void close();
    else round = answer(message.limit);
  });
  const opened: Reply = { ok: true, value: undefined };
  port.postMessage([opened]);
}

async function next(waiting: Waiting, limit: number, isClosing: () => boolean): Promise<Round> {
  const begun = performance.now();
  let turn = begun;
  const digests: Digest[] = [];
  const faults: Round['faults'][number][] = [];
  const list = waiting.list(limit);
  for (const [n, seq] of list.entries()) {
    const now = performance.now();
    if (n > 0 && now > begun + ROUND_MS) return { digests, faults, more: true };
    if (now > turn + TURN_MS) {
      turn = now;
      // The word to close is heard in between.
      await new Promise(setImmediate);
    }
    if (isClosing()) break;
    const report = waiting.read(seq);
    if (!report) continue;
    const [digest, wrong] = digestOf(report);
    digests.push(digest);
    faults.push(...wrong);
  }
  return { digests, faults, more: list.length === limit };
}

async function toReply(work: () => Promise<Round>): Promise<Reply> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return refusal(error);
  }
}

if (parentPort) serve(workerData as DigestThreadData, parentPort);
