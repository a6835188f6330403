// Apps, users and tokens, managed while a collector runs.
import { describe, expect, it, vi } from 'vitest';
import { isBuilt, run, startProcess } from '../collector.fixture.js';
import { newFolder } from '../store/sqlite/stores.fixture.js';

const UUID_LINE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\n$/;
const SECRET = '0F3C8D1E-5B7A-4C2D-9E6F-1A2B3C4D5E6F';

describe.skipIf(!isBuilt)('the commands (need build/: run "tsc -b" first)', () => {
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
});
