// `npm run bench [rounds] [bursts]`: what the reporter costs a page, beside the peers that are installed in this folder,
// in one run, interleaved: a machine that slows down slows down everybody. Build first; writes RESULTS.md.
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { chromium } from '@playwright/test';
import { bundleAll } from './bundle.mjs';
import { measureBurst, measureHostile, measureInit, measureSingles } from './measure.mjs';
import { serve } from './server.mjs';
import { toTable } from './table.mjs';

const [rounds = 5, bursts = 2] = process.argv.slice(2).map(Number);

const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });

const add = (result, samples) => {
  for (const [measure, more] of Object.entries(samples))
    result[measure] = [...(result[measure] ?? []), ...more];
};

async function runAll({ browser, server, subjects, results }) {
  const all = subjects.map((subject, index) => ({ ...subject, index }));
  for (let round = 0; round < rounds; round++) {
    for (const subject of all) {
      for (let again = 0; again < 3; again++)
        add(results[subject.name], await measureInit(browser, server, subject));
      add(results[subject.name], await measureSingles(browser, server, subject));
    }
    console.log(`round ${round + 1} of ${rounds}`);
  }
  for (let burst = 0; burst < bursts; burst++) {
    for (const subject of all) add(results[subject.name], await measureHostile(browser, server, subject));
    for (const isSame of [false, true])
      for (const subject of all)
        add(results[subject.name], await measureBurst(browser, server, { subject, isSame }));
    console.log(`burst ${burst + 1} of ${bursts}`);
  }
}

const { subjects, missing } = await bundleAll();
const names = subjects.map(({ name }) => name);
const results = Object.fromEntries(
  subjects.map(({ name, gzip, later }) => [
    name,
    { 'bytes before the first error (gzip -9)': gzip ? [gzip] : [], 'bytes when idle': later ? [later] : [] },
  ]),
);
const before = loadavg()[0];
const server = await serve(subjects);
const browser = await launch();
const version = browser.version();
try {
  await runAll({ browser, server, subjects, results });
} finally {
  await browser.close();
  server.close();
}
const text = `# What the reporter costs

${new Date().toISOString().slice(0, 10)}, Chromium ${version}, Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model}, load ${before.toFixed(1)} before and ${loadavg()[0].toFixed(1)} after: milliseconds are this machine's, and only the columns of one run compare.${
  missing ? `\n\n**${missing} peers are not installed** (\`npm ci --prefix bench\`): not measured.` : ''
}

${toTable(names, results)}

"nothing" is the page with no reporter: what the browser itself needs for the same errors. "In its task" is the wall time of \`reportError(error)\`, the error made before; "all CPU" is the main thread's, with a second to follow, a share of "nothing" included. Everybody has their defaults, but that Bugsnag's ten reports a page are a hundred for single errors. A burst's errors come one a timer; "accounted for" counts the repeats that a report says it stands for. A page that takes ten seconds over one error is given up on.
`;
writeFileSync(new URL('RESULTS.md', import.meta.url), text);
console.log(`\n${text}`);
