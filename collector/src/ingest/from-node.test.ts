import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Answer } from '../wire.js';
import { fromNode } from './from-node.js';
import { bodyOf, createFixture, handled, INSTALL, SECRET } from './ingest.fixture.js';
import { DEFAULT_LIMITS, type Limits } from './limits.js';

let stop: () => void = () => {};
afterEach(() => stop());

async function serve(limits: Partial<Limits> = {}) {
  const fixture = createFixture({ limits: { ...DEFAULT_LIMITS, ...limits } });
  const server = createServer();
  const handler = fromNode(fixture.ingest, { lingerMs: 100 });
  server.on('request', handler).on('checkContinue', handler);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { ...fixture, server, port: (server.address() as AddressInfo).port };
}

const HEAD = `POST /logs HTTP/1.1\r\nHost: c\r\nApp-Secret: ${SECRET}\r\nInstall-ID: ${INSTALL}\r\n`;

/** Sends bytes for as long as the server takes them. */
function sendForever(socket: Socket, chunk: Buffer | string): void {
  const pump = () => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on('drain', pump);
  pump();
}

/** All that the server said until it hung up. */
async function answerOf(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (data) => (text += data));
  // A server that hangs up on one who still sends is a reset; the answer must have come before.
  socket.on('error', () => {});
  // Not `once`, which rejects on the error.
  await new Promise((resolve) => socket.on('close', resolve));
  return text;
}

