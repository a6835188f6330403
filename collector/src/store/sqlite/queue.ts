import { StoreError } from '../store.js';
import { type Call, type Reply, unwrap } from './calls.js';
import { createPack, type Pack, weightOf } from './pack.js';

/** Calls waiting for one thread, given to it in groups. */
export interface Queue {
  /** Rejects with `StoreError`. */
  call(method: Call['method'], args: readonly unknown[]): Promise<unknown>;
  /** Answers what was asked before; calls from now on are refused. Resolves when all is answered. */
  close(): Promise<void>;
}

/** Hands a group over, together with the memory of its posts, and brings back one reply each. */
export type Send = (calls: readonly Call[], memory: readonly ArrayBuffer[]) => Promise<readonly Reply[]>;

interface Waiting {
  readonly call: Call;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

interface Group {
  readonly pack: Pack;
  readonly calls: Waiting[];
  weight: number;
}

/** What a group carries is in memory until it is written. Characters. */
const MAX_GROUP_WEIGHT = 16 * 1024 * 1024;

/** One group is under way at a time; the calls that come meanwhile make up the next ones, at most `groupSize` each. */
export function createQueue(send: Send, groupSize: number): Queue {
  const groups: Group[] = [];
  let underWay: Promise<void> | undefined;
  let closed = false;

  async function pump(): Promise<void> {
    // A turn later: what is asked in this turn of the event loop makes one group, and one fsync.
    await new Promise(setImmediate);
    for (let group = groups.shift(); group; group = groups.shift()) await settle(send, group);
    underWay = undefined;
  }

  /** The group of a call that weighs as much. */
  function groupFor(weight: number): Group {
    const last = groups.at(-1);
    if (last && last.calls.length < groupSize && last.weight + weight <= MAX_GROUP_WEIGHT) return last;
    const next: Group = { pack: createPack(), calls: [], weight: 0 };
    groups.push(next);
    return next;
  }

  return {
    call(method, args) {
      if (closed) return Promise.reject(new StoreError('closed', 'the store is closed'));
      return new Promise((resolve, reject) => {
        const call: Call = { method, args };
        const weight = weightOf(call);
        const group = groupFor(weight);
        group.calls.push({ call: group.pack.add(call), resolve, reject });
        group.weight += weight;
        underWay ??= pump();
      });
    },
    async close() {
      closed = true;
      await underWay;
    },
  };
}

/** Answers everyone in the group; never throws. */
async function settle(send: Send, { pack, calls }: Group): Promise<void> {
  try {
    const asked = calls.map(({ call }) => call);
    const replies = await send(asked, pack.memory);
    calls.forEach((one, i) => {
      answer(one, replies[i]);
    });
  } catch (error) {
    for (const one of calls) one.reject(error);
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
