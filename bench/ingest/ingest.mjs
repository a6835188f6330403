// `npm run bench:ingest [rounds] [seconds] [rows]`: how many durable reports a second the collector takes, beside what
// the machine can do at most, in one run, interleaved: a machine that slows down slows down everybody. Build first;
// writes RESULTS.md. `rows`: how many stored reports to go up to, in steps of ten from 10,000. Default 100,000.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'libsql';
import { median, toResults, whole } from './results.mjs';
import { seedReports } from './seed.mjs';
import { addApp, append, appending, collector, cpuOf, http, load, memoryOf, parsed } from './subjects.mjs';

const [rounds = 3, seconds = 3, rows = 100_000] = process.argv.slice(2).map(Number);
// Beside the repository and not in the system's folder for temporary files, which is often memory.
const root = mkdtempSync(fileURLToPath(new URL('../../test-results-bench-', import.meta.url)));
let seed = 0;

/**
 * One load, and what CPU it cost per report: that figure hardly depends on who else uses the machine. Throws when what was
 * answered is not what the database of a subject with a folder has: a 200 also tells of logs that were not taken.
 */
async function post(subject, options) {
  const { folder, secret = 'none' } = subject;
  const stored = () => (folder ? counts(folder).stored : 0);
  const [before, had] = [cpuOf(subject.pid), stored()];
  const result = await load({ url: subject.url, secret, seconds, seed: ++seed, ...options });
  const kept = stored() - had;
  if (folder && kept !== result.reports) throw new Error(`${result.reports} were answered, ${kept} are kept`);
  return { ...result, cpu: ((cpuOf(subject.pid) - before) / result.reports) * 1000 };
}

const newData = (name) => {
  const folder = mkdtempSync(join(root, `${name}-`));
  return folder;
};

function counts(folder) {
  const db = new Database(join(folder, 'crashpost.db'), { readonly: true });
  const read = (sql) => db.prepare(sql).all([])[0].n;
  const left = read(
    `SELECT (SELECT count(*) FROM reports WHERE group_id IS NULL) + (SELECT coalesce(sum(logs), 0) FROM inbox) AS n`,
  );
  const stored = read(
    'SELECT (SELECT coalesce(max(seq), 0) FROM reports) + (SELECT coalesce(sum(logs), 0) FROM inbox) AS n',
  );
  db.close();
  return { left, stored };
}

/** What is kept is grouped before the next measurement begins. Resolves with how many a second. */
async function digested(folder) {
  const { left } = counts(folder);
  const start = performance.now();
  while (counts(folder).left > 0) await new Promise((resolve) => setTimeout(resolve, 100));
  return (left / (performance.now() - start)) * 1000;
}

/** Reports a second and p99, by connections and logs a post. */
async function measureThroughput() {
  const folder = newData('throughput');
  const secret = await addApp(folder);
  const ours = { ...(await collector(folder)), secret, folder };
  const subjects = {
    collector: ours,
    appending: await appending(newData('appending')),
    parsed: await parsed(newData('parsed')),
    append: await append(newData('append')),
    http: await http(),
  };
  const rest = memoryOf(ours.pid).now;
  const lines = [];
  for (const logs of [1, 10, 50]) {
    for (const connections of [1, 64, 256]) {
      const results = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
      for (let round = 0; round < rounds; round++) {
        for (const [name, subject] of Object.entries(subjects)) {
          results[name].push(await post(subject, { connections, logs }));
          if (name === 'collector') await digested(folder);
        }
      }
      const of = (name, what) => median(results[name].map((result) => result[what]));
      const shareOf = (name) => `${whole((of('collector', 'perSecond') / of(name, 'perSecond')) * 100)} %`;
      const cell = (name) =>
        `${whole(of(name, 'perSecond'))} / ${(of(name, 'p99') ?? Number.NaN).toFixed(1)} / ${whole(of(name, 'cpu'))}`;
      const cells = Object.keys(subjects).map(cell);
      lines.push([connections, logs, ...cells, ...['appending', 'parsed', 'append'].map(shareOf)]);
      console.log(lines.at(-1).join('  '));
    }
  }
  const memory = { rest, peak: memoryOf(ours.pid).peak };
  for (const subject of Object.values(subjects)) await subject.end();
  return { lines, memory };
}

/** The same load on 10,000, 100,000, … stored reports, each in a folder of its own, in turn. */
async function measureRows() {
  const subjects = [];
  for (let target = 10_000; target <= rows; target *= 10) {
    const folder = newData(`rows-${target}`);
    const secret = await addApp(folder);
    seedReports(join(folder, 'crashpost.db'), target);
    subjects.push({ folder, secret, target, starts: [], results: [] });
  }
  for (let round = 0; round < rounds; round++) {
    for (const { starts, results, ...at } of subjects) {
      starts.push(...(await startTimes(at)));
      results.push(await measureOn(at));
    }
  }
  return subjects.map(({ target, starts, results }) => {
    const of = (what) => median(results.map((result) => result[what]));
    const line = [
      whole(target),
      `${median(starts).toFixed()} ms`,
      `${whole(of('rate'))} / ${of('p99').toFixed(1)} / ${whole(of('cpu'))}`,
      whole(of('digests')),
      of('memory'),
    ];
    console.log(line.join('  '));
    return line;
  });
}

async function measureOn({ folder, secret }) {
  const ours = { ...(await collector(folder)), secret, folder };
  const result = await post(ours, { connections: 64, logs: 1, seconds: seconds * 3 });
  await digested(folder);
  await post(ours, { connections: 8, logs: 50 });
  const digests = await digested(folder);
  const { peak: memory } = memoryOf(ours.pid);
  await ours.end();
  return { rate: result.perSecond, p99: result.p99, cpu: result.cpu, digests, memory };
}

async function measureStart() {
  const folder = newData('start');
  return startTimes({ folder, secret: await addApp(folder) });
}

/** Milliseconds from the start of the process to the first log that was acknowledged. */
async function startTimes({ folder, secret }) {
  const times = [];
  for (let round = 0; round < rounds * 2; round++) {
    const start = performance.now();
    const ours = await collector(folder);
    const id = randomUUID();
    const body = JSON.stringify({ logs: [{ type: 'managedError', id, exception: { type: 'E' } }] });
    const response = await fetch(`${ours.url}/logs`, {
      method: 'POST',
      headers: { 'app-secret': secret },
      body,
    });
    if ((await response.json()).validDiagnosticsIds[0] !== id) throw new Error('not acknowledged');
    times.push(performance.now() - start);
    await ours.end();
  }
  return times;
}

const before = loadavg()[0];
try {
  const starts = await measureStart();
  console.log(`start ${starts.map(Math.round).join(' ')} ms`);
  const { lines, memory } = await measureThroughput();
  const growth = await measureRows();
  const after = loadavg()[0];
  const text = toResults({ rounds, seconds, starts, lines, memory, growth, before, after });
  writeFileSync(new URL('RESULTS.md', import.meta.url), text);
} finally {
  rmSync(root, { recursive: true, force: true });
}
