import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isBuilt, run, startProcess } from '../collector.fixture.js';
import { newFolder } from '../store/sqlite/stores.fixture.js';
import { VERSION } from '../version.js';

const UUID_LINE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\n$/;

it('has the version of package.json', () => {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  expect(VERSION).toBe((JSON.parse(text) as { version: string }).version);
});

/** Signs in and tells whether that worked. */
async function signIn(url: string, password: string): Promise<boolean> {
  const body = new URLSearchParams({ name: 'admin', password });
  const response = await fetch(`${url}/sign-in`, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { origin: url },
  });
  return response.headers.has('set-cookie');
}

describe.skipIf(!isBuilt)('the command (needs build/: run "tsc -b" first)', () => {
  it('serve tells how to sign in once, runs beside other commands, and stops in good order', async () => {
    const data = newFolder();
    const first = await startProcess(data);
    const password = /as admin with the password (\S+) \(shown this once\)/.exec(first.out)?.[1] ?? '';
    expect(first.out).toContain(`none yet; add one: crashpost-collector app add NAME --data ${data}`);
    expect(await signIn(first.url, password)).toBe(true);

    const added = await run(['app', 'add', 'My app', '--data', data]);
    expect([added.code, added.err]).toEqual([0, '']);
    expect(added.out).toMatch(UUID_LINE);
    const headers = { 'app-secret': added.out.trim() };
    expect((await fetch(`${first.url}/logs`, { method: 'POST', headers, body: '{"logs":[]}' })).status).toBe(
      200,
    );

    const changed = await run(['user', 'password', '--data', data]);
    expect([changed.code, changed.out.split('\n').length]).toEqual([0, 2]);
    expect(await signIn(first.url, changed.out.trim())).toBe(true);
    expect(await signIn(first.url, password)).toBe(false);
    expect(await first.end('SIGTERM')).toBe(0);

    const second = await startProcess(data);
    expect(second.out).toContain(
      `password forgotten? crashpost-collector user password admin --data ${data}`,
    );
    expect(second.out).not.toContain('with the password');
    expect(await second.end('SIGINT')).toBe(0);
  });

  it('serve takes the first password from the environment and does not print it', async () => {
    const collector = await startProcess(newFolder(), { CRASHPOST_ADMIN_PASSWORD: 'correct horse' });
    expect(collector.out).not.toContain('correct horse');
    expect(await signIn(collector.url, 'correct horse')).toBe(true);
    await collector.end('SIGTERM');
  });

  it('serve says when others can read along', async () => {
    const warning = /"passwords and reports travel in the clear: /;
    for (const [host, proxy, isTold] of [
      ['0.0.0.0', 'loopback', true],
      ['0.0.0.0', 'private', false],
      ['127.0.0.1', 'loopback', false],
    ] as const) {
      const env = { CRASHPOST_HOST: host, CRASHPOST_TRUST_PROXY: proxy };
      const collector = await startProcess(newFolder(), env);
      await collector.end('SIGTERM');
      expect(warning.test(collector.err())).toBe(isTold);
    }
  });

  it('serve ends with 1 and one sentence when a thread of the store dies', async () => {
    const preload = "process.on('worker',(w)=>process.on('SIGUSR2',()=>w.terminate()))";
    const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(preload)}`;
    const collector = await startProcess(newFolder(), { NODE_OPTIONS });
    expect(await collector.end('SIGUSR2')).toBe(1);
    const last = JSON.parse(collector.err().trim().split('\n').at(-1) ?? '');
    expect(last).toMatchObject({ level: 'error', message: 'the collector ends, to be started again' });
    expect(last.error).toMatch(/^the thread "(?:store (?:writer|reader)|digest)" has ended$/);
  });

  it.each([
    [['--keep-days', '-1'], 2, /^crashpost-collector: Option '--keep-days' argument is ambiguous; ".*--help/],
    [['--prot', '1'], 2, /^crashpost-collector: Unknown option '--prot'; .*--help/],
    [['--port', 'abc'], 2, /^crashpost-collector: --port takes a number/],
    [['server'], 2, /"server" is no command/],
    [['serve', 'now'], 2, /serve takes no "now"/],
    [['app', 'add'], 2, /app add takes NAME/],
    [['app', 'add', 'a', 'b'], 2, /app add takes NAME/],
    [['app', 'add', 'a', '--secret', 'x'], 2, /A secret is a UUID, not "x"/],
    [['app', 'list', '--port', '1'], 2, /--port is no option of "app list"/],
    [['app', 'rename', 'a', 'b'], 1, /There is no app "a"; there is none yet/],
    [['app', 'add', ' '], 2, /app add takes NAME/],
    [['--data', '/dev/null/x'], 1, /The data folder \/dev\/null\/x cannot be written/],
    [['app', 'add', 'a', '--data', '/dev/null/x'], 1, /The data folder \/dev\/null\/x cannot be written/],
  ])('%j ends with %i and one sentence', async (args, code, sentence) => {
    const ran = await run(args);
    expect([ran.code, ran.out]).toEqual([code, '']);
    expect(ran.err).toMatch(sentence);
    expect(ran.err.trimEnd()).not.toContain('\n');
  });

  it('serve on a port in use, a folder in use, a file that is no database: one sentence', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const port = String((server.address() as AddressInfo).port);
    const taken = await run(['--data', newFolder(), '--port', port]);
    server.close();
    expect(taken).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^crashpost-collector: Port \d+ on .*\n$/),
    });

    const data = newFolder();
    const holder = await startProcess(data);
    const refused = await run(['--data', data, '--port', '0']);
    await holder.end('SIGTERM');
    expect(refused).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^crashpost-collector: .*in use by another.*\n$/),
    });

    const broken = newFolder();
    writeFileSync(join(broken, 'crashpost.db'), 'no database, but long enough to be read as one'.repeat(100));
    const failed = await run(['--data', broken, '--port', '0']);
    expect(failed).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^crashpost-collector: .*not a database.*\n$/),
    });
  });

  it('--help and --version', async () => {
    expect(await run(['--version'])).toEqual({ code: 0, out: `${VERSION}\n`, err: '' });
    const help = await run(['app', '--help']);
    expect([help.code, help.out.includes('app add NAME')]).toEqual([0, true]);
    expect((await run(['app', 'rotate', '--help'])).out).toMatch(
      /^crashpost-collector app rotate NAME\n[\s\S]*--finish /,
    );
  });
});
