import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createAttempts } from './attempts.js';
import * as password from './password.js';
import { createSignIn } from './sign-in.js';

let passwordHash = '';
beforeAll(async () => {
  passwordHash = await password.hashPassword('right');
});

function createHere(now = () => 0) {
  const sessions = { begin: async () => 'token', userOf: async () => undefined, end: async () => {} };
  const user = async (name: string) => (name === 'ann' ? { name, passwordHash } : undefined);
  return createSignIn({ store: { user }, sessions, now });
}

describe('createSignIn', () => {
  it('begins a session for the right password only', async () => {
    const signIn = createHere();
    expect(await signIn('ann', 'right')).toEqual({ token: 'token' });
    expect(await signIn('ann', 'wrong')).toEqual({ refused: 'wrong' });
    expect(await signIn('', 'right')).toEqual({ refused: 'wrong' });
  });

  it('spends the work of a password on a name that does not exist, and takes none for it', async () => {
    const verify = vi.spyOn(password, 'verifyPassword');
    expect(await createHere()('bob', 'right')).toEqual({ refused: 'wrong' });
    expect(verify).toHaveBeenCalledWith('right', expect.stringContaining('$scrypt$ln=15,r=8,p=1$'));
    expect(verify.mock.calls[0]?.[1]?.length).toBe(passwordHash.length);
    verify.mockRestore();
  });

  it('makes a name wait after ten failures, also when they come at once, and no other name', async () => {
    let time = 5000;
    const signIn = createHere(() => time);
    const all = await Promise.all(Array.from({ length: 12 }, () => signIn('ann', 'wrong')));
    expect(all.filter((one) => 'refused' in one && one.refused === 'wait')).toHaveLength(2);
    expect(await signIn('ann', 'right')).toEqual({ refused: 'wait', wait: 60_000 });
    expect(await signIn('bob', 'x')).toEqual({ refused: 'wrong' });
    time += 60_000;
    expect(await signIn('ann', 'right')).toEqual({ token: 'token' });
  });

  it('does not check more passwords at once than the machine bears', async () => {
    const signIn = createHere();
    const names = Array.from({ length: 20 }, (_, i) => `user${i}`);
    const all = await Promise.all(names.map((name) => signIn(name, 'x')));
    expect(all.filter((one) => 'refused' in one && one.refused === 'busy')).toHaveLength(4);
    expect(await signIn('ann', 'right')).toEqual({ token: 'token' });
  });
});

describe('createAttempts', () => {
  it('forgets the failures of a name that succeeds', () => {
    const attempts = createAttempts(() => 0);
    for (let i = 0; i < 9; i++) attempts.begin('ann');
    attempts.succeeded('ann');
    attempts.begin('ann');
    expect(attempts.waitOf('ann')).toBe(0);
  });

  it('remembers a bounded number of names, the latest', () => {
    const attempts = createAttempts(() => 0);
    const fail = (name: string) => Array.from({ length: 10 }, () => attempts.begin(name));
    fail('first');
    fail('second');
    fail('third');
    attempts.succeeded('first');
    fail('first'); // Now the latest of the three.
    for (let i = 0; i < 9_998; i++) attempts.begin(`name${i}`);
    expect(attempts.waitOf('second')).toBe(0);
    expect(attempts.waitOf('third')).toBeGreaterThan(0);
    attempts.begin('third');
    attempts.begin('one more');
    expect(attempts.waitOf('first')).toBe(0);
    expect(attempts.waitOf('third')).toBeGreaterThan(0);
  });
});
