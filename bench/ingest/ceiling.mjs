// What the collector is measured beside: the same HTTP, and nothing kept; or the body appended to a file that is on the
// disk (fdatasync) before the answer, unread or parsed. One fdatasync for all who wait, as the collector commits.
// `node ceiling.mjs none|append|parsed FILE` prints its address.
import { openSync } from 'node:fs';
import { createServer } from 'node:http';
import { createAppend } from './append.mjs';

const [mode, file] = process.argv.slice(2);
const append = mode === 'none' ? (_, done) => done() : createAppend(openSync(file, 'a'));

/** What whoever answers for each log must know of a body at the very least: that it is JSON, and the ids in it. */
const idsIn = (body) => (mode === 'parsed' ? JSON.parse(body.toString()).logs.map(({ id }) => id) : []);

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    const verdicts = { validDiagnosticsIds: idsIn(body), throttledDiagnosticsIds: [] };
    const answer = JSON.stringify({ status: 'Success', ...verdicts });
    append(body, () => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
      response.end(answer);
    });
  });
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
