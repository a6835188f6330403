// Two origins: the page's, and one that takes whatever is posted, as every subject's server would, and counts it.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { allowOrigin, messagesIn, textOf } from './forms.mjs';

const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');
const PAGE = `<!doctype html><title>bench</title><script>${read('page.js')}</script>`;

async function listen(handle) {
  const server = createServer(handle).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** Cross-origin isolation makes `performance.now` count in 5 µs instead of 100. */
const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

function servePage(subjects) {
  return listen(({ url }, response) => {
    const [, code] = /^\/code\/(\d+)$/.exec(url) ?? [];
    const script = code
      ? subjects[code].code
      : /^\/crashpost\.\w+\.min\.js$/.test(url) && read(`../dist${url}`);
    response.writeHead(200, { ...ISOLATED, 'Content-Type': script ? 'text/javascript' : 'text/html' });
    response.end(script || PAGE);
  });
}

function count(tally, url, text) {
  const messages = messagesIn(url, text);
  tally.requests++;
  tally.reports += messages.length;
  if (messages.length > 0) tally.bytes += text.length;
  for (const message of messages) tally.different.add(/bench-[-\w]+/.exec(message)?.[0]);
  for (const [, repeats] of text.matchAll(/"crashpost\.repeats":"(\d+)"/g)) tally.repeats += Number(repeats);
}

function serveCollector(state) {
  return listen(async (request, response) => {
    allowOrigin(request, response);
    if (request.method === 'OPTIONS') return response.writeHead(204).end();
    const text = await textOf(request);
    count(state.tally, request.url, text);
    // Ours forgets a log when a collector has named it; the others want any 2xx.
    const isOurs = request.url.startsWith('/logs');
    const validDiagnosticsIds = isOurs ? JSON.parse(text).logs.flatMap(({ id }) => id ?? []) : [];
    response.setHeader('Content-Type', 'application/json');
    response.writeHead(isOurs ? 200 : 202).end(JSON.stringify({ status: 'Success', validDiagnosticsIds }));
  });
}

const empty = () => ({ requests: 0, bytes: 0, different: new Set(), reports: 0, repeats: 0 });

/** Resolves when both listen. `take` gives what was posted since it was called last. */
export async function serve(subjects) {
  const state = { tally: empty() };
  const page = await servePage(subjects);
  const collector = await serveCollector(state);
  return {
    page: page.url,
    collector: collector.url,
    look: () => state.tally,
    take: () => {
      const { tally } = state;
      state.tally = empty();
      return tally;
    },
    close: () => {
      page.close();
      collector.close();
    },
  };
}
