// What only a caller sees: WebKit's muted callbacks, Chromium's silent `response.json()`, and what the page itself
// notices of the stand-ins. The catalogue has each way to throw; here is what surrounds them.
import { ENGINE_NAMES, type EngineName } from './engines/engine.js';
import { openEngine } from './engines/open.js';
import { expect, test } from './fixtures.js';
import { serveOrigins } from './origins.js';

const START = '<script>crashpost.start(OPTIONS)</script>';
const REPORTERS = {
  'of its own origin': `<script src="/crashpost/crashpost.min.js"></script>${START}`,
  'of another origin': `<script src="OTHER/crashpost/crashpost.min.js"></script>${START}`,
  'of another origin, with CORS': `<script crossorigin src="OTHER/cors/crashpost/crashpost.min.js"></script>${START}`,
};

/** Before the reporter: what the page hears of its errors itself. */
const BEFORE = `<script>
globalThis.heard = [];
globalThis.calls = [];
onerror = (message, file, line, column, error) => { heard.push(error instanceof Error ? error.message : message); };
globalThis.early = () => { calls.push('early'); };
globalThis.earlyTwice = () => { calls.push('early twice'); };
addEventListener('shop', early);
addEventListener('shop', earlyTwice);
</script>`;

const LIBRARY = `'use strict';
globalThis.library = (message) => { throw new Error(message); };
`;

const MAIN = `'use strict';
const button = document.querySelector('button');
removeEventListener('shop', early);
addEventListener('shop', earlyTwice);
const removed = { handleEvent() { calls.push('removed'); } };
addEventListener('shop', removed);
removeEventListener('shop', removed);
addEventListener('shop', function (event) { calls.push(this === window && event.type); });
dispatchEvent(new Event('shop'));
queueMicrotask(function () { calls.push(typeof this); });
setTimeout(function (...args) { calls.push(this === window, args); }, 0, 'a', 'b');
setTimeout("calls.push('text')");
// Events nest: the inner is heard before the outer.
button.addEventListener('focus', () => { button.click(); library('outer'); });
button.addEventListener('click', () => library('inner'));
setTimeout(() => { button.dispatchEvent(new Event('focus')); calls.push('dispatched'); });
setTimeout(() => { throw new Error('of the page'); }, 20);
setTimeout(() => { throw 'a text'; }, 40);
// Heard by nobody but who calls: a library that calls back and catches.
const run = (callback) => { try { callback(); } catch {} };
setTimeout(() => run(() => library('caught')), 60);
fetch('/page.html').then((response) => response.json()).catch(() => calls.push('handled'));
(async function readTwice() {
  const response = await fetch('/data.txt');
  await response.text();
  await response.json();
})();
(async function readJson() {
  await (await fetch('/data.txt')).json();
})();
`;

const toFiles = (reporter: string) => ({
  '/page.html': `<!doctype html>${BEFORE}${reporter}
<script crossorigin src="OTHER/cors/library.js"></script><button></button><script src="/main.js"></script>`,
  '/library.js': LIBRARY,
  '/main.js': MAIN,
  '/data.txt': 'no JSON',
});

/** Chromium tells the page of the unparsed JSON only where the reporter's script may tell of itself. */
const silentJson = (engine: EngineName, way: string) => engine === 'chromium' && way === 'of another origin';

for (const engine of ENGINE_NAMES)
  for (const [way, reporter] of Object.entries(REPORTERS))
    test(`${engine}, a reporter ${way}: what is called back arrives in full, and the page goes on as before`, async ({
      collector,
    }) => {
      await collector.start();
      const origins = await serveOrigins(toFiles(reporter), collector);
      const browser = await openEngine(engine);
      try {
        const page = await browser.open(`${origins.here}/page.html`);
        const arrived = await collector.arrivedInAll(silentJson(engine, way) ? 5 : 6);
        const messages = arrived.map(({ exception }) => exception.message);
        expect(messages).toEqual(expect.arrayContaining(['inner', 'outer', 'of the page', 'a text']));
        expect(arrived.filter(({ exception }) => exception.type === 'TypeError')).toHaveLength(1);
        expect(arrived.filter(({ exception }) => exception.type === 'SyntaxError')).toHaveLength(
          silentJson(engine, way) ? 0 : 1,
        );
        expect(arrived).toHaveLength(silentJson(engine, way) ? 5 : 6);
        const inner = arrived.find(({ exception }) => exception.message === 'inner');
        expect(inner?.exception.frames?.[0]?.fileName).toBe(`${origins.other}/cors/library.js`);
        expect(JSON.stringify(arrived)).not.toContain('crashpostCallback');

        const { heard = [], calls } = (await page.evaluate('({ heard, calls })')) as Record<
          string,
          unknown[]
        >;
        expect(calls).toHaveLength(8);
        expect(calls).toEqual(
          expect.arrayContaining([
            'early twice',
            'shop',
            'undefined',
            true,
            ['a', 'b'],
            'text',
            'dispatched',
            'handled',
          ]),
        );
        expect(heard).toHaveLength(4);
        if (engine !== 'webkit') expect(heard.slice(0, 3)).toEqual(['inner', 'outer', 'of the page']);
        // What the page's own scripts throw, it hears of as without the reporter.
        if (way === 'of its own origin') expect(heard).toContain('of the page');
      } finally {
        await browser.close();
        origins.close();
      }
    });
