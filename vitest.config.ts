import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'collector/src/**/*.test.ts', 'scripts/**/*.test.ts'],
    testTimeout: 30_000,
    // Vitest leaves one core to itself, which does little: on a machine with two, half of what there is.
    maxWorkers: '100%',
  },
});
