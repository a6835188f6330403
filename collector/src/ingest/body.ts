import { pipeline, Readable } from 'node:stream';
import { within } from './deadlines.js';
import { BYTES_PER_MS, type Limits } from './limits.js';
import { INFLATE, packingOf, toPacking } from './packing.js';
import type { IncomingPost } from './post.js';
import { Refused } from './refused.js';
import type { Share } from './room.js';
import { createValueCount } from './values.js';

type Inflate = ReturnType<(typeof INFLATE)['gzip']>;

/**
 * The body, inflated. Stops reading at the first limit that is passed. Throws `Refused`: 400, 408, 413, 415 or 503.
 */
export async function readBody(post: IncomingPost, limits: Limits, share: Share): Promise<Uint8Array> {
  const declared = Number(post.header('content-length') ?? 0);
  if (declared > limits.rawBytes) throw tooLarge(limits.rawBytes, 'of body');
  const named = toPacking(post.header('content-encoding'));
  const count = createValueCount(limits.values);
  const parts: Uint8Array[] = [];
  const take = (part: Uint8Array) => {
    share.take(part.length);
    count(part);
    parts.push(part);
  };
  const whole = post.whole?.();
  // As most are: then there is nothing to wait for, and no deadline.
  if (whole && !packingOf(whole, named)) {
    if (whole.length > limits.rawBytes) throw tooLarge(limits.rawBytes, 'of body');
    take(whole);
    return whole;
  }
  const arrival = createArrival(whole ? only(whole) : post.body, limits);
  try {
    const { start, all } = await opened(arrival);
    const packing = packingOf(start, named);
    if (packing) await inflated(all, INFLATE[packing](), { take, maxBytes: limits.inflatedBytes });
    else for (let part = await all.next(); part; part = await all.next()) take(part);
  } finally {
    arrival.end();
  }
  const [first = Buffer.alloc(0), ...more] = parts;
  return more.length > 0 ? Buffer.concat(parts) : first;
}

async function* only(whole: Uint8Array): AsyncGenerator<Uint8Array> {
  yield whole;
}

/** What arrives, counted and timed. */
interface Arrival {
  /** Undefined at the end of the body. Throws `Refused`. */
  next(): Promise<Uint8Array | undefined>;
  /** Reads no further. */
  end(): void;
}

function createArrival(body: AsyncIterable<Uint8Array>, limits: Limits): Arrival {
  const iterator = body[Symbol.asyncIterator]();
  const start = performance.now();
  let last = start;
  let size = 0;
  let isOver = false;
  const deadline = {
    // Not only its pace counts: a client that sent much at once and then stalls has earned no wait of minutes.
    dueAt: () => Math.min(last, start + size / BYTES_PER_MS) + limits.bodyMs,
    late: () => new Refused(408, 'RequestTimeout', 'the body did not arrive in time; post again'),
  };
  return {
    async next() {
      const next = await unbroken(within(iterator.next(), deadline));
      isOver = next.done === true;
      if (next.done) return undefined;
      size += next.value.length;
      last = performance.now();
      if (size > limits.rawBytes) throw tooLarge(limits.rawBytes, 'of body');
      return next.value;
    },
    end() {
      // Not awaited: an iterator that still waits for a chunk ends when the connection does. What happens to a
      // body nobody reads any more is no fault of anybody.
      if (!isOver) iterator.return?.().catch(() => {});
    },
  };
}

async function unbroken<T>(read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused(400, 'IncompleteBody', 'the connection ended before the whole body had arrived');
  }
}

/** The first bytes, two at least if there are so many; and what arrives with these before the rest. */
async function opened(arrival: Arrival): Promise<{ start: Uint8Array; all: Arrival }> {
  let start = (await arrival.next()) ?? Buffer.alloc(0);
  while (start.length < 2) {
    const more = await arrival.next();
    if (!more) break;
    start = Buffer.concat([start, more]);
  }
  let unread: Uint8Array | undefined = start;
  const next = async () => {
    const part = unread;
    unread = undefined;
    return part?.length ? part : arrival.next();
  };
  return { start, all: { next, end: arrival.end } };
}

async function* chunksOf(arrival: Arrival): AsyncGenerator<Uint8Array> {
  for (let part = await arrival.next(); part; part = await arrival.next()) yield part;
}

async function inflated(
  arrival: Arrival,
  inflate: Inflate,
  { take, maxBytes }: { take: (part: Uint8Array) => void; maxBytes: number },
): Promise<void> {
  let size = 0;
  // Whatever goes wrong on either side comes out of the loop below; the callback only has to be there.
  pipeline(Readable.from(chunksOf(arrival)), inflate, () => {});
  try {
    for await (const part of inflate as AsyncIterable<Uint8Array>) {
      size += part.length;
      if (size > maxBytes) throw tooLarge(maxBytes, 'of inflated body');
      take(part);
    }
  } catch (error) {
    throw error instanceof Refused ? error : new Refused(400, 'InvalidEncoding', toFault(error));
  }
}

function toFault(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return `Content-Encoding: the body cannot be inflated: ${reason}`;
}

function tooLarge(maxBytes: number, what: string): Refused {
  return new Refused(413, 'PayloadTooLarge', `at most ${maxBytes} bytes ${what} are taken`);
}
