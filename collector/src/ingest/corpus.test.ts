import { describe, expect, it } from 'vitest';
import { BODIES, HAS_CORPUS } from '../corpus.fixture.js';
import { DEFAULT_LIMITS } from './limits.js';

describe.skipIf(!HAS_CORPUS)('real bodies (../shared/corpus)', () => {
  it('are far from the most values that are taken, also fifty of them in one post', () => {
    const counts = BODIES.map(([, text]) => text.match(/[{[,]/g)?.length ?? 0);
    expect(Math.max(...counts)).toBeGreaterThan(3000);
    expect(Math.max(...counts) * 50).toBeLessThan(DEFAULT_LIMITS.values);
  });
});
