import type { IncomingMessage, ServerResponse } from 'node:http';
import { finished } from 'node:stream/promises';
import type { Answered, IncomingPost, Ingest } from './post.js';

/**
 * How long what a refused client still sends is read and thrown away. Closing at once would reset the
 * connection, and a reset takes back the answer a client has not read yet: nginx's `lingering_close`
 * (https://nginx.org/en/docs/http/ngx_http_core_module.html#lingering_close). Milliseconds.
 */
const LINGER_MS = 2_000;

/** How much of it is read: a fast client would else have sent all of it within that time. Bytes. */
const LINGER_BYTES = 256 * 1024;

/** The handler as node:http has it. */
export function fromNode(
  ingest: Ingest,
  { lingerMs = LINGER_MS } = {},
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    // What came in one packet with the head is there when the parser is through with it: after this turn of the event
    // loop, and then for all who posted in it.
    await new Promise(setImmediate);
    const answered = await ingest(new NodePost(request, response));
    if (response.destroyed) return;
    if (request.complete) end(response, answered);
    else await endUnread(request, response, { answered, lingerMs });
  };
}

/**
 * A class, because an object literal with a getter has a hidden class of its own each time, which outlives the young
 * generation (measured: garbage collection took 5 to 10 µs a post, and now takes 1).
 */
class NodePost implements IncomingPost {
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly body: IncomingPost['body'];

  constructor(request: IncomingMessage, response: ServerResponse) {
    this.#request = request;
    this.#response = response;
    this.body = { [Symbol.asyncIterator]: () => createChunks(this.#request, this.#response) };
  }

  get method(): string {
    return this.#request.method ?? '';
  }

  get query(): URLSearchParams {
    const { url = '' } = this.#request;
    const at = url.indexOf('?');
    return new URLSearchParams(at < 0 ? '' : url.slice(at + 1));
  }

  header(name: string): string | undefined {
    const value = this.#request.headers[name];
    return Array.isArray(value) ? value[0] : value;
  }

  whole(): Uint8Array | undefined {
    if (!this.#request.complete) return undefined;
    return (this.#request.read() as Uint8Array | null) ?? Buffer.alloc(0);
  }
}

/**
 * Not the request's own iterator, which listens for every way in which any stream may end: that takes longer than
 * reading a post of one chunk. `next` rejects when the connection ends before the body has.
 */
function createChunks(request: IncomingMessage, response: ServerResponse): AsyncIterator<Uint8Array> {
  let goOn: (() => void) | undefined;
  const onMore = () => goOn?.();
  const more = () =>
    new Promise<void>((resolve) => {
      if (!goOn) for (const event of ENDS) request.on(event, onMore);
      goOn = resolve;
    });
  const end = () => {
    if (goOn) for (const event of ENDS) request.off(event, onMore);
    goOn = undefined;
    return { done: true, value: undefined } as const;
  };
  // Only when it is asked for: a client that asked first is not told to send a body that is refused unread.
  let isAsked = !waitsForUs(request);
  return {
    async next() {
      if (!isAsked) response.writeContinue();
      isAsked = true;
      for (;;) {
        const chunk = request.read() as Uint8Array | null;
        if (chunk !== null) return { value: chunk };
        if (request.complete) return end();
        if (request.destroyed) throw request.errored ?? new Error('the connection ended');
        await more();
      }
    },
    // Whoever stops reading may still answer: nothing is destroyed here.
    return: async () => end(),
  };
}

/** Not one of HTTP/1.0, to which 100 would be the answer: https://www.rfc-editor.org/rfc/rfc9110#section-10.1.1 */
function waitsForUs({ headers: { expect }, httpVersion }: IncomingMessage): boolean {
  return expect !== undefined && httpVersion !== '1.0' && /(?:^|\W)100-continue(?:$|\W)/i.test(expect);
}

const ENDS = ['readable', 'end', 'error', 'close'];

function end(response: ServerResponse, { status, headers, body }: Answered): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

/** Answers at once, while the client still sends; then waits a little before it hangs up. */
async function endUnread(
  request: IncomingMessage,
  response: ServerResponse,
  { answered: { status, headers, body }, lingerMs }: { answered: Answered; lingerMs: number },
): Promise<void> {
  const length = Buffer.byteLength(body);
  response.writeHead(status, { ...headers, 'content-length': length, connection: 'close' });
  if (length > 0) response.write(body);
  else response.flushHeaders();
  let unread = LINGER_BYTES;
  request.on('data', (chunk: Uint8Array) => {
    unread -= chunk.length;
    // Not closed at once, for the reason above: the client finds that nobody reads, and the answer.
    if (unread < 0) request.pause();
  });
  const hangUp = setTimeout(() => request.destroy(), lingerMs);
  try {
    await finished(request);
    response.end();
  } catch {
    // The client hung up, or we did: either way it has had its answer.
    request.destroy();
  } finally {
    clearTimeout(hangUp);
  }
}
