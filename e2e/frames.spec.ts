// Which iframes the page's reporter takes on, where it was asked to: every kind of the same origin, once, and no other.
import { ENGINE_NAMES, type EngineName } from './engines/engine.js';
import { openEngine } from './engines/open.js';
import { expect, test } from './fixtures.js';
import { serveOrigins } from './origins.js';

/** How long after its page has begun a frame throws. Milliseconds. */
const LATER = 400;

const CHILD = `<!doctype html><script>
const throwLater = (message) => setTimeout(() => { throw new Error(message); }, ${LATER});
throwLater('in ' + name + location.search);
</script>`;

const FILES = {
  '/page.html': `<!doctype html><body><script src="/crashpost/crashpost.min.js"></script>
<script>crashpost.start(OPTIONS)</script>
<iframe name="parsed" src="/child.html"></iframe>
<iframe name="outer" src="/outer.html"></iframe>
<iframe name="reporting" src="/reporting.html"></iframe>
<iframe name="foreign" src="OTHER/child.html"></iframe>
<script src="/main.js"></script>`,
  '/child.html': CHILD,
  '/outer.html': '<!doctype html><iframe name="nested" src="/child.html"></iframe>',
  '/reporting.html': `<script src="/crashpost/crashpost.min.js"></script>
<script>crashpost.start({ ...OPTIONS, userId: 'the frame' })</script>${CHILD}`,
  '/main.js': `
const add = (name, properties) => {
  const frame = Object.assign(document.createElement('iframe'), { name, ...properties });
  document.body.append(frame);
  return frame;
};
setTimeout(() => {
  add('added', { src: '/child.html' });
  add('srcdoc', { srcdoc: \`${CHILD.replaceAll('/script', '\\/script')}\` });
  const blank = add('blank').contentWindow;
  blank.setTimeout(new blank.Function("throw new Error('in blank')"), ${LATER});
  const moved = add('moved', { src: '/child.html' });
  // Each time when it has thrown, however slow the machine is.
  const moves = [
    () => { moved.src = '/child.html?again'; },
    () => moved.contentWindow.location.reload(),
    () => { throw new Error('in the page'); },
  ];
  moved.onload = () => setTimeout(moves.shift() ?? (() => {}), ${2 * LATER});
  const removed = add('removed', { src: '/child.html' });
  removed.onload = () => removed.remove();
}, 300);
`,
};

const EXPECTED = [
  'in added',
  'in blank',
  'in moved',
  'in moved?again',
  'in moved?again',
  'in nested',
  'in parsed',
  'in reporting',
  'in srcdoc',
  'in the page',
];

/** WebKit mutes what a srcdoc frame throws, and its first script had its timer before the frame could be seen. */
const toPlain = (message: string, engine: EngineName): string =>
  engine === 'webkit' && message.startsWith('Script error.') ? 'in srcdoc' : message;

for (const engine of ENGINE_NAMES)
  test(`${engine}: every frame of the page's origin is reported once, by who is nearest`, async ({
    collector,
  }) => {
    await collector.start();
    const origins = await serveOrigins(FILES, collector, { iframes: true, userId: 'the page' });
    const browser = await openEngine(engine);
    try {
      await browser.open(`${origins.here}/page.html`);
      const arrived = (await collector.arrivedInAll(EXPECTED.length)) as {
        userId?: string;
        exception: { message: string };
      }[];
      const messages = arrived.map(({ exception }) => exception.message);
      expect(messages.map((message) => toPlain(message, engine)).sort()).toEqual(EXPECTED);
      const ofFrame = arrived.filter(({ userId }) => userId === 'the frame');
      expect(ofFrame.map(({ exception }) => exception.message)).toEqual(['in reporting']);
    } finally {
      await browser.close();
      origins.close();
    }
  });

test('a removed frame leaves its window to the garbage collector, and a foreign one no word in the console', async ({
  collector,
  profile,
}) => {
  await collector.start();
  const origins = await serveOrigins(FILES, collector, { iframes: true });
  try {
    const context = await profile.open();
    const page = await context.newPage();
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    await page.goto(`${origins.here}/page.html`);
    await page.evaluate(async () => {
      const frame = document.createElement('iframe');
      frame.src = '/child.html';
      document.body.append(frame);
      await new Promise((resolve) => frame.addEventListener('load', resolve));
      Object.assign(globalThis, { kept: new WeakRef((frame.contentWindow as Window).document) });
      frame.remove();
    });
    const session = await context.newCDPSession(page);
    await expect
      .poll(
        async () => {
          await session.send('HeapProfiler.collectGarbage');
          return page.evaluate(() => !!(globalThis as unknown as { kept: WeakRef<Document> }).kept.deref());
        },
        { timeout: 20_000 },
      )
      .toBe(false);
    // Chromium says each uncaught error there too, in words of its own; a refused access would be a SecurityError.
    expect(said.filter((text) => /SecurityError|Blocked a frame/.test(text))).toEqual([]);
  } finally {
    origins.close();
  }
});
