// `npm run test:faults`: every cell of the fault matrix, with two trials; some of it runs in `npm test`. `-- --long`: with 20 trials a
// cell, 50 kills of the collector, and docs/faults.md. `-- --long 6a 6b`: these rows only; `-- --peers`: the peers of
// bench/ (npm ci --prefix bench); `--missing` with either: what has no figures yet; `-- --table` makes docs/faults.md of what the two have measured so far.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';

const words = process.argv.slice(2);
const rows = words.filter((word) => !word.startsWith('--'));
const isPeers = words.includes('--peers');
const isLong = words.includes('--long') || words.includes('--table');
const form = isPeers ? 'peers' : isLong ? 'long' : 'whole';
const env = { ...process.env, FAULTS: form, ...(words.includes('--missing') && { FAULTS_MISSING: '1' }) };

function run(command, args, more = {}) {
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...env, ...more } });
  if (status !== 0) process.exitCode = 1;
}

/** Row 13 is the collector's own test, with more rounds. */
function killCollector() {
  const more = { CRASHPOST_KILL_ROUNDS: '50' };
  const options = { env: { ...env, ...more }, encoding: 'utf8' };
  const { stdout } = spawnSync('npx', ['vitest', 'run', 'collector/src/kill.test.ts'], options);
  const text = /killed 50 times: .*/.exec(stdout)?.[0];
  if (!text) throw new Error(`row 13 failed:\n${stdout}`);
  const title = 'SIGKILL at random moments under load';
  mkdirSync('test-results/faults/long', { recursive: true });
  const result = JSON.stringify({ row: '13', engine: 'collector', title, text });
  writeFileSync('test-results/faults/long/13-collector.json', result);
}

/** Of Playwright, by the titles of the tests: "6a webkit: …". */
const filter = rows.length > 0 ? ['-g', `(^|\\s)(${rows.join('|')}) [\\w-]+:`] : [];
const FILES = { whole: ['matrix', 'disk-full'], long: ['matrix', 'disk-full'], peers: ['peers'] };

if (isPeers && !existsSync('bench/node_modules')) {
  console.error('The peers are not installed: npm ci --prefix bench');
  process.exit(1);
}
if (!words.includes('--table')) {
  run('npm', ['run', 'build', '--silent']);
  run('node', ['scripts/browsers.mjs']);
  const files = FILES[form].map((name) => `e2e/faults/${name}.spec.ts`);
  // No second tries: they would take the place of the figures of the first.
  const how = ['--project=browser', '--pass-with-no-tests', '--retries=0'];
  run('npx', ['playwright', 'test', ...how, ...files, ...filter]);
  if (form === 'long' && (rows.length === 0 || rows.includes('13'))) killCollector();
}
// Fails where a cell is missing, and writes the table where none is.
if (isLong && rows.length === 0)
  run('npx', ['playwright', 'test', '--project=faults', '--no-deps'], {
    FAULTS_DATE: process.env.FAULTS_DATE ?? new Date().toISOString().slice(0, 10),
  });
