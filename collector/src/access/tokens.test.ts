import { describe, expect, it } from 'vitest';
import type { Token } from '../store/store.js';
import { createTokens } from './tokens.js';

function createHere() {
  const kept = new Map<string, Token>();
  const store = {
    tokens: async () => [...kept.values()],
    token: async (hash: string) => [...kept.values()].find(({ tokenHash }) => tokenHash === hash),
    addToken: async (token: Token) => void kept.set(token.name, token),
    removeToken: async (name: string) => kept.delete(name),
  };
  return { kept, tokens: createTokens({ store, now: () => 7 }) };
}

describe('tokens', () => {
  it('open what their scope says, until they are removed', async () => {
    const { tokens, kept } = createHere();
    const [read, admin] = [await tokens.add('grafana', 'read'), await tokens.add('ci', 'admin')];
    expect(read).toMatch(/^cpt_[\w-]{43}$/);
    expect(await tokens.scopeOf(`Bearer ${read}`)).toBe('read');
    expect(await tokens.scopeOf(`bearer  ${admin}`)).toBe('admin');
    expect(JSON.stringify([...kept])).not.toContain(read);
    await tokens.remove('grafana');
    expect(await tokens.scopeOf(`Bearer ${read}`)).toBeUndefined();
    await expect(tokens.remove('grafana')).rejects.toMatchObject({ code: 'unknown' });
  });

  it.each([
    undefined,
    null,
    '',
    'Bearer',
    'Bearer x',
    `Bearer cpt_${'A'.repeat(43)}`,
    `Basic cpt_${'A'.repeat(43)}`,
  ])('are not %j', async (text) => {
    const { tokens } = createHere();
    await tokens.add('ci', 'admin');
    expect(await tokens.scopeOf(text)).toBeUndefined();
  });

  it('have a scope that exists', async () => {
    await expect(createHere().tokens.add('x', 'write')).rejects.toMatchObject({ code: 'invalid' });
  });
});
