import { describe, expect, it, vi } from 'vitest';
import type { SecretsCounted } from '../store/upkeep.js';
import { createSecretsKept } from './secrets-kept.js';
import { createSecretsSeen } from './secrets-seen.js';

const SECRET = 'f00dbabe-0000-4000-8000-000000000000';

function createFixture(kept?: SecretsCounted) {
  const store = {
    kept,
    secretsCounted: async () => store.kept,
    keepSecretsCounted: vi.fn(async (counted: SecretsCounted) => {
      store.kept = counted;
    }),
  };
  const open = (everyMs: number, log: (message: string) => void = expect.unreachable) => {
    const secrets = createSecretsSeen(() => 100);
    return { secrets, ...createSecretsKept({ store, secrets, log, everyMs }) };
  };
  return { store, open };
}

describe('what was counted of secrets', () => {
  it('is kept at the end, and gone on from', async () => {
    const { store, open } = createFixture();
    for (let posts = 1; posts <= 2; posts++) {
      const one = open(60_000);
      one.note(SECRET);
      await one.close();
      expect(one.secrets.unknown()).toEqual([{ start: 'f00dbabe', posts, lastAt: 100 }]);
    }
    expect(store.keepSecretsCounted).toHaveBeenCalledTimes(2);
  });

  it('is not written where nothing came', async () => {
    const { store, open } = createFixture();
    await open(1).close();
    expect(store.keepSecretsCounted).not.toHaveBeenCalled();
  });

  it('is written once for very many posts', async () => {
    vi.useFakeTimers();
    try {
      const { store, open } = createFixture();
      const one = open(60_000);
      for (let n = 0; n < 100_000; n++) one.note(`${n}`.repeat(9));
      await vi.advanceTimersByTimeAsync(59_999);
      expect(store.keepSecretsCounted).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(1);
      expect(store.keepSecretsCounted).toHaveBeenCalledTimes(1);
      expect(JSON.stringify(store.kept).length).toBeLessThan(2_000);
      one.note(SECRET);
      await vi.advanceTimersByTimeAsync(60_000);
      await one.close();
      expect(store.keepSecretsCounted).toHaveBeenCalledTimes(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it('that cannot be read or stored is said, and nothing throws', async () => {
    const { store, open } = createFixture();
    store.secretsCounted = () => Promise.reject(new Error('damaged'));
    store.keepSecretsCounted.mockRejectedValue(new Error('full'));
    const log = vi.fn();
    const one = open(60_000, log);
    one.note(SECRET);
    await one.close();
    expect(log.mock.calls.map(([message]) => message)).toEqual([
      expect.stringContaining('could not be read'),
      expect.stringContaining('could not be stored'),
    ]);
    expect(one.secrets.unknown()).toMatchObject([{ start: 'f00dbabe' }]);
  });
});
