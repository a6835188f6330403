// What `start`, `stop` and `debug` promise of the page they are called in.
import { ENGINE_NAMES } from './engines/engine.js';
import { openEngine } from './engines/open.js';
import { expect, test } from './fixtures.js';
import { serveOrigins } from './origins.js';

/** What the chunk of what can wait stands in for, in every engine, when the page is idle. */
const OF_BREADCRUMBS = `fetch, open: XMLHttpRequest.prototype.open, pushState: history.pushState,
  replaceState: history.replaceState, warn: console.warn, error: console.error`;
/** What the reporter stands in for, or sets, somewhere. Listeners stay wrapped: those that were added have to be found. */
const NATIVES = `{ setTimeout, setInterval, requestAnimationFrame, queueMicrotask, json: Response.prototype.json,
  stackTraceLimit: Error.stackTraceLimit, onerror, onunhandledrejection, ${OF_BREADCRUMBS} }`;

const PAGE = `<!doctype html><script src="/crashpost/crashpost.min.js"></script><script>
const natives = () => (${NATIVES});
const before = natives();
const changed = () => Object.entries(natives()).flatMap(([name, one]) => one === before[name] ? [] : name);
const throwLater = (message) => new Promise((resolve) => {
  setTimeout(() => { setTimeout(resolve); throw new Error(message); });
});
globalThis.run = (async () => {
  crashpost.start(OPTIONS);
  crashpost.start({ ...OPTIONS, userId: 'a second start' });
  const { stackTraceLimit } = Error;
  await throwLater('while it runs');
  while (fetch === before.fetch) await new Promise((resolve) => setTimeout(resolve, 20));
  const replaced = changed();
  crashpost.stop();
  crashpost.stop();
  const left = changed();
  await throwLater('after it was stopped');
  Promise.reject(new Error('rejected after it was stopped'));
  crashpost.trackError(new Error('told after it was stopped'));
  // WebKit's driver leaves a mark of its own (automationSessionProxy), sooner or later.
  const marks = Object.getOwnPropertySymbols(globalThis).filter(({ description }) => /crashpost/.test(description));
  return { stackTraceLimit, replaced, left, marks: marks.length };
})();
</script>`;

for (const name of ENGINE_NAMES)
  test(`${name}: a page that stops the reporter has everything back that it had before`, async ({
    collector,
  }) => {
    await collector.start();
    const origins = await serveOrigins({ '/page.html': PAGE }, collector, { userId: 'the first start' });
    const engine = await openEngine(name);
    try {
      const page = await engine.open(`${origins.here}/page.html`);
      const { stackTraceLimit, replaced, left, marks } = (await page.evaluate('run')) as {
        stackTraceLimit?: number;
        replaced: string[];
        left: string[];
        marks: number;
      };
      // V8's ten are raised; the others have more of their own.
      if (name === 'chromium') expect(stackTraceLimit).toBe(50);
      expect(replaced).toEqual(
        expect.arrayContaining(['fetch', 'open', 'pushState', 'replaceState', 'warn', 'error']),
      );
      expect(left).toEqual([]);
      expect(marks).toBe(0);
      const arrived = (await collector.arrivedInAll(1)) as unknown as {
        userId: string;
        exception: { message: string };
      }[];
      expect(arrived.map(({ userId, exception }) => [userId, exception.message])).toEqual([
        ['the first start', 'while it runs'],
      ]);
    } finally {
      await engine.close();
      origins.close();
    }
  });

const WITH_FRAME = `<!doctype html><script src="/crashpost/crashpost.min.js"></script>
<iframe src="/frame.html"></iframe><script>
globalThis.run = (async () => {
  await new Promise((resolve) => addEventListener('load', resolve));
  const before = frames[0].natives();
  const changed = () => Object.entries(frames[0].natives()).flatMap(([name, one]) => one === before[name] ? [] : name);
  crashpost.start({ ...OPTIONS, iframes: true });
  // What enters frames is loaded apart. Firefox needs no mending.
  for (let i = 0; i < 100 && !changed()[0]; i++) await new Promise((resolve) => setTimeout(resolve, 50));
  const mended = !!changed()[0];
  crashpost.stop();
  return { mended, left: changed() };
})();
</script>`;
const FRAME = `<!doctype html><script>globalThis.natives = () => (${NATIVES});</script>`;

for (const name of ENGINE_NAMES)
  test(`${name}: its iframes have everything back too`, async ({ collector }) => {
    await collector.start();
    const files = { '/page.html': WITH_FRAME, '/frame.html': FRAME };
    const origins = await serveOrigins(files, collector);
    const engine = await openEngine(name);
    try {
      const page = await engine.open(`${origins.here}/page.html`);
      const { mended, left } = (await page.evaluate('run')) as { mended: boolean; left: string[] };
      expect(mended).toBe(name !== 'firefox');
      expect(left).toEqual([]);
    } finally {
      await engine.close();
      origins.close();
    }
  });

for (const debug of [true, false])
  test(`a fault of the reporter's own is ${debug ? 'shown with' : 'silent without'} \`debug\`, counted, and costs no report`, async ({
    collector,
    profile,
  }) => {
    await collector.start();
    const html = `<!doctype html><script src="/crashpost/crashpost.min.js"></script><script>
      crashpost.start(OPTIONS);
      Storage.prototype.setItem = () => { throw new RangeError('no room'); };
      for (let i = 0; i < 3; i++) setTimeout(() => { throw new Error('of the page ' + i); });
    </script>`;
    const origins = await serveOrigins({ '/page.html': html }, collector, { debug });
    try {
      const page = await (await profile.open()).newPage();
      const said: string[] = [];
      page.on('console', (message) => said.push(message.text()));
      const errors: string[] = [];
      page.on('pageerror', ({ message }) => errors.push(message));
      await page.goto(`${origins.here}/page.html`);
      const arrived = await collector.arrivedInAll(3);
      const thrown = ['of the page 0', 'of the page 1', 'of the page 2'];
      expect(arrived.map(({ exception }) => exception.message).sort()).toEqual(thrown);
      expect(errors).toEqual(thrown);
      const ours = said.filter((text) => text.includes('internal error'));
      if (!debug) expect(said.filter((text) => text.includes('crashpost'))).toEqual([]);
      else
        expect(ours.slice(0, 3)).toEqual(
          [1, 2, 3].map((n) => expect.stringContaining(`internal error ${n}`)),
        );
    } finally {
      origins.close();
    }
  });
