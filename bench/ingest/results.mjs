// RESULTS.md of `npm run bench:ingest`: its tables, and what they mean.
import { cpus } from 'node:os';
import { percentile } from '../table.mjs';

export const median = (numbers) => percentile(numbers, 0.5);
export const whole = (number) => Math.round(number).toLocaleString('en');
const table = (head, lines) =>
  [head, head.map((_, i) => (i ? '---:' : '---')), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

const THROUGHPUT = [
  'connections',
  'logs a post',
  'collector',
  'the same, append + fdatasync for SQLite',
  'parsed, then append + fdatasync',
  'append + fdatasync',
  'node:http, nothing kept',
  'of the same',
  'of parsed',
  'of append',
];

/** The whole file, of what `ingest.mjs` measured; `before` and `after`: the load of the machine. */
export function toResults({ rounds, seconds, starts, lines, memory, growth, before, after }) {
  return `# What the collector takes

${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus().length} × ${cpus()[0].model}, load ${before.toFixed(1)} before and ${after.toFixed(1)} after: figures are this machine's, and only the columns of one run compare. Client and server share the cores.

Reports a second / p99 of a post in milliseconds / CPU of a report in microseconds, all threads; median of ${rounds} rounds of ${seconds} s. A report has 3.4 kB.

${table(THROUGHPUT, lines)}

"append + fdatasync": the same node:http, the body appended to one file, one fdatasync for all who wait, then the answer. "parsed" does the same after a JSON.parse of the body, and answers with the ids of its logs: whoever answers for each log must do that much. "The same" is this collector, HTTP, reading, checking and answering, but that a post is appended so, and no more: what is between the two is what SQLite, and the thread that writes, cost. What limits the collector is the one thread that speaks HTTP. Parsing is the largest part of what a log costs there; it also checks every field, looks for what App Center took although it is no JSON, and hands the texts to the thread that commits. Afterwards what was kept is deflated, indexed and grouped, but not in the first five seconds of a flood.

Start to the first log that was acknowledged: ${median(starts).toFixed()} ms (${starts.map(Math.round).join(', ')}). Memory: ${memory.rest} MB at rest, ${memory.peak} MB at most under the load above.

${table(['reports stored', 'start to the first log', '64 connections, 1 log: a second / p99 ms / CPU µs', 'grouped a second', 'memory at most, MB'], growth)}

Stored reports are put there by SQL, with random ids, 2,000 groups and bodies of 1 kB; three times as long as above, so that grouping takes its share.
`;
}
