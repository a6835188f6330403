import { defineConfig } from '@playwright/test';

// Of this run, in every process of it: see e2e/faults/row.ts.
process.env.FAULTS_RUN ??= `${Date.now()}`;

// Debian's own browsers, launched by e2e/browser.ts: Playwright's downloads are not needed.
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  // On two cores: these tests mostly wait, for what has to come and for what must not. The other forms of the fault
  // matrix measure, and keep more of the machine to themselves.
  workers: process.env.FAULTS ? 2 : 3,
  fullyParallel: true,
  // Playwright empties this folder when it starts; what other runners wrote lies beside it.
  outputDir: 'test-results/browser',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  // Three real browsers on two cores. Whoever needs the second try is named at the end: see scripts/test.mjs.
  retries: 1,
  projects: [
    { name: 'browser', testIgnore: '**/faults/told.spec.ts' },
    // When the fault matrix has run: what of it did not is missed.
    { name: 'faults', testMatch: '**/faults/told.spec.ts', dependencies: ['browser'] },
  ],
  reporter: [['list'], ['json', { outputFile: 'test-results/browser.json' }]],
});
