import { randomBytes } from 'node:crypto';
import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readBody } from './body.js';
import { DEFAULT_LIMITS, type Limits } from './limits.js';
import { createRoom } from './room.js';
import { toText } from './text.js';

interface Sent {
  chunks: Iterable<Uint8Array | 'wait'>;
  /** What has come already, and is in no chunk. */
  whole?: Uint8Array;
  headers?: Record<string, string>;
  limits?: Partial<Limits>;
}

/** Reads a body sent in `chunks`, and tells how many of them were asked for. */
function read({ chunks, whole, headers = {}, limits }: Sent) {
  const sent = { count: 0 };
  async function* body() {
    for (const chunk of chunks) {
      sent.count++;
      if (chunk === 'wait') await new Promise(() => {});
      else yield chunk;
    }
  }
  const all = { ...DEFAULT_LIMITS, ...limits };
  const share = createRoom(all).share();
  const post = {
    method: 'POST',
    query: new URLSearchParams(),
    header: (n: string) => headers[n],
    whole: () => whole,
    body: body(),
  };
  return { text: readBody(post, all, share).then(toText), sent };
}

/** Reads a body that has come whole already. */
function readWhole(whole: Uint8Array, limits: Partial<Limits> = {}, headers: Record<string, string> = {}) {
  const all = { ...DEFAULT_LIMITS, ...limits };
  const header = (name: string) => headers[name];
  const body = forever(whole) as unknown as AsyncIterable<Uint8Array>;
  const post = { method: 'POST', query: new URLSearchParams(), header, whole: () => whole, body };
  return readBody(post, all, createRoom(all).share()).then(toText);
}

function* forever(chunk: Uint8Array) {
  while (true) yield chunk;
}

const KIB = new Uint8Array(1024).fill(0x20);
const GZIP = { 'content-encoding': 'gzip' };

