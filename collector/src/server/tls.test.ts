// The certificates in fixtures/ are for localhost, self-signed, and used by nothing but these tests.
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { connect as dial } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type PeerCertificate } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFixture } from '../ingest/ingest.fixture.js';
import { type Listening, listen } from '../server.js';
import { readTls } from './tls.js';

const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));

/** The certificate of that name, in files that a test may overwrite. */
function filesOf(name: 'one' | 'two') {
  const folder = mkdtempSync(join(tmpdir(), 'crashpost-tls-'));
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  copyFileSync(fixture(`${name}.key.pem`), files.key);
  copyFileSync(fixture(`${name}.cert.pem`), files.cert);
  return { files };
}

let listening: Listening | undefined;
afterEach(async () => {
  await listening?.close();
  listening = undefined;
});

const serialOf = (port: number) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
      const { serialNumber }: PeerCertificate = socket.getPeerCertificate();
      socket.destroy();
      resolve(serialNumber);
    }).on('error', reject);
  });

describe('a server with a certificate', () => {
  it('speaks HTTPS to who trusts it, and tells the site so', async () => {
    const fetch = vi.fn(async () => new Response('page'));
    const { files } = filesOf('one');
    listening = await listen(
      { logs: createFixture().ingest, fetch },
      { host: 'localhost', port: 0, tls: files },
    );
    expect(listening.url).toMatch(/^https:\/\/localhost:\d+$/);
    const text = await new Promise<string>((resolve, reject) => {
      const ca = readFileSync(files.cert);
      get(`${listening?.url}/`, { ca, family: 4, agent: false }, (response) => {
        response.setEncoding('utf8').on('data', resolve);
      }).on('error', reject);
    });
    expect(text).toBe('page');
    expect(fetch.mock.calls[0]).toMatchObject([{ url: `${listening.url}/` }, { isSecure: true }]);
  });

  it('takes the next one when it has its key, and neither half of it nor without', async () => {
    const { files } = filesOf('one');
    const { watchTls } = await import('./tls.js');
    const { createServer } = await import('node:https');
    const server = createServer(readTls(files)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const lines: string[] = [];
    const stop = watchTls(server, files, { log: (line) => lines.push(line), lookMs: 20 });
    const port = Object(server.address()).port as number;
    const first = await serialOf(port);
    const isRefused = expect.stringContaining('the one before stays');
    await vi.waitFor(() => {
      // Anew each time: a change before the first look is none.
      writeFileSync(files.cert, `half ${Math.random()}`);
      expect(lines).toContainEqual(isRefused);
    });
    lines.length = 0;
    copyFileSync(fixture('two.cert.pem'), files.cert);
    await vi.waitFor(() => expect(lines).toContainEqual(isRefused));
    expect(await serialOf(port)).toBe(first);
    copyFileSync(fixture('two.key.pem'), files.key);
    await vi.waitFor(() => expect(lines.at(-1)).toBe('the certificate was read again'));
    expect(await serialOf(port)).not.toBe(first);
    stop();
    server.close();
  });
});

describe('a connection that never finishes its handshake', () => {
  async function half(times: { handshakeMs?: number; closeMs?: number }) {
    const served = { logs: createFixture().ingest, fetch: async () => new Response() };
    const { files } = filesOf('one');
    listening = await listen(served, { host: '127.0.0.1', port: 0, tls: files, ...times });
    const socket = dial(Number(new URL(listening.url).port), '127.0.0.1');
    socket.resume().on('error', () => {}); // Being hung up on is what these are about.
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await new Promise((resolve) => socket.once('connect', resolve));
    return { listening, socket, closed };
  }

  it('is hung up on', async () => {
    await (await half({ handshakeMs: 50 })).closed;
  });

  it('is hung up on when it speaks plain HTTP', async () => {
    const { socket, closed } = await half({});
    socket.write('GET / HTTP/1.1\r\nHost: c\r\n\r\n');
    await closed;
  });

  it('does not keep the server from stopping', async () => {
    const { listening: server, closed } = await half({ closeMs: 50 });
    await Promise.all([server.close(), closed]);
  });
});

it.each([
  [{ cert: '/nowhere/a.pem', key: fixture('one.key.pem') }, /^\/nowhere\/a.pem cannot be read: ENOENT/],
  [
    { cert: fixture('one.cert.pem'), key: fixture('two.key.pem') },
    /are not a certificate in PEM and its key: /,
  ],
  [
    { cert: fixture('one.key.pem'), key: fixture('one.key.pem') },
    /are not a certificate in PEM and its key: /,
  ],
])('%j is told in one sentence', (files, sentence) => {
  expect(() => readTls(files)).toThrow(
    expect.objectContaining({ name: 'StartError', message: expect.stringMatching(sentence) }),
  );
});
