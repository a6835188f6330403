import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createAttempts } from './attempts.js';
import * as password from './password.js';
import { createSignIn } from './sign-in.js';

let passwordHash = '';
beforeAll(async () => {
  passwordHash = await password.hashPassword('right');
});

function createHere(ticks = () => 0) {
  const sessions = { begin: async () => 'token', userOf: async () => undefined, end: async () => {} };
  const user = async (name: string) => (name === 'ann' ? { name, passwordHash } : undefined);
  const signIn = createSignIn({ store: { user }, sessions, ticks });
  return (name: string, word: string, address = '192.0.2.1') => signIn(name, word, address);
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

  it('lets a stranger who keeps asking hold up nobody but himself', async () => {
    const signIn = createHere();
    const order: string[] = [];
    const ask = async (name: string, word: string, address?: string) => {
      const result = await signIn(name, word, address);
      order.push('token' in result ? 'mine' : result.refused);
    };
    const names = Array.from({ length: 12 }, (_, i) => `user${i}`);
    const theirs = names.map((name) => ask(name, 'x', '198.51.100.7'));
    await Promise.all([...theirs, ask('ann', 'right')]);
    expect(order.filter((one) => one === 'busy')).toHaveLength(2);
    expect(order.filter((one) => one === 'wrong')).toHaveLength(10);
    // Two of theirs were under way, one was next; two threads may end in any order.
    expect(order.filter((one) => one !== 'busy').indexOf('mine')).toBeLessThan(5);
  });
});

describe('createAttempts', () => {
  const [mine, theirs] = ['192.0.2.1', '198.51.100.7'];

  it('forgets the failures of a name that succeeds', () => {
    const attempts = createAttempts(() => 0);
    for (let i = 0; i < 9; i++) attempts.begin('ann', mine);
    attempts.succeeded('ann', mine);
    attempts.begin('ann', mine);
    expect(attempts.waitOf('ann', mine)).toBe(0);
  });

  it('makes a name wait where it failed, and nowhere else', () => {
    const attempts = createAttempts(() => 0);
    for (let i = 0; i < 25; i++) attempts.begin('ann', theirs);
    expect(attempts.waitOf('ann', theirs)).toBe(60_000);
    expect(attempts.waitOf('ann', mine)).toBe(0);
    expect(attempts.waitOf('bob', theirs)).toBe(0);
  });

  it('makes a name wait everywhere after a hundred failures from anywhere, but where it signed in before', () => {
    const attempts = createAttempts(() => 0);
    attempts.begin('ann', mine);
    attempts.succeeded('ann', mine);
    for (let i = 0; i < 100; i++) attempts.begin('ann', `198.51.100.${i}`);
    expect(attempts.waitOf('ann', '203.0.113.1')).toBe(60_000);
    expect(attempts.waitOf('ann', mine)).toBe(0);
    for (let i = 0; i < 10; i++) attempts.begin('ann', mine);
    expect(attempts.waitOf('ann', mine)).toBe(60_000);
  });

  it('makes an address wait that failed with thirty names, but nobody who signed in from it', () => {
    const attempts = createAttempts(() => 0);
    attempts.begin('ann', mine);
    attempts.succeeded('ann', mine);
    for (let i = 0; i < 30; i++) attempts.begin(`name${i}`, mine);
    expect(attempts.waitOf('bob', mine)).toBe(60_000);
    expect(attempts.waitOf('bob', theirs)).toBe(0);
    expect(attempts.waitOf('ann', mine)).toBe(0);
  });

  it('remembers a bounded number of names, the latest', () => {
    const attempts = createAttempts(() => 0);
    const fail = (name: string) => Array.from({ length: 10 }, () => attempts.begin(name, name));
    fail('first');
    fail('second');
    fail('third');
    attempts.succeeded('first', 'first');
    fail('first'); // Now the latest of the three.
    for (let i = 0; i < 9_998; i++) attempts.begin(`name${i}`, `address${i}`);
    expect(attempts.waitOf('second', 'second')).toBe(0);
    expect(attempts.waitOf('third', 'third')).toBeGreaterThan(0);
    attempts.begin('third', 'third');
    attempts.begin('one more', mine);
    expect(attempts.waitOf('first', 'first')).toBe(0);
    expect(attempts.waitOf('third', 'third')).toBeGreaterThan(0);
  });
});
