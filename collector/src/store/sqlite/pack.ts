// Posts on their way to the thread that writes. Copying their texts there one by one took longer than parsing them
// (measured: 20 to 50 µs for a log of 3.4 kB), and memory for each post by itself as long; so a group of posts has one
// piece of memory, which is handed over.
import type { Delivery } from '../intake.js';
import type { Call } from './calls.js';
import type { Head, Packed } from './posted.js';

/** How much a call carries. Characters of JSON; only posts count. */
export function weightOf(call: Call): number {
  return deliveryOf(call)?.logs.reduce((sum, { json }) => sum + json.length, 0) ?? 0;
}

/** The same calls, their deliveries as `Packed`, all of whose `bodies` are in `memory`. */
export function packed(calls: readonly Call[]): { calls: readonly Call[]; memory: ArrayBuffer } {
  const headsOf = calls.map((call) => deliveryOf(call)?.logs.map(toHead) ?? []);
  const memory = new ArrayBuffer(headsOf.flat().reduce((sum, { bytes }) => sum + bytes, 0));
  let at = 0;
  const result = calls.map((call, i): Call => {
    const delivery = deliveryOf(call);
    if (!delivery) return call;
    const { logs, ...from } = delivery;
    const heads = headsOf[i] ?? [];
    const start = at;
    for (const [n, { json }] of logs.entries()) at += put(json, heads[n]?.bytes ?? 0, { memory, at });
    const bodies = new Uint8Array(memory, start, at - start);
    const post: Packed = { ...from, logs: logs.length, heads: JSON.stringify(heads), bodies };
    return { method: call.method, args: [post] };
  });
  return { calls: result, memory };
}

function deliveryOf({ method, args }: Call): Delivery | undefined {
  return method === 'keepPost' ? (args[0] as Delivery) : undefined;
}

const toHead = ({ json, ...head }: Delivery['logs'][number]): Head => ({
  ...head,
  bytes: Buffer.byteLength(json),
});

/** Returns `bytes`. */
function put(json: string, bytes: number, { memory, at }: { memory: ArrayBuffer; at: number }): number {
  // As many bytes as characters: ASCII, which need not be looked at.
  return Buffer.from(memory).write(json, at, bytes, bytes === json.length ? 'latin1' : 'utf8');
}
