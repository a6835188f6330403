// V8's own account of each call, its CallSites, beside what arrived at the collector of the same throw.
import { type Site, toArrived, toExpected } from './call-sites/convention.js';
import { serveCases } from './call-sites/server.js';
import { type ArrivedLog, createReader } from './catalogue/arrived.js';
import type { CollectorProcess } from './collector.js';
import { expect, test } from './fixtures.js';

interface Result {
  /** The report's. */
  readonly id: string;
  readonly stack: string;
  readonly sites: readonly Site[];
}
declare global {
  interface Window {
    runAll(settings: object): void;
    readonly results?: Record<string, Result>;
  }
}

async function readAll(collector: CollectorProcess, count: number): Promise<Map<string, ArrivedLog>> {
  const read = createReader(collector);
  await expect.poll(async () => (await read()).length, { timeout: 30_000 }).toBe(count);
  return new Map((await read()).map((log) => [log.id, log]));
}

test('every frame that arrives says what V8 says of the call', async ({ collector, profile }) => {
  test.setTimeout(120_000);
  await collector.start();
  const server = await serveCases();
  try {
    const page = await profile.visit(server.url);
    const settings = { appSecret: collector.secret, logUrl: collector.url };
    await page.evaluate((given) => window.runAll(given), settings);
    const results = await (await page.waitForFunction(() => window.results)).jsonValue();
    const names = Object.keys(results ?? {});
    expect(names.length).toBeGreaterThan(90);
    const logs = await readAll(collector, names.length);
    let compared = 0;
    const wrong = Object.entries(results ?? {}).flatMap(([name, { id, stack, sites }]) => {
      const arrived = (logs.get(id)?.exception.frames ?? []).map(toArrived);
      const expected = sites.map(toExpected);
      compared += expected.length;
      const rows = Array.from({ length: Math.max(arrived.length, expected.length) }, (_, i) => i);
      const differing = rows.filter((i) => arrived[i] !== expected[i]);
      return differing.map((i) => ({ name, arrived: arrived[i], expected: expected[i], stack }));
    });
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(5 * 90);
  } finally {
    await server.close();
  }
});
