import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Session } from '../store/store.js';
import { createSessions, SESSION_MS } from './sessions.js';

function createStub() {
  const kept = new Map<string, Session>();
  return {
    kept,
    putSession: async (session: Session) => void kept.set(session.tokenHash, session),
    session: async (tokenHash: string, now: number) => {
      const session = kept.get(tokenHash);
      return session && session.expiresAt > now ? session : undefined;
    },
    removeSession: async (tokenHash: string) => void kept.delete(tokenHash),
  };
}

describe('createSessions', () => {
  it('knows a token until it ends or expires', async () => {
    let time = 1000;
    const store = createStub();
    const sessions = createSessions({ store, now: () => time });
    const [ann, bob] = [await sessions.begin('ann'), await sessions.begin('bob')];
    expect(await sessions.userOf(ann)).toBe('ann');
    expect(await sessions.userOf(bob)).toBe('bob');
    await sessions.end(ann);
    expect(await sessions.userOf(ann)).toBeUndefined();
    time += SESSION_MS - 1;
    expect(await sessions.userOf(bob)).toBe('bob');
    time += 1;
    expect(await sessions.userOf(bob)).toBeUndefined();
  });

  it('keeps only the SHA-256 of a token of 32 random bytes', async () => {
    const store = createStub();
    const token = await createSessions({ store, now: () => 0 }).begin('ann');
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const tokenHash = createHash('sha256').update(token).digest('hex');
    expect([...store.kept.values()]).toEqual([{ tokenHash, userName: 'ann', expiresAt: SESSION_MS }]);
  });

  it.each([undefined, '', 'x', 'x'.repeat(44), `${'x'.repeat(42)}'`])(
    'signs nobody in with %j',
    async (token) => {
      const sessions = createSessions({ store: createStub(), now: () => 0 });
      expect(await sessions.userOf(token)).toBeUndefined();
      await sessions.end(token);
    },
  );
});
