// Errors of same-origin iframes, and loads that fail: seen where the page asks for them, and only there. Which frames,
// and by whom, is in frames.spec.ts.
import { ENGINE_NAMES } from './engines/engine.js';
import { openEngine } from './engines/open.js';
import { expect, test } from './fixtures.js';
import { serveOrigins } from './origins.js';

const FILES = {
  '/page.html': `<!doctype html><script src="/crashpost/crashpost.min.js"></script>
<script>crashpost.start(OPTIONS)</script>
<iframe src="/child.html"></iframe><img src="/missing.png?token=secret">
<script>setTimeout(() => { throw new Error('in the page'); }, 1500);</script>`,
  '/child.html': `<!doctype html><script>
function inChild() { throw new RangeError('in the iframe'); }
setTimeout(inChild, 600);
setTimeout(() => Promise.reject(new Error('rejected in the iframe')), 700);</script>`,
};

for (const engine of ENGINE_NAMES)
  for (const [asked, expected] of [
    [true, ['image', 'in the iframe', 'in the page', 'rejected in the iframe']],
    [false, ['in the page']],
  ] as const)
    test(`${engine}: iframes and failed loads, ${asked ? 'asked for' : 'by default'}`, async ({
      collector,
    }) => {
      await collector.start();
      const origins = await serveOrigins(FILES, collector, { iframes: asked, resources: asked });
      const browser = await openEngine(engine);
      try {
        await browser.open(`${origins.here}/page.html`);
        const said = async () =>
          (await collector.arrived())
            .map(({ exception: { type, message } }) => (type === 'ResourceError' ? 'image' : message))
            .sort();
        await expect.poll(said, { timeout: 20_000 }).toContain('in the page');
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        expect(await said()).toEqual(expected);
        const arrived = await collector.arrived();
        const inFrame = arrived.find(({ exception }) => exception.type === 'RangeError');
        // One frame: nothing of ours, and nothing of what calls it.
        if (asked)
          expect(inFrame?.exception.frames).toMatchObject([
            { methodName: 'inChild', fileName: `${origins.here}/child.html` },
          ]);
        // What stands in the query of an image is the page's own affair.
        expect(JSON.stringify(arrived)).not.toContain('secret');
      } finally {
        await browser.close();
        origins.close();
      }
    });