describe('a body', () => {
  it('is text: a BOM stripped, characters whole over chunks, invalid UTF-8 replaced', async () => {
    const bytes = Buffer.from('\u{feff}{"a":"é🙂"}');
    const chunks = [...bytes].map((byte) => Uint8Array.of(byte));
    expect(await read({ chunks }).text).toBe('{"a":"é🙂"}');
    expect(await read({ chunks: [Uint8Array.of(0x22, 0xff, 0x22)] }).text).toBe('"\u{fffd}"');
    expect(await read({ chunks: [] }).text).toBe('');
  });

  it('over the limit is refused, and read no further', async () => {
    const { text, sent } = read({ chunks: forever(KIB), limits: { rawBytes: 4096 } });
    await expect(text).rejects.toMatchObject({
      httpStatus: 413,
      message: 'at most 4096 bytes of body are taken',
    });
    expect(sent.count).toBe(5);
  });

  it('at the limit is taken', async () => {
    const chunks = Array(4).fill(KIB);
    expect((await read({ chunks, limits: { rawBytes: 4096 } }).text).length).toBe(4096);
  });

  it('that declares too much is refused before a byte is read', async () => {
    const { text, sent } = read({ chunks: forever(KIB), headers: { 'content-length': '16777217' } });
    await expect(text).rejects.toMatchObject({ httpStatus: 413 });
    expect(sent.count).toBe(0);
  });

  it('that inflates beyond the limit is refused, and read no further', async () => {
    const bomb = gzipSync(Buffer.alloc(8 * 1024 * 1024));
    const chunks = [bomb.subarray(0, 4096), ...Array(10_000).fill(KIB)];
    const { text, sent } = read({ chunks, headers: GZIP, limits: { inflatedBytes: 100_000 } });
    await expect(text).rejects.toMatchObject({ httpStatus: 413 });
    expect(sent.count).toBeLessThan(1000);
  });

  it('of too many values is refused, and read no further', async () => {
    const some = Buffer.from('{},[],'.repeat(100));
    expect((await read({ chunks: [some, some], limits: { values: 800 } }).text).length).toBe(1200);
    const { text, sent } = read({ chunks: forever(some), limits: { values: 800 } });
    const message = 'at most 800 values are taken; this body has more braces, brackets and commas';
    await expect(text).rejects.toMatchObject({ httpStatus: 413, message });
    expect(sent.count).toBe(3);
    for (const part of ['{', '[', ',']) {
      const { text: all } = read({ chunks: [Buffer.from(part.repeat(801))], limits: { values: 800 } });
      await expect(all).rejects.toMatchObject({ httpStatus: 413 });
    }
  });

  it('of one large text has few values, whatever is in it that base64 has', async () => {
    const base64 = randomBytes(100_000).toString('base64');
    const text = JSON.stringify({ data: base64 });
    expect(await read({ chunks: [Buffer.from(text)], limits: { values: 1 } }).text).toBe(text);
  });

  it('that is gzipped is limited on the wire too', async () => {
    const noise = randomBytes(20_000);
    const { text } = read({ chunks: [gzipSync(noise)], headers: GZIP, limits: { rawBytes: 1000 } });
    await expect(text).rejects.toMatchObject({ httpStatus: 413 });
  });

  it('that says gzip and is cut short is refused', async () => {
    const { text } = read({ chunks: [gzipSync(KIB).subarray(0, 15)], headers: GZIP });
    await expect(text).rejects.toMatchObject({ httpStatus: 400, status: 'InvalidEncoding' });
  });

  const json = '{"logs":[]}';
  const plain = Buffer.from(json);
  it.each([
    ['is plain though the header says gzip', plain, 'gzip'],
    ['is plain though the header says deflate', plain, 'deflate'],
    ['is plain with a BOM though the header says gzip', Buffer.from(`\ufeff${json}`), 'x-gzip'],
    ['is gzip without a header', gzipSync(json), undefined],
    ['is gzip though the header says identity', gzipSync(json), 'identity'],
    ['is gzip though the header says deflate', gzipSync(json), 'deflate'],
    ['is deflate, as it says', deflateSync(json), 'deflate'],
    ['is gzip, as it says', gzipSync(json), ' GZIP'],
  ])('that %s is read as what it is, be it whole or in pieces', async (_, bytes, encoding) => {
    const headers = { ...(encoding && { 'content-encoding': encoding }) };
    for (const chunks of [[bytes], [...bytes].map((byte) => Uint8Array.of(byte))])
      expect(await read({ chunks, headers }).text).toBe(json);
    expect(await read({ chunks: [], whole: bytes, headers }).text).toBe(json);
  });

  it('that is gzip without a header is limited as with one', async () => {
    const bomb = gzipSync(Buffer.alloc(8 * 1024 * 1024));
    for (const sent of [{ chunks: [bomb] }, { chunks: [], whole: bomb }]) {
      const { text } = read({ ...sent, limits: { inflatedBytes: 100_000 } });
      await expect(text).rejects.toMatchObject({ httpStatus: 413 });
      const { text: raw } = read({ ...sent, limits: { rawBytes: 1_000 } });
      await expect(raw).rejects.toMatchObject({ httpStatus: 413 });
    }
  });

  it('of one byte, or of none, is what it is', async () => {
    for (const headers of [{}, GZIP]) {
      expect(await read({ chunks: [Uint8Array.of(0x31)], headers }).text).toBe('1');
      expect(await read({ chunks: [], headers }).text).toBe('');
    }
  });

  it('in an encoding nobody here knows is refused', async () => {
    const { text } = read({ chunks: [KIB], headers: { 'content-encoding': 'br' } });
    await expect(text).rejects.toMatchObject({ httpStatus: 415 });
  });

  it('that stops coming is given up, gzipped or not', async () => {
    for (const headers of [{}, GZIP]) {
      const { text } = read({
        chunks: [gzipSync(KIB).subarray(0, 5), 'wait'],
        headers,
        limits: { bodyMs: 20 },
      });
      await expect(text).rejects.toMatchObject({ httpStatus: 408 });
    }
  });

  it('that stops coming is given up, also when much of it came at once', async () => {
    // At the slowest pace that is allowed it would have a quarter of a minute left.
    const { text } = read({ chunks: [Buffer.alloc(240_000), 'wait'], limits: { bodyMs: 20 } });
    await expect(text).rejects.toMatchObject({ httpStatus: 408 });
  });

  it('that has come whole is not waited for, and held to every limit', async () => {
    const some = Buffer.from('{},[],'.repeat(100));
    expect(await readWhole(some, { values: 400, rawBytes: 600, heldBytes: 600 })).toBe(some.toString());
    expect(await readWhole(Buffer.alloc(0))).toBe('');
    await expect(readWhole(some, { values: 399 })).rejects.toMatchObject({ httpStatus: 413 });
    await expect(readWhole(some, { rawBytes: 599 })).rejects.toMatchObject({ httpStatus: 413 });
    await expect(readWhole(some, { heldBytes: 599 })).rejects.toMatchObject({ httpStatus: 503 });
    const lie = { 'content-length': '601' };
    await expect(readWhole(some, { rawBytes: 600 }, lie)).rejects.toMatchObject({ httpStatus: 413 });
  });

  it('of too many values is refused also when each chunk has few', async () => {
    const chunks = Array.from({ length: 801 }, () => Buffer.from(','));
    expect((await read({ chunks: chunks.slice(1), limits: { values: 800 } }).text).length).toBe(800);
    await expect(read({ chunks, limits: { values: 800 } }).text).rejects.toMatchObject({ httpStatus: 413 });
  });

  it('that breaks off is refused', async () => {
    const chunks = {
      *[Symbol.iterator]() {
        yield KIB;
        throw new Error('aborted');
      },
    };
    await expect(read({ chunks }).text).rejects.toMatchObject({ httpStatus: 400, status: 'IncompleteBody' });
  });

  it('is put off when all bodies together fill the memory', async () => {
    const { text } = read({ chunks: [KIB, KIB, KIB], limits: { heldBytes: 2048 } });
    await expect(text).rejects.toMatchObject({ httpStatus: 503 });
  });
});