describe('node:http', () => {
  it('carries a post and keeps the connection', async () => {
    const { port, kept } = await serve();
    const url = `http://127.0.0.1:${port}//logs?api-version=1.0.0`;
    const headers = { 'App-Secret': SECRET, 'Install-ID': INSTALL };
    const response = await fetch(url, { method: 'POST', headers, body: bodyOf(handled()) });
    expect([response.status, response.headers.get('connection')]).toEqual([200, 'keep-alive']);
    expect(((await response.json()) as Answer).validDiagnosticsIds).toEqual([handled().id]);
    expect(kept.length).toBe(1);
  });

  it('has the whole body at once where it came in one packet with its head', async () => {
    const { port, server } = await serve();
    const wholes: (number | undefined)[] = [];
    server.removeAllListeners('request').on(
      'request',
      fromNode(async (post) => {
        wholes.push(post.whole?.()?.length);
        return { status: 200, headers: {}, body: '{}' };
      }),
    );
    const socket = connect(port, '127.0.0.1');
    const body = bodyOf(handled());
    socket.write(`${HEAD}Connection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    await answerOf(socket);
    expect(wholes).toEqual([body.length]);
  });

  it('takes a body however its packets fall, and the next post of the connection', async () => {
    const { port, kept } = await serve();
    const body = bodyOf(handled());
    const sized = `${HEAD}Content-Length: ${body.length}\r\n\r\n`;
    const chunked = `${HEAD}Transfer-Encoding: chunked\r\n\r\n`;
    const chunkOf = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
    const packets = [
      sized + body,
      sized,
      body,
      sized + body.slice(0, 9),
      body.slice(9),
      `${chunked}${chunkOf(body.slice(0, 20))}${chunkOf(body.slice(20))}0\r\n\r\n`,
      chunked + chunkOf(body.slice(0, 50)),
      chunkOf(body.slice(50)),
      '0\r\n\r\n',
      sized + body + sized + body,
    ];
    const socket = connect(port, '127.0.0.1').setNoDelay();
    let text = '';
    socket.on('data', (data) => (text += data));
    for (const packet of packets) {
      socket.write(packet);
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
    await expect.poll(() => text.match(/HTTP\/1.1 200 /g)?.length).toBe(7);
    socket.destroy();
    expect(kept.map(({ logs }) => logs[0]?.json)).toEqual(Array(7).fill(JSON.stringify(handled())));
  });

  it('answers a preflight without a body', async () => {
    const { port } = await serve();
    const socket = connect(port, '127.0.0.1');
    socket.write('OPTIONS /logs HTTP/1.1\r\nHost: c\r\nConnection: close\r\n\r\n');
    const text = await answerOf(socket);
    expect(text).toMatch(/^HTTP\/1.1 204 [\s\S]*access-control-allow-origin: \*[\s\S]*\r\n\r\n$/);
  });

  it('answers 413 to a client that sends for ever, then hangs up', async () => {
    const { port } = await serve({ rawBytes: 100_000 });
    const socket = connect(port, '127.0.0.1');
    socket.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`);
    sendForever(socket, `4000\r\n${' '.repeat(0x4000)}\r\n`);
    const text = await answerOf(socket);
    expect(text).toMatch(/^HTTP\/1.1 413 /);
    expect(text).toContain('connection: close');
    expect(JSON.parse(text.slice(text.indexOf('\r\n\r\n')))).toMatchObject({ status: 'PayloadTooLarge' });
  });

  it('answers 413 to one that declares too much, before it sends', async () => {
    const { port } = await serve();
    const socket = connect(port, '127.0.0.1');
    socket.write(`${HEAD}Content-Length: 99999999999\r\n\r\n`);
    expect(await answerOf(socket)).toMatch(/^HTTP\/1.1 413 /);
  });

  it('reads no more than a little after its answer, however fast the client', async () => {
    const { port, server } = await serve();
    let connection: Socket | undefined;
    server.on('connection', (socket) => (connection = socket));
    const socket = connect(port, '127.0.0.1');
    socket.write(`${HEAD}Content-Length: 200000000\r\n\r\n`);
    sendForever(socket, Buffer.alloc(0x10000));
    expect(await answerOf(socket)).toMatch(/^HTTP\/1.1 413 /);
    expect(connection?.bytesRead).toBeGreaterThan(200 * 1024);
    expect(connection?.bytesRead).toBeLessThan(2 * 1024 * 1024);
  });

  it('is heard by an ordinary client that sends too much', async () => {
    const { port } = await serve();
    const body = new Uint8Array(32 * 1024 * 1024);
    const response = await fetch(`http://127.0.0.1:${port}/logs`, {
      method: 'POST',
      headers: { 'App-Secret': SECRET },
      body,
    });
    expect([response.status, await response.json()]).toMatchObject([413, { status: 'PayloadTooLarge' }]);
  });

  it('answers 401 to one that would send for ever, unread', async () => {
    const { port } = await serve();
    const socket = connect(port, '127.0.0.1');
    socket.write('POST /logs HTTP/1.1\r\nHost: c\r\nContent-Length: 9999999999\r\n\r\n');
    sendForever(socket, Buffer.alloc(0x4000));
    expect(await answerOf(socket)).toMatch(/^HTTP\/1.1 401 [\s\S]*"AppSecretDenied"/);
  });

  it('answers 408 to one that stops sending', async () => {
    const { port } = await serve({ bodyMs: 30 });
    const socket = connect(port, '127.0.0.1');
    socket.write(`${HEAD}Content-Length: 100\r\n\r\n{"logs"`);
    expect(await answerOf(socket)).toMatch(/^HTTP\/1.1 408 /);
  });

  it('outlives one that hangs up in the middle', async () => {
    const { port, kept } = await serve();
    const socket = connect(port, '127.0.0.1');
    socket.write(`${HEAD}Content-Length: 100\r\n\r\n{"logs"`, () => socket.destroy());
    await once(socket, 'close');
    const headers = { 'App-Secret': SECRET, 'Install-ID': INSTALL };
    const body = bodyOf(handled());
    expect((await fetch(`http://127.0.0.1:${port}/logs`, { method: 'POST', headers, body })).status).toBe(
      200,
    );
    expect(kept.length).toBe(1);
  });

  it('does not ask a client of HTTP/1.0, which would take that for the answer', async () => {
    const { port, server } = await serve();
    const body = bodyOf(handled());
    const socket = connect(port, '127.0.0.1');
    const answer = answerOf(socket);
    const asked = once(server, 'request');
    const head = HEAD.replace('1.1', '1.0');
    socket.write(`${head}Expect: 100-continue\r\nContent-Length: ${body.length}\r\n\r\n`);
    await asked;
    // It waits for the body a turn later.
    await new Promise((resolve) => setTimeout(resolve, 20));
    socket.write(body);
    expect(await answer).toMatch(/^HTTP\/1.1 200 OK/);
  });

  it('asks for a body it wants, and not for one it does not', async () => {
    const { port } = await serve({ rawBytes: 1000 });
    const ask = async (length: number, Expect = '100-continue') => {
      const headers = { 'App-Secret': SECRET, Expect, 'Content-Length': length };
      const post = request({ port, path: '/logs', method: 'POST', headers });
      let asked = false;
      post.on('continue', () => {
        asked = true;
        post.end(bodyOf(handled()));
      });
      post.flushHeaders();
      const [response] = await once(post, 'response');
      response.resume();
      post.destroy();
      return [asked, response.statusCode];
    };
    expect(await ask(Buffer.byteLength(bodyOf(handled())))).toEqual([true, 200]);
    expect(await ask(bodyOf(handled()).length, '100-Continue, other')).toEqual([true, 200]);
    expect(await ask(1001)).toEqual([false, 413]);
  });
});
