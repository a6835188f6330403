// What workers throw, with a reporter in them and without, in three engines: it arrives once, and says truly what and
// where. With one, the report is the worker's own and has the stack; without one it is the page's, of what it hears.
import { type ArrivedLog, createReader } from './catalogue/arrived.js';
import { ENGINE_NAMES } from './engines/engine.js';
import { openEngine } from './engines/open.js';
import { expect, test } from './fixtures.js';
import { read, serveWorkers } from './workers/server.js';

interface Expected {
  readonly message: string;
  readonly type: string;
  /** File of the innermost frame, and the marker of its line in the source. */
  readonly file: string;
  readonly source: string;
  readonly at: string;
  /** Whether it is the report of the worker's own reporter; undefined where that may not live to make it. */
  readonly own: boolean | undefined;
  readonly count: number;
}

const make = (message: string, more: Partial<Expected> = {}): Expected => ({
  message,
  type: 'Error',
  file: '/w/classic.js',
  source: 'work.js',
  at: 'throw',
  own: true,
  count: 1,
  ...more,
});
const rejected = { type: 'RangeError', at: 'reject' };
const bare = { file: '/w/bare.js', own: false };
const moduleFile = { file: '/w/module.js' };
const service = { file: '/service/sw.js', source: 'service.js' };

const EXPECTED: readonly Expected[] = [
  make('before the start'),
  make('classic'),
  make('classic, rejected', rejected),
  make('classic, a text', { type: 'String', at: 'text' }),
  make('burst', { count: 20 }),
  make('bare', bare),
  make('bare burst', { ...bare, count: 20 }),
  make('module', moduleFile),
  make('module, rejected', { ...moduleFile, ...rejected }),
  make('bare module', bare),
  make('started', { file: '/w/started.js' }),
  make('terminated at once', { own: undefined }),
  make('terminated'),
  make('prevented'),
  make('blob', { file: '/w/bare.js' }),
  make('inner has it'),
  make('outer has it', bare),
  make('both have it'),
  make('none has it', bare),
  make('shared'),
  make('shared, rejected', rejected),
  make('in a fetch handler', { ...service, at: 'fetch' }),
  make('rejected in a service worker', { ...service, type: 'RangeError', at: 'service-reject' }),
  make('a service worker that throws at once', { file: '/broken/sw.js', source: 'broken.js', at: 'broken' }),
];

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

for (const name of ENGINE_NAMES) {
  test(`workers in ${name}: what they throw arrives once, with the stack where they have a reporter`, async ({
    collector,
  }) => {
    test.setTimeout(120_000);
    await collector.start();
    const server = await serveWorkers({ appSecret: collector.secret, logUrl: collector.url });
    const engine = await openEngine(name);
    try {
      await engine.open(`${server.url}/`);
      await server.done;
      // Not before the browser is closed: what comes late, or twice, is to be seen.
      await new Promise((resolve) => setTimeout(resolve, 2_000));
    } finally {
      await engine.close();
      await server.close();
    }
    const logs = await createReader(collector)();
    const of = (message: string) => logs.filter(({ exception }) => exception.message === message);
    const counts = EXPECTED.map(({ message }) => `${message}: ${of(message).length}`);
    expect.soft(counts).toEqual(EXPECTED.map(({ message, count }) => `${message}: ${count}`));
    const wrong = EXPECTED.flatMap((expected) =>
      of(expected.message).flatMap((log) => differences(log, expected, server.url)),
    );
    expect.soft([...new Set(wrong)]).toEqual([]);
    const known = EXPECTED.map(({ message }) => message);
    const others = logs.map(({ exception }) => exception.message).filter((text) => !known.includes(text));
    // `throw null` has no value to claim: the page reports it. What is given to `waitUntil` counts as unhandled in
    // Chromium alone.
    const waited = name === 'chromium' ? ['rejected in waitUntil'] : [];
    expect.soft(others.sort()).toEqual(['null', ...waited]);
  });
}
