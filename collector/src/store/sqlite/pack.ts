// Posts on their way to the thread that writes. Copying their texts there one by one took longer than parsing them
// (measured: 20 to 50 µs for a log of 3.4 kB), and memory for each post by itself as long; so the posts of a group share
// pieces of memory, which are handed over. They are packed when they come: as texts that wait for their turn they would
// be copied by the garbage collector instead.
import type { Delivery } from '../intake.js';
import type { Call } from './calls.js';
import type { Packed } from './posted.js';

/** The calls of one group. */
export interface Pack {
  /** The same call; the delivery of a post as `Packed`, whose `bodies` are in `memory`. */
  add(call: Call): Call;
  /** Handed over with the calls. */
  readonly memory: readonly ArrayBuffer[];
}

/** How much a call carries. Characters of JSON; only posts count. */
export function weightOf(call: Call): number {
  return deliveryOf(call)?.logs.reduce((sum, { json }) => sum + json.length, 0) ?? 0;
}

/** One piece of memory, unless a post is larger. Bytes. */
const PIECE = 64 * 1024;

export function createPack(): Pack {
  const memory: ArrayBuffer[] = [];
  let piece = Buffer.alloc(0);
  let at = 0;

  function packed({ logs, ...from }: Delivery): Packed {
    const heads = logs.map(({ json, ...head }) => ({ ...head, bytes: Buffer.byteLength(json) }));
    const size = heads.reduce((sum, { bytes }) => sum + bytes, 0);
    if (at + size > piece.length) {
      piece = Buffer.from(new ArrayBuffer(Math.max(size, PIECE)));
      memory.push(piece.buffer as ArrayBuffer);
      at = 0;
    }
    const bodies = new Uint8Array(piece.buffer as ArrayBuffer, at, size);
    for (const [n, { json }] of logs.entries()) {
      const bytes = heads[n]?.bytes ?? 0;
      // As many bytes as characters: ASCII, which need not be looked at.
      at += piece.write(json, at, bytes, bytes === json.length ? 'latin1' : 'utf8');
    }
    return { ...from, logs: logs.length, heads: JSON.stringify(heads), bodies };
  }

  return {
    add(call) {
      const delivery = deliveryOf(call);
      return delivery ? { method: call.method, args: [packed(delivery)] } : call;
    },
    memory,
  };
}

function deliveryOf({ method, args }: Call): Delivery | undefined {
  return method === 'keepPost' ? (args[0] as Delivery) : undefined;
}
