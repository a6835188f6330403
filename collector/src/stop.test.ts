// The good end, tried on a real process: SIGTERM under load loses nothing, and nothing it said on the way is secret.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isBuilt, run, startProcess } from './collector.fixture.js';
import { openConnection } from './store/sqlite/connection.js';
import { newFolder, REPORTS_ON_DISK } from './store/sqlite/stores.fixture.js';
import type { Answer } from './wire.js';

const CLIENTS = 16;

interface Told {
  readonly acknowledged: Set<string>;
  /** Answers that were no 200. */
  readonly others: Set<number>;
}

/** Posts until nobody listens any more. */
async function postUntilStopped(url: string, secret: string, { acknowledged, others }: Told): Promise<void> {
  for (;;) {
    const exception = { type: 'Error', message: 'x'.repeat(3000) };
    const logs = Array.from({ length: 5 }, () => ({ type: 'managedError', id: randomUUID(), exception }));
    try {
      const headers = { 'app-secret': secret };
      const response = await fetch(`${url}/logs`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ logs }),
      });
      const answer = (await response.json()) as Answer;
      if (response.status !== 200) others.add(response.status);
      for (const id of answer.validDiagnosticsIds) acknowledged.add(id);
    } catch {
      return; // stopped
    }
  }
}

describe.skipIf(!isBuilt)('SIGTERM under load (needs build/: run "tsc -b" first)', () => {
  it('answers what was read, keeps what was acknowledged, and ends with 0', async () => {
    const data = newFolder();
    const secret = (await run(['app', 'add', 'stop', '--data', data])).out.trim();
    const told: Told = { acknowledged: new Set(), others: new Set() };
    for (let round = 0; round < 3; round++) {
      const collector = await startProcess(data);
      const before = told.acknowledged.size;
      const clients = Array.from({ length: CLIENTS }, () => postUntilStopped(collector.url, secret, told));
      while (told.acknowledged.size < before + 200) await new Promise((resolve) => setTimeout(resolve, 5));
      expect(await collector.end('SIGTERM')).toBe(0);
      await Promise.all(clients);
    }
    // Not even a 503: what came before the end is answered as ever, what comes after is not let in.
    expect([...told.others]).toEqual([]);
    const db = openConnection(join(data, 'crashpost.db'));
    const kept = new Set(
      db
        .prepare<{ id: string }>(REPORTS_ON_DISK)
        .all()
        .map(({ id }) => id),
    );
    db.close();
    expect([...told.acknowledged].filter((id) => !kept.has(id))).toEqual([]);
  }, 120_000);

  it('logs lines of JSON with no secret in them', async () => {
    const data = newFolder();
    const secret = (await run(['app', 'add', 'quiet', '--data', data])).out.trim();
    const token = (await run(['token', 'add', 'ci', '--scope', 'admin', '--data', data])).out.trim();
    const password = 'correct horse battery';
    const collector = await startProcess(data, { CRASHPOST_ADMIN_PASSWORD: password });
    const { url } = collector;
    const signIn = (word: string) =>
      fetch(`${url}/sign-in`, {
        method: 'POST',
        headers: { origin: url, 'x-forwarded-for': '192.0.2.1' },
        body: new URLSearchParams({ name: 'admin', password: word }),
        redirect: 'manual',
      });
    await signIn('wrong password');
    const cookie = (await signIn(password)).headers.get('set-cookie')?.split(';')[0] ?? '';
    await fetch(`${url}/apps?app-secret=${secret}`, { headers: { cookie } });
    await fetch(`${url}/logs?app-secret=${secret}`, { method: 'POST', body: '{' });
    const headers = { authorization: `Bearer ${token}` };
    const rotated = await fetch(`${url}/api/v1/apps/1/rotation`, { method: 'POST', headers });
    expect([cookie !== '', rotated.status]).toEqual([true, 201]);
    await collector.end('SIGTERM');
    const lines = collector.err().trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).message)).toEqual([
      expect.stringMatching(/ listens at http:\/\/127\.0\.0\.1:\d+, data in /),
      'sign-in refused (wrong) to "admin" from 192.0.2.1',
      'sign-in of "admin" from 192.0.2.1',
      'a token gave a new secret to the app quiet',
      'SIGTERM: answering what was read, then stopping',
      'stopped',
    ]);
    const secrets = [secret, token, password, 'wrong password', cookie.split('=')[1] ?? '', '$scrypt$'];
    for (const one of secrets) expect(collector.err()).not.toContain(one);
  });
});
