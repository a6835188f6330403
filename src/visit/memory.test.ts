import { expect, it } from 'vitest';
import type { Realm } from '../platform/platform.js';
import { createMemory } from './memory.js';

it('tells the first and the last few that differ', () => {
  const memory = { usedJSHeapSize: 0, jsHeapSizeLimit: 4_294_967_296 };
  const look = createMemory({ performance: { memory } } as unknown as Realm);
  for (const mib of [10, 10, 20, 30, 40, 50, 60, 70, 80, 80]) {
    memory.usedJSHeapSize = mib * 1_048_576;
    look();
  }
  expect(look()).toEqual({ text: '10, 30, 40, 50, 60, 70, 80 of 4096 MiB', full: 80 / 4096 });
  expect(createMemory({ performance: {} } as unknown as Realm)()).toBeUndefined();
});
