// Whatever is posted, the collector answers it, stays small, and goes on. A real process, spoken to over HTTP.
// `npm run test:fuzz` for the long form; CRASHPOST_FUZZ=N for N bodies, CRASHPOST_FUZZ_SEED to begin elsewhere.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isBuilt, type Running, run, startProcess } from './collector.fixture.js';
import { type FuzzPost, postOf } from './fuzz.fixture.js';
import { openConnection } from './store/sqlite/connection.js';
import { newFolder } from './store/sqlite/stores.fixture.js';

const BODIES = Number(process.env.CRASHPOST_FUZZ ?? 1500);
const SEED = Number(process.env.CRASHPOST_FUZZ_SEED ?? 1);
const LANES = 8;

/** Above what was measured for the worst body there may be; without the bounds a bomb alone takes 4 GB. Megabytes. */
const MAX_MEMORY = 1200;

const CORPUS = new URL('../../../shared/corpus/appcenter/', import.meta.url);
const FOLDERS = ['docs-json', 'exponea', 'derived-appleError'];

/** Where the corpus is not at hand, what is invented has to do. */
function readCorpus(): Buffer[] {
  const own = [
    '{"logs":[{"type":"managedError","exception":{"type":"E","frames":[{"methodName":"f"}]}}]}',
    '[]',
  ];
  if (!existsSync(CORPUS)) return own.map((text) => Buffer.from(text));
  return FOLDERS.flatMap((folder) => {
    const url = new URL(`${folder}/`, CORPUS);
    return readdirSync(url).map((name) => readFileSync(new URL(name, url)));
  });
}

interface Answered {
  readonly status: number;
  readonly body: string;
}

