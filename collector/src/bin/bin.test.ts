import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { isBuilt, run, startProcess } from '../collector.fixture.js';
import { newFolder } from '../store/sqlite/stores.fixture.js';
import { VERSION } from '../version.js';

const UUID_LINE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\n$/;
const SECRET = '0F3C8D1E-5B7A-4C2D-9E6F-1A2B3C4D5E6F';

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
    expect(last.error).toBe("the store's thread has ended");
  });

  it('app adds and lists', async () => {
    const env = { CRASHPOST_DATA: newFolder() };
    expect(await run(['app', 'add', 'One', '--secret', SECRET], env)).toMatchObject({
      code: 0,
      out: `${SECRET.toLowerCase()}\n`,
    });
    const again = await run(['app', 'add', 'Two', '--secret', SECRET], env);
    expect(again).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/^crashpost-collector: .*has the secret/),
    });
    expect((await run(['app', 'list'], env)).out).toBe(`${SECRET.toLowerCase()}  One\n`);
  });

  it('app renames, disables, enables and rotates, while a collector runs', async () => {
    const env = { CRASHPOST_DATA: newFolder() };
    const first = (await run(['app', 'add', 'One'], env)).out.trim();
    const collector = await startProcess(env.CRASHPOST_DATA);
    const answers = async (secret: string) => {
      const init = { method: 'POST', headers: { 'app-secret': secret }, body: '{"logs":[]}' };
      return (await fetch(`${collector.url}/logs`, init)).status;
    };
    const until = (secret: string, status: number) =>
      vi.waitFor(async () => expect(await answers(secret)).toBe(status), { timeout: 15_000, interval: 100 });
    await until(first, 200);

    expect(await run(['app', 'rename', 'One', 'The shop'], env)).toMatchObject({ code: 0, out: '' });
    expect((await run(['app', 'disable', 'The shop'], env)).code).toBe(0);
    await until(first, 403);
    expect((await run(['app', 'list'], env)).out).toBe(`${first}  The shop  (disabled)\n`);
    expect((await run(['app', 'enable', first], env)).code).toBe(0);
    await until(first, 200);

    const rotated = await run(['app', 'rotate', 'The shop'], env);
    expect([rotated.code, rotated.out]).toEqual([0, expect.stringMatching(UUID_LINE)]);
    const second = rotated.out.trim();
    await until(second, 200);
    await until(first, 200);
    expect((await run(['app', 'rotate', 'The shop'], env)).err).toMatch(/has two secrets already/);
    expect((await run(['app', 'rotate', 'The shop', '--finish'], env)).code).toBe(0);
    await until(first, 401);
    expect(await answers(second)).toBe(200);
    expect(await collector.end('SIGTERM')).toBe(0);
  });

  it('app origins prints, sets and unsets whose pages may send, while a collector runs', async () => {
    const env = { CRASHPOST_DATA: newFolder() };
    const secret = (await run(['app', 'add', 'Shop'], env)).out.trim();
    const collector = await startProcess(env.CRASHPOST_DATA);
    const until = (origin: string, status: number) =>
      vi.waitFor(
        async () => {
          const init = { method: 'POST', headers: { 'app-secret': secret, origin }, body: '{"logs":[]}' };
          expect((await fetch(`${collector.url}/logs`, init)).status).toBe(status);
        },
        { timeout: 15_000, interval: 100 },
      );
    await until('https://b.example', 200);
    expect(await run(['app', 'origins', 'Shop'], env)).toMatchObject({ code: 0, out: 'any\n' });
    const set = await run(['app', 'origins', 'Shop', 'https://A.example,http://a.example:80'], env);
    expect(set).toMatchObject({ code: 0, out: 'https://a.example\nhttp://a.example\n' });
    await until('https://b.example', 403);
    await until('https://a.example', 200);
    expect((await run(['app', 'origins', 'Shop', 'a.example'], env)).err).toMatch(
      /"a\.example" is no origin/,
    );
    expect((await run(['app', 'origins', 'Shop', 'any'], env)).out).toBe('any\n');
    await until('https://b.example', 200);
    expect(await collector.end('SIGTERM')).toBe(0);
  });

  it('user adds, lists and removes, but not the last one', async () => {
    const data = newFolder();
    const env = { CRASHPOST_DATA: data };
    expect((await run(['user', 'add', 'ann'], env)).out).toMatch(/^\w{5}(-\w{5}){3}\n$/);
    expect(await run(['user', 'add', 'ann'], env)).toMatchObject({
      code: 1,
      err: expect.stringContaining('already'),
    });
    expect(await run(['user', 'remove', 'ann'], env)).toMatchObject({
      code: 1,
      err: expect.stringContaining('only'),
    });
    const given = { ...env, CRASHPOST_PASSWORD: 'correct horse' };
    expect(await run(['user', 'add', 'bob'], given)).toMatchObject({ code: 0, out: '' });
    expect((await run(['user', 'list'], env)).out).toBe('ann\nbob\n');
    expect((await run(['user', 'remove', 'ann'], env)).code).toBe(0);
    expect((await run(['user', 'list'], env)).out).toBe('bob\n');
    expect((await run(['user', 'password', 'ann'], env)).err).toMatch(/no user "ann"; there is bob/);
    expect(await run(['user', 'add', 'x'], { ...env, CRASHPOST_PASSWORD: 'short' })).toMatchObject({
      code: 2,
    });
  });

  it('token adds, lists and removes; the API takes it from a running collector', async () => {
    const data = newFolder();
    const env = { CRASHPOST_DATA: data };
    const collector = await startProcess(data);
    const token = (await run(['token', 'add', 'ci', '--scope', 'admin'], env)).out.trim();
    const headers = { authorization: `Bearer ${token}` };
    const status = async () => (await fetch(`${collector.url}/api/v1/apps`, { headers })).status;
    expect(await status()).toBe(200);
    expect((await run(['token', 'list'], env)).out).toMatch(/^admin {2}20\d\d-\d\d-\d\d {2}ci\n$/);
    expect((await run(['token', 'remove', 'ci'], env)).code).toBe(0);
    expect(await status()).toBe(401);
    expect(await run(['token', 'add', 'x', '--scope', 'all'], env)).toMatchObject({ code: 2, out: '' });
    await collector.end('SIGTERM');
  });

  it.each([
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
