// `npm test`: everything, in the order in which a failure is cheapest to learn of. The last line counts the tests.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';

const UNIT = 'test-results/unit.json';
const BROWSER = 'test-results/browser.json';
const BROWSER_TESTS = 'browser tests';

const STEPS = [
  ['lint and format', 'npx', 'biome', 'check', '--error-on-warnings', '.'],
  ['build', 'npm', 'run', 'build', '--silent'],
  ['types', 'npm', 'run', 'types', '--silent'],
  ['size', 'npx', 'size-limit'],
  [
    'unit and contract tests',
    'npx',
    'vitest',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${UNIT}`,
  ],
  [BROWSER_TESTS, 'npx', 'playwright', 'test'],
];

/** What a runner wrote of its tests. One that wrote nothing ran none, which is a failure. */
function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    failed.push(`count of ${path} (${error.code ?? error.message})`);
    return {};
  }
}

rmSync('test-results', { recursive: true, force: true });
mkdirSync('test-results');
const failed = [];
// On a fresh machine it downloads, while the other steps compute.
const browsers = once(spawn('node', ['scripts/browsers.mjs'], { stdio: 'inherit' }), 'exit');

for (const [name, command, ...args] of STEPS) {
  console.log(`\n── ${name}`);
  if (name === BROWSER_TESTS && (await browsers)[0] !== 0) {
    failed.push('browsers');
    break;
  }
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status === 0) continue;
  failed.push(name);
  // What comes after a broken build would only tell the same again.
  if (name === 'build') break;
}
// Not left behind where the build is broken: who tries again at once would meet it.
await browsers;

const unit = read(UNIT);
const { stats = {}, suites = [] } = read(BROWSER);

/** Titles of the tests that failed, and passed when they were tried again. */
const flakyIn = ({ suites: inner = [], specs = [] }) => [
  ...specs.filter(({ tests }) => tests.some(({ status }) => status === 'flaky')).map(({ title }) => title),
  ...inner.flatMap(flakyIn),
];
for (const title of suites.flatMap(flakyIn)) console.log(`\nPassed at the second try only: ${title}`);
const passed = (unit.numPassedTests ?? 0) + (stats.expected ?? 0) + (stats.flaky ?? 0);
const skipped = (unit.numPendingTests ?? 0) + (stats.skipped ?? 0);
// A file that could not even be loaded has no failed test, but it has not passed.
const unloaded = (unit.testResults ?? []).filter(
  ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
);
const broken = (unit.numFailedTests ?? 0) + unloaded.length + (stats.unexpected ?? 0);
if (failed.length > 0) console.log(`\nFailed: ${failed.join(', ')}`);
console.log(`\n${passed} passed, ${broken} failed, ${skipped} skipped`);
process.exit(failed.length > 0 || broken > 0 ? 1 : 0);