describe.skipIf(!isBuilt)('a hostile client (needs build/: run "tsc -b" first)', () => {
  const data = newFolder();
  const agent = new Agent({ keepAlive: true, maxSockets: LANES * 2 });
  let collector: Running;
  let secret: string;

  beforeAll(async () => {
    secret = (await run(['app', 'add', 'fuzz', '--data', data])).out.trim();
    // No throttle: all of it is to reach the store and the digest.
    const limits = 'crashesPerMinute=1000000000,errorsPerMinute=1000000000';
    collector = await startProcess(data, { CRASHPOST_LIMITS: limits });
  });
  afterAll(() => agent.destroy());

  const send = ({ path, headers, body }: FuzzPost) =>
    new Promise<Answered>((resolve, reject) => {
      const options = { method: 'POST', headers: { ...headers, 'content-length': body.length }, agent };
      const sent = request(`${collector.url}${path}`, options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() });
        });
      });
      sent.on('error', reject).end(body);
    });

  /** What every answer is, but one that is about pressure: there is none here. */
  function check({ status, body }: Answered, name: string): void {
    expect([200, 400, 401, 413, 415], `${name}: ${body.slice(0, 300)}`).toContain(status);
    expect(JSON.parse(body), name).toMatchObject({
      status: expect.any(String),
      correlationId: expect.any(String),
    });
  }

  const wellFormed = (n: number): FuzzPost => {
    const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
    const body = Buffer.from(`{"logs":[{"type":"managedError","id":"${id}","exception":{"type":"E"}}]}`);
    return { path: '/logs', headers: { 'app-secret': secret, 'install-id': secret }, body };
  };

  it(`is answered, ${BODIES} bodies from ${SEED}`, { timeout: 60_000 + BODIES * 20 }, async () => {
    const corpus = readCorpus();
    const statuses = new Map<number, number>();
    let next = SEED;
    const lane = async () => {
      while (next < SEED + BODIES) {
        const seed = next++;
        const answered = await send(postOf(seed, corpus, secret));
        check(answered, `body ${seed}`);
        statuses.set(answered.status, (statuses.get(answered.status) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    // Else it would only try the parser.
    expect(statuses.get(200)).toBeGreaterThan(BODIES / 4);
    expect(statuses.get(400)).toBeGreaterThan(BODIES / 10);
    console.log(
      `${BODIES} bodies: ${JSON.stringify(Object.fromEntries(statuses))}, peak ${collector.memory().peak} MB`,
    );
  });

  const bomb = (text: string, times: number) => gzipSync(text.repeat(times));
  const GZIP = { 'content-encoding': 'gzip' };
  it.each<[string, Record<string, string>, number, () => Buffer]>([
    ['a gzip bomb of blanks', GZIP, 413, () => bomb(' '.repeat(1e6), 500)],
    ['a gzip bomb of objects', GZIP, 413, () => bomb('{},'.repeat(1e6), 20)],
    ['gzip in gzip', GZIP, 400, () => gzipSync(bomb(' '.repeat(1e6), 300))],
    ['a text of 60 MB in gzip', GZIP, 400, () => bomb('x'.repeat(1e6), 60)],
    [
      'a message of 60 MB in gzip',
      GZIP,
      200,
      () => gzipSync(`{"logs":[{"type":"handledError","exception":{"message":"${'\\u0000'.repeat(1e7)}"}}]}`),
    ],
    ['a hundred thousand brackets', {}, 400, () => Buffer.from('['.repeat(1e5))],
    ['nesting that is closed', {}, 200, () => Buffer.from(`{"logs":[${'['.repeat(1e5)}${']'.repeat(1e5)}]}`)],
    [
      'fifty logs nested as deep as is taken',
      {},
      200,
      () =>
        Buffer.from(
          `{"logs":[${Array(50)
            .fill(`{"type":"event","sid":"x","a":${'['.repeat(200)}${']'.repeat(200)}}`)
            .join()}]}`,
        ),
    ],
    [
      'a number of a million digits',
      {},
      200,
      () => Buffer.from(`{"logs":[{"type":"handledError","id":${'9'.repeat(1e6)}}]}`),
    ],
    [
      'ten thousand logs',
      {},
      200,
      () => Buffer.from(`{"logs":[${Array(10_000).fill('{"type":"page"}').join()}]}`),
    ],
    ['ten thousand and one', {}, 413, () => Buffer.from(`{"logs":[${Array(10_001).fill('1').join()}]}`)],
    ['NUL bytes', {}, 400, () => Buffer.alloc(1e6)],
    ['invalid UTF-8', {}, 400, () => Buffer.alloc(1e6, 0xff)],
    ['16 MB and a byte', {}, 413, () => Buffer.alloc(16 * 1024 * 1024 + 1, 0x20)],
  ])('is answered: %s', { timeout: 60_000 }, async (...given) => {
    const [name, headers, status, toBody] = given;
    const { path, headers: ids } = wellFormed(0);
    const answered = await send({ path, headers: { ...ids, ...headers }, body: toBody() });
    check(answered, name);
    expect([answered.status, name]).toEqual([status, name]);
  });

  it('with a thousand idle connections holds up nobody', { timeout: 60_000 }, async () => {
    const port = Number(new URL(collector.url).port);
    const sockets: Socket[] = [];
    for (let n = 0; n < 1000; n++) {
      const socket = connect(port, '127.0.0.1').on('error', () => {});
      // A third say nothing, a third stop in the head, a third in the body.
      if (n % 3 > 0) socket.write('POST /logs HTTP/1.1\r\nHost: x\r\n');
      if (n % 3 > 1) socket.write(`App-Secret: ${secret}\r\nContent-Length: 100\r\n\r\n{"logs":[`);
      sockets.push(socket);
    }
    for (let n = 1; n <= 50; n++) expect((await send(wellFormed(n))).status).toBe(200);
    for (const socket of sockets) socket.destroy();
  });

  it.each([
    ['too short', 10, 400],
    ['not a number', 'x', 400],
    ['negative', -5, 400],
    ['beyond all numbers', '9'.repeat(40), 400],
  ])('that lies about the length (%s) is answered, or cut off', async (_, length, status) => {
    const port = Number(new URL(collector.url).port);
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1').on('error', reject);
      let answer = '';
      socket.on('data', (data) => (answer += data)).on('end', () => socket.end());
      socket.on('close', () => resolve(answer));
      socket.write(`POST /logs HTTP/1.1\r\nHost: x\r\nApp-Secret: ${secret}\r\n`);
      socket.write(
        `Content-Length: ${length}\r\nConnection: close\r\n\r\n{"logs":[{"type":"handledError"}]}`,
      );
    });
    expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    check({ status, body: text.replace(/^.*?\r\n\r\n/s, '') }, text);
  });

  it('leaves a collector that takes posts, has digested all, and was never large', {
    timeout: 300_000,
  }, async () => {
    expect((await send(wellFormed(999))).status).toBe(200);
    const db = openConnection(join(data, 'crashpost.db'));
    const left = db.prepare<{ n: number }>(
      `SELECT (SELECT count(*) FROM reports WHERE group_id IS NULL) + (SELECT count(*) FROM inbox) AS n`,
    );
    while ((left.all()[0]?.n ?? 0) > 0) await new Promise((resolve) => setTimeout(resolve, 50));
    const [kept] = db.prepare<{ n: number }>('SELECT count(*) AS n FROM reports').all();
    expect(kept?.n).toBeGreaterThan(BODIES / 10);
    expect(db.pragma('integrity_check')).toBe('ok');
    db.close();
    console.log(`${kept?.n} reports kept, peak ${collector.memory().peak} MB`);
    expect(collector.memory().peak).toBeLessThan(MAX_MEMORY);
    expect(collector.err()).not.toContain('"level":"error"');
    expect(await collector.end('SIGTERM')).toBe(0);
  });
});
