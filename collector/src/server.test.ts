import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { bodyOf, createFixture, handled, SECRET } from './ingest/ingest.fixture.js';
import { type Listening, listen } from './server.js';

const servers: Server[] = [];
vi.mock('node:http', async (original) => {
  const http = await original<typeof import('node:http')>();
  const createServer = (...args: unknown[]) => {
    const server = (http.createServer as (...args: unknown[]) => Server)(...args);
    servers.push(server);
    return server;
  };
  return { ...http, createServer };
});

let listening: Listening | undefined;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await listening?.close();
  listening = undefined;
});

type Fetch = Parameters<typeof listen>[0]['fetch'];

async function start(fetch: Fetch = async () => new Response('page'), times = {}): Promise<Listening> {
  const { ingest } = createFixture();
  listening = await listen({ logs: ingest, fetch }, { host: '127.0.0.1', port: 0, ...times });
  return listening;
}

/** A connection, and all that was said on it so far. */
function dial({ url }: Listening) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  sockets.push(socket);
  const said = { text: '' };
  socket.on('data', (data) => (said.text += data));
  socket.on('error', () => {}); // Being hung up on is what some of these are about.
  return { socket, said, closed: new Promise((resolve) => socket.on('close', resolve)) };
}

describe('the server', () => {
  it('gives a request, its headers and an idle connection a time', async () => {
    await start();
    expect(servers.at(-1)).toMatchObject({
      headersTimeout: 15_000,
      requestTimeout: 20 * 60_000,
      keepAliveTimeout: 65_000,
    });
  });

  it('lets ingestion answer who asks before it sends', async () => {
    const { socket, said, closed } = dial(await start());
    const head = `POST /logs HTTP/1.1\r\nHost: c\r\nApp-Secret: ${SECRET}\r\nExpect: 100-continue\r\n`;
    socket.write(`${head}Content-Length: 99999999\r\n\r\n`);
    await closed;
    expect(said.text).toMatch(/^HTTP\/1.1 413 /);
    expect(said.text).not.toContain('100 Continue');
  });

  it.each([
    ['names no host', 'POST /logs HTTP/1.1', ''],
    ['expects what nobody knows', 'POST /logs HTTP/1.1', 'Host: c\r\nExpect: 200-ok\r\n'],
  ])('takes a post that %s: on a 4xx its client would erase it', async (_, line, fields) => {
    const { socket, said, closed } = dial(await start());
    const body = bodyOf(handled());
    socket.write(`${line}\r\n${fields}App-Secret: ${SECRET}\r\nConnection: close\r\n`);
    socket.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
    await closed;
    expect(said.text).toMatch(/^HTTP\/1.1 200 OK[\s\S]*"validDiagnosticsIds":\["ABCDEF01/);
  });

  it('says so where the site is asked without a host', async () => {
    const { socket, said, closed } = dial(await start());
    socket.write('GET / HTTP/1.1\r\nConnection: close\r\n\r\n');
    await closed;
    expect(said.text).toMatch(/^HTTP\/1.1 400 [\s\S]*\r\n\r\nThis is no request to the collector: \w/);
  });

  it('tells the site who asks, and lets it be asked with Expect', async () => {
    const fetch = vi.fn(async (request: Request) => new Response(`got ${await request.text()}`));
    const { socket, said, closed } = dial(await start(fetch));
    socket.write('POST /x HTTP/1.1\r\nHost: c\r\nExpect: 100-continue\r\nConnection: close\r\n');
    socket.write('Content-Length: 4\r\n\r\nform');
    await closed;
    expect(said.text).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 OK[\s\S]*got form$/);
    expect(fetch).toHaveBeenCalledWith(expect.any(Request), { address: '127.0.0.1', isSecure: false });
  });

  it('says what is wrong where nobody can be asked', async () => {
    const { socket, said, closed } = dial(await start());
    socket.write('OPTIONS * HTTP/1.1\r\nHost: c\r\nConnection: close\r\n\r\n');
    await closed;
    expect(said.text).toMatch(/^HTTP\/1.1 400 [\s\S]*\r\n\r\nThis is no request to the collector: \w/);
    const log = vi.fn();
    const { url } = await start(() => Promise.reject(new Error('no')), { log });
    const response = await globalThis.fetch(url);
    expect([response.status, await response.text()]).toEqual([
      500,
      expect.stringContaining('could not answer'),
    ]);
    expect(log.mock.calls).toEqual([['a request could not be answered', expect.any(Error)]]);
  });

  it('tells once that a proxy is not believed, and believes the one that is named', async () => {
    const log = vi.fn();
    const fetch = vi.fn<Fetch>(async () => new Response('page'));
    const headers = { 'x-forwarded-for': '198.51.100.1' };
    const first = await start(fetch, { log });
    for (let i = 0; i < 2; i++) await globalThis.fetch(first.url, { headers });
    expect(log.mock.calls).toEqual([
      [expect.stringMatching(/from 127.0.0.1 is not .* --trust-proxy 127.0.0.1$/)],
    ]);
    await first.close();
    const second = await start(fetch, { log, trusts: () => true });
    await globalThis.fetch(second.url, { headers });
    expect(fetch.mock.calls.map(([, { address }]) => address)).toEqual([
      '127.0.0.1',
      '127.0.0.1',
      '198.51.100.1',
    ]);
    expect(log).toHaveBeenCalledTimes(1);
  });

  it.each(['GET', 'POST'])(
    'hangs up on a %s of the site whose body does not arrive',
    async (method) => {
      const { socket, said, closed } = dial(await start(undefined, { formMs: 50 }));
      socket.write(`${method} / HTTP/1.1\r\nHost: c\r\nContent-Length: 9\r\n\r\nhalf`);
      await closed;
      expect(said.text).toMatch(/^HTTP\/1.1 200 OK[\s\S]*page$/);
    },
    10_000,
  );

  it('waits for an answer of the site longer than for a body', async () => {
    const fetch: Fetch = async () => {
      await new Promise((resolve) => setTimeout(resolve, 150));
      return new Response('late');
    };
    const { socket, said } = dial(await start(fetch, { formMs: 30 }));
    socket.write('GET / HTTP/1.1\r\nHost: c\r\n\r\n');
    await once(socket, 'data');
    expect(said.text).toContain('late');
  });

  it('keeps a connection whose bodies arrived', async () => {
    const fetch: Fetch = async (request) => new Response(await request.text());
    const { socket, said } = dial(await start(fetch, { formMs: 50 }));
    for (const word of ['one', 'two']) {
      socket.write(`POST / HTTP/1.1\r\nHost: c\r\nContent-Length: 3\r\n\r\n${word}`);
      while (!said.text.includes(word)) await once(socket, 'data');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(socket.readableEnded).toBe(false);
  });
});

describe('a server that is closed', () => {
  const held = () => {
    let answer = (_: Response) => {};
    let asked = () => {};
    const arrived = new Promise<void>((resolve) => (asked = resolve));
    const fetch: Fetch = () => {
      asked();
      return new Promise((resolve) => (answer = resolve));
    };
    return { fetch, arrived, answer: (text: string) => answer(new Response(text)) };
  };

  it('answers what is under way, then hangs up the connection that became idle', async () => {
    const { fetch, arrived, answer } = held();
    // Nobody waits for these: the test would time out before.
    const server = await start(fetch, { closeMs: 3600_000 });
    const { socket, said, closed } = dial(server);
    socket.write('GET / HTTP/1.1\r\nHost: c\r\n\r\n');
    await arrived;
    const end = server.close();
    answer('the end');
    await Promise.all([end, closed]);
    expect(said.text).toMatch(/^HTTP\/1.1 200 OK[\s\S]*the end$/);
  }, 10_000);

  it('hangs up on those who are busy for too long', async () => {
    const { fetch, arrived } = held();
    const server = await start(fetch, { closeMs: 50 });
    const { socket, said, closed } = dial(server);
    socket.write('GET / HTTP/1.1\r\nHost: c\r\n\r\n');
    await arrived;
    await Promise.all([server.close(), closed]);
    expect(said.text).toBe('');
  }, 10_000);

  it('does not wait for one that is idle', async () => {
    const server = await start(undefined, { closeMs: 3600_000 });
    const { socket, closed } = dial(server);
    socket.write('GET / HTTP/1.1\r\nHost: c\r\n\r\n');
    await once(socket, 'data');
    await Promise.all([server.close(), closed]);
  }, 10_000);
});
