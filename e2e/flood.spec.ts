// A thousand errors in one task: different ones arrive all, the same one is counted, and the count arrives.
import { createReader } from './catalogue/arrived.js';
import { ENGINE_NAMES } from './engines/engine.js';
import { openEngine } from './engines/open.js';
import { expect, test } from './fixtures.js';

const THROWN = 1_000;
const REPEATS = 'crashpost.repeats';

/** How many throws the reports stand for. */
const told = (reports: readonly { readonly properties?: Record<string, string> }[]): number =>
  reports.reduce((sum, { properties }) => sum + 1 + Number(properties?.[REPEATS] ?? 0), 0);

for (const engine of ENGINE_NAMES)
  test(`${engine}: a thousand different errors at once arrive, each once; a thousand of one are told`, async ({
    collector,
    demo,
  }) => {
    test.setTimeout(120_000);
    await collector.start();
    const read = createReader(collector);
    const ofType = async (type: string) => (await read()).filter(({ exception }) => exception.type === type);
    const browser = await openEngine(engine);
    try {
      const page = await browser.open(`${demo.url}/`);
      const throwAll = (error: string): Promise<unknown> =>
        page.evaluate(`Array.from({ length: ${THROWN} }, (_, i) => reportError(${error})).length`);
      await throwAll("new RangeError('number ' + i)");
      await expect.poll(async () => (await ofType('RangeError')).length, { timeout: 60_000 }).toBe(THROWN);
      const messages = (await ofType('RangeError')).map(({ exception }) => exception.message);
      expect(new Set(messages).size).toBe(THROWN);

      await throwAll("new TypeError('the same')");
      // The last of the count follows ten seconds later.
      await expect.poll(async () => told(await ofType('TypeError')), { timeout: 40_000 }).toBe(THROWN);
      expect((await ofType('TypeError')).length).toBeLessThan(THROWN / 5);
    } finally {
      await browser.close();
    }
  });

test('a page that throws in every frame and is closed: what it had counted is told', async ({
  collector,
  demo,
  profile,
}) => {
  await collector.start();
  const page = await profile.visit(`${demo.url}/`);
  const thrown = await page.evaluate(async () => {
    let count = 0;
    const fail = () => {
      count += 1;
      requestAnimationFrame(fail);
      throw new Error('in every frame');
    };
    requestAnimationFrame(fail);
    while (count < 230) await new Promise((resolve) => setTimeout(resolve, 50));
    const last = count;
    // Nothing throws any more from here on: the page is frozen until it is closed.
    globalThis.requestAnimationFrame = () => 0;
    return new Promise<number>((resolve) => setTimeout(() => resolve(Math.max(last, count)), 100));
  });
  await page.close();
  const read = createReader(collector);
  await expect.poll(async () => told(await read()), { timeout: 30_000 }).toBe(thrown);
  expect((await read()).length).toBeLessThan(thrown);
});
