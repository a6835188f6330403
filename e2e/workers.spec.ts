// What workers throw, with a reporter in them and without, in three engines: it arrives once, and says truly what and
// where. With one, the report is the worker's own and has the stack; without one it is the page's, of what it hears.
import { setTimeout as pause } from 'node:timers/promises';
import { type ArrivedLog, createReader } from './catalogue/arrived.js';
import { ENGINE_NAMES, type EngineName } from './engines/engine.js';
import { openEngine } from './engines/open.js';
import { expect, test } from './fixtures.js';
import { countIn, EXPECTED, type Expected } from './workers/expected.js';
import { read, serveWorkers } from './workers/server.js';

const lineOf = ({ source, at }: Expected): number =>
  read(source)
    .split('\n')
    .findIndex((line) => line.includes(`// @${at}`)) + 1;

/** What of the report differs from what it has to be. */
function differences(log: ArrivedLog & { processName?: string }, expected: Expected, url: string): string[] {
  const { type, stackTrace, frames = [] } = log.exception;
  const [top] = frames;
  const { own = !!stackTrace } = expected;
  const found = [
    type === expected.type || `type ${type}`,
    log.type === 'managedError' || log.type,
    top?.fileName === url + expected.file || `file ${top?.fileName}`,
    top?.lineNumber === lineOf(expected) || `line ${top?.lineNumber}`,
    // A text that is thrown has no stack.
    !!stackTrace === (own && type !== 'String') || `stack ${stackTrace}`,
    own === (log.processName !== url) || `process ${log.processName}`,
  ];
  return found.flatMap((one) => (one === true ? [] : [`${expected.message}: ${one}`]));
}

/** What has not arrived as often as it has to. `throw null` has no value to claim: the page reports it. */
const missing = (logs: readonly ArrivedLog[], name: EngineName): string[] =>
  [
    ...EXPECTED.map((one) => ({ message: one.message, count: countIn(one, name) })),
    { message: 'null', count: 1 },
  ]
    .map(({ message, count }) => {
      const { length } = logs.filter(({ exception }) => exception.message === message);
      return length < count ? `${message}: ${length} of ${count}` : '';
    })
    .filter(Boolean);

for (const name of ENGINE_NAMES) {
  test(`workers in ${name}: what they throw arrives once, with the stack where they have a reporter`, async ({
    collector,
  }) => {
    test.setTimeout(120_000);
    await collector.start();
    const server = await serveWorkers({ appSecret: collector.secret, logUrl: collector.url });
    const readLogs = createReader(collector);
    const engine = await openEngine(name);
    try {
      await engine.open(`${server.url}/`);
      await server.done;
      // What IndexedDB does not answer for is sent when it is given up.
      await expect.poll(async () => missing(await readLogs(), name), { timeout: 30_000 }).toEqual([]);
      // Not before the browser is closed: what comes late, or twice, is to be seen.
      await pause(2_000);
    } finally {
      await engine.close();
      await server.close();
    }
    const logs = await readLogs();
    const of = (message: string) => logs.filter(({ exception }) => exception.message === message);
    const counts = EXPECTED.map(({ message }) => `${message}: ${of(message).length}`);
    expect
      .soft(counts)
      .toEqual(EXPECTED.map((expected) => `${expected.message}: ${countIn(expected, name)}`));
    const wrong = EXPECTED.flatMap((expected) =>
      of(expected.message).flatMap((log) => differences(log, expected, server.url)),
    );
    expect.soft([...new Set(wrong)]).toEqual([]);
    const known = EXPECTED.map(({ message }) => message);
    const others = logs.map(({ exception }) => exception.message).filter((text) => !known.includes(text));
    // `throw null` has no value to claim: the page reports it.
    expect.soft(others).toEqual(['null']);
  });
}

test('a service worker is installed and activated where IndexedDB never answers', async () => {
  const server = await serveWorkers({ appSecret: '', logUrl: '' });
  const engine = await openEngine('chromium');
  try {
    const page = await engine.open(`${server.url}/service/frame`);
    await page.evaluate(`navigator.serviceWorker.register('/hanging/sw.js').then((registration) => {
      globalThis.worker = registration.installing ?? registration.waiting ?? registration.active;
    })`);
    await expect.poll(() => page.evaluate('worker.state')).toBe('activated');
  } finally {
    await engine.close();
    await server.close();
  }
});
