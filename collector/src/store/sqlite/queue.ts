import { StoreError } from '../store.js';
import { type Call, type Reply, unwrap } from './calls.js';
import { packed, weightOf } from './pack.js';

/** Calls waiting for one thread, given to it in groups. */
export interface Queue {
  /** Rejects with `StoreError`. */
  call(method: Call['method'], args: readonly unknown[]): Promise<unknown>;
  /** Answers what was asked before; calls from now on are refused. Resolves when all is answered. */
  close(): Promise<void>;
}

/** Hands a group over, together with the memory of its posts, and brings back one reply each. */
export type Send = (calls: readonly Call[], memory: ArrayBuffer) => Promise<readonly Reply[]>;

interface Waiting {
  readonly call: Call;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** The bodies of one group are in memory twice while they are written. Characters. */
const MAX_GROUP_WEIGHT = 16 * 1024 * 1024;

/** One group is under way at a time; the calls that come meanwhile make up the next, at most `groupSize`. */
export function createQueue(send: Send, groupSize: number): Queue {
  const waiting: Waiting[] = [];
  let underWay: Promise<void> | undefined;
  let closed = false;

  async function pump(): Promise<void> {
    // A turn later: what is asked in this turn of the event loop makes one group, and one fsync.
    await new Promise(setImmediate);
    while (waiting.length > 0) await settle(send, takeGroup(waiting, groupSize));
    underWay = undefined;
  }

  return {
    call(method, args) {
      if (closed) return Promise.reject(new StoreError('closed', 'the store is closed'));
      return new Promise((resolve, reject) => {
        waiting.push({ call: { method, args }, resolve, reject });
        underWay ??= pump();
      });
    },
    async close() {
      closed = true;
      await underWay;
    },
  };
}

function takeGroup(waiting: Waiting[], groupSize: number): Waiting[] {
  let size = 0;
  let weight = 0;
  for (const { call } of waiting) {
    weight += weightOf(call);
    if (size === groupSize || (size > 0 && weight > MAX_GROUP_WEIGHT)) break;
    size++;
  }
  return waiting.splice(0, size);
}

/** Answers everyone in the group; never throws. */
async function settle(send: Send, group: readonly Waiting[]): Promise<void> {
  try {
    const { calls, memory } = packed(group.map(({ call }) => call));
    const replies = await send(calls, memory);
    group.forEach((one, i) => {
      answer(one, replies[i]);
    });
  } catch (error) {
    for (const one of group) one.reject(error);
  }
}

function answer(one: Waiting, reply: Reply | undefined): void {
  try {
    if (!reply) throw new StoreError('failed', 'the store gave no reply');
    one.resolve(unwrap(reply));
  } catch (error) {
    one.reject(error);
  }
}
