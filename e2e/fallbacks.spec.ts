// What is left when the usual way is closed: no `fetch`, no page.
import { expect, test } from './fixtures.js';
import { serveOrigins } from './origins.js';

const page = (before: string) => `<!doctype html><script>${before}</script>
  <script src="/crashpost/crashpost.min.js"></script><script>crashpost.start(OPTIONS)</script>`;

for (const [name, before] of [
  ['is missing', 'delete globalThis.fetch'],
  ['throws', 'fetch = () => { throw new TypeError("replaced by the page") }'],
] as const)
  test(`where fetch ${name}, a beacon brings the report, and it shows once`, async ({
    collector,
    profile,
  }) => {
    await collector.start();
    const origins = await serveOrigins({ '/page.html': page(before) }, collector);
    try {
      const opened = await profile.visit(`${origins.here}/page.html`);
      await opened.evaluate(() => {
        setTimeout(() => {
          throw new Error('by beacon');
        });
      });
      await collector.arrivedInAll(1);
      // A beacon has no answer: it stays queued, and goes again.
      await opened.reload();
      await opened.waitForTimeout(6_000);
      const arrived = await collector.arrived();
      expect(arrived.map(({ exception }) => exception.message)).toEqual(['by beacon']);
    } finally {
      origins.close();
    }
  });

test('a service worker that is installed drains what a page has left, with no reporter on any page', async ({
  collector,
  profile,
}) => {
  const origins = await serveOrigins(
    {
      '/page.html': page(''),
      '/sw.js': "importScripts('/crashpost/crashpost.worker.min.js');",
      '/bare.html': "<!doctype html><script>navigator.serviceWorker.register('/sw.js')</script>",
    },
    collector,
  );
  try {
    const context = await profile.open();
    const left = await context.newPage();
    await left.goto(`${origins.here}/page.html`);
    await left.waitForTimeout(500);
    await left.evaluate(() => {
      setTimeout(() => {
        throw new Error('left behind');
      });
    });
    await left.waitForTimeout(500);
    await left.close();
    await collector.start();
    const bare = await context.newPage();
    await bare.goto(`${origins.here}/bare.html`);
    const arrived = await collector.arrivedInAll(1);
    expect(arrived.map(({ exception }) => exception.message)).toEqual(['left behind']);
  } finally {
    origins.close();
  }
});
