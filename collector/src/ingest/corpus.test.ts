import { describe, expect, it } from 'vitest';
import { BODIES, HAS_CORPUS } from '../corpus.fixture.js';
import { createFixture, post } from './ingest.fixture.js';
import { APP_CENTER_LIMITS, DEFAULT_LIMITS } from './limits.js';

describe.skipIf(!HAS_CORPUS)('real bodies (../shared/corpus)', () => {
  it('are far from the most values that are taken, also fifty of them in one post', () => {
    const counts = BODIES.map(([, text]) => text.match(/[{[,]/g)?.length ?? 0);
    expect(Math.max(...counts)).toBeGreaterThan(3000);
    expect(Math.max(...counts) * 50).toBeLessThan(DEFAULT_LIMITS.values);
  });

  // The reports are of years ago.
  it('are all taken under the limits of App Center, but for their dates', async () => {
    for (const [name, text] of BODIES) {
      const told: string[] = [];
      const { ingest, kept } = createFixture({
        limits: { ...APP_CENTER_LIMITS, pastMs: DEFAULT_LIMITS.pastMs },
        onRefused: (_, refused) =>
          void told.push(...refused.map(({ reason, fault }) => `${reason} ${fault}`)),
      });
      const { status, answer } = await post(ingest, text);
      expect([name, status, told, answer.throttledDiagnosticsIds]).toEqual([name, 200, [], []]);
      const types = [
        ...text.matchAll(/"type": ?"(?:managedError|handledError|appleError|errorAttachment)"/g),
      ];
      expect([name, answer.validDiagnosticsIds.length]).toEqual([name, types.length]);
      if (types.length > 0) expect(kept[0]?.logs.length, name).toBe(types.length);
    }
  });
});
