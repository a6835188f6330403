// A worker's error in worker and page, as one client each has it; what the engines themselves do is in e2e/workers.spec.ts.
import { describe, expect, it } from 'vitest';
import { createClient } from '../client.js';
import { toSettings } from '../options.js';
import { type FakePlatform, fakeChannels, fakePlatform, settled } from '../platform/platform.fixture.js';
import type { Platform } from '../platform/platform.js';
import { withClaims } from './claim.js';
import { CLAIM_WAIT, type Word } from './relayed.js';

const settings = toSettings({
  appSecret: '12345678-1234-1234-1234-123456789abc',
  logUrl: 'https://c.example',
});
const place = { message: 'Uncaught Error: x', filename: 'https://shop.example/w.js', lineno: 3, colno: 9 };

/** A reporter in a global of the kind `scope`, and the messages it posted. */
function setUp(scope: string, openChannel: Platform['openChannel'], overrides: Partial<Platform> = {}) {
  const posted: string[] = [];
  const fetch = (async (_: unknown, init: RequestInit) => {
    const { logs } = JSON.parse(String(init.body));
    posted.push(...logs.map((log: { exception: { message: string } }) => log.exception.message));
    const ids = logs.map(({ id }: { id: string }) => id);
    return new Response(JSON.stringify({ status: 'Success', validDiagnosticsIds: ids }));
  }) as typeof globalThis.fetch;
  const platform = fakePlatform({ fetch, openChannel, ...overrides });
  Object.assign(platform.facts, { scope });
  const load = () => Promise.reject(new Error('no chunk'));
  const client = createClient(settings, withClaims(platform), { device: load, extra: load });
  return { client, platform, posted };
}

const inWorker = ({ platform }: { platform: FakePlatform }, more = {}) =>
  platform.dispatch('error', { ...place, error: new Error('in the worker'), ...more });
const onPage = ({ platform }: { platform: FakePlatform }, more = {}) =>
  platform.dispatch('error', { ...place, error: null, ...more });
const journalOf = ({ local }: Platform) =>
  Object.keys(local ?? {}).filter((name) => name.startsWith('crashpost.queue.'));

describe('a worker’s error that shows on the page', () => {
  it('is the worker’s report alone, whichever of event and claim comes first', async () => {
    for (const claimFirst of [true, false]) {
      const channels = fakeChannels();
      const page = setUp('Window', channels);
      const worker = setUp('DedicatedWorkerGlobalScope', channels);
      const steps = [() => inWorker(worker), () => onPage(page)];
      for (const step of claimFirst ? steps : steps.reverse()) step();
      await page.platform.tick(CLAIM_WAIT);
      expect(page.posted).toEqual([]);
      expect(worker.posted).toEqual(['in the worker']);
      expect(journalOf(page.platform)).toEqual([]);
    }
  });

  it('is the page’s, where nobody in the worker reports; and on disk until then', async () => {
    const page = setUp('Window', fakeChannels());
    onPage(page);
    expect(page.posted).toEqual([]);
    expect(journalOf(page.platform)).toHaveLength(1);
    await page.platform.tick(CLAIM_WAIT);
    expect(page.posted).toEqual(['x']);
    expect(journalOf(page.platform)).toEqual([]);
  });

  it('is one report for each of twenty, of two workers of which one reports', async () => {
    const channels = fakeChannels();
    const page = setUp('Window', channels);
    const worker = setUp('DedicatedWorkerGlobalScope', channels);
    for (let i = 0; i < 20; i++) {
      onPage(page);
      inWorker(worker);
      onPage(page, { filename: 'https://shop.example/other.js' });
    }
    await page.platform.tick(CLAIM_WAIT);
    expect(worker.posted).toHaveLength(20);
    expect(page.posted).toHaveLength(20);
  });

  it('takes one event for one claim, and none that comes long after', async () => {
    const channels = fakeChannels();
    const page = setUp('Window', channels);
    const worker = setUp('DedicatedWorkerGlobalScope', channels);
    inWorker(worker);
    onPage(page);
    onPage(page);
    await page.platform.tick(CLAIM_WAIT);
    expect(page.posted).toHaveLength(1);
    inWorker(worker);
    await page.platform.tick(10_000);
    onPage(page);
    await page.platform.tick(CLAIM_WAIT);
    expect(page.posted).toHaveLength(2);
  });

  it('is claimed each time, also where the worker’s own report is of the time before', async () => {
    const channels = fakeChannels();
    const page = setUp('Window', channels);
    const worker = setUp('DedicatedWorkerGlobalScope', channels);
    const error = new Error('thrown twice');
    for (let i = 0; i < 2; i++) {
      inWorker(worker, { error });
      onPage(page);
    }
    await page.platform.tick(CLAIM_WAIT);
    expect([...worker.posted, ...page.posted]).toEqual(['thrown twice']);
  });

  it('without a value, a nested worker’s or null, is left to the page', async () => {
    const channels = fakeChannels();
    const page = setUp('Window', channels);
    const outer = setUp('DedicatedWorkerGlobalScope', channels);
    inWorker(outer, { error: null });
    onPage(page);
    await page.platform.tick(CLAIM_WAIT);
    expect([outer.posted, page.posted]).toEqual([[], ['x']]);
  });

  it('in a shared worker is claimed by a worker nested in it', async () => {
    const channels = fakeChannels();
    const shared = setUp('SharedWorkerGlobalScope', channels);
    const nested = setUp('DedicatedWorkerGlobalScope', channels);
    inWorker(nested);
    onPage(shared);
    await shared.platform.tick(CLAIM_WAIT);
    expect([nested.posted, shared.posted]).toEqual([['in the worker'], []]);
  });

  it('is two reports without BroadcastChannel, rather than none', async () => {
    const none = () => {
      throw new Error('no BroadcastChannel');
    };
    const page = setUp('Window', none);
    const worker = setUp('DedicatedWorkerGlobalScope', none);
    inWorker(worker);
    onPage(page);
    await page.platform.tick(CLAIM_WAIT);
    expect([...worker.posted, ...page.posted]).toEqual(['in the worker', 'x']);
  });

  it('survives a page that ends before it is settled: the next visit reports it', async () => {
    const page = setUp('Window', fakeChannels());
    onPage(page);
    const next = setUp('Window', fakeChannels(), { local: page.platform.local });
    await next.platform.tick(5_000);
    expect(next.posted).toEqual(['x']);
  });

  it('does not wait longer than its page is there, and is reported once where that comes back', async () => {
    const page = setUp('Window', fakeChannels());
    onPage(page);
    page.platform.dispatch('pagehide', {});
    expect(page.posted).toEqual(['x']);
    await page.platform.tick(CLAIM_WAIT);
    expect(page.posted).toEqual(['x']);
    expect(journalOf(page.platform)).toEqual([]);
  });

  it('stays queued where the reporter was stopped, and nothing is written after that', async () => {
    const page = setUp('Window', fakeChannels());
    await settled();
    onPage(page);
    page.client.stop();
    const kept = journalOf(page.platform);
    expect(kept).toHaveLength(1);
    await page.platform.tick(CLAIM_WAIT);
    expect(page.posted).toEqual([]);
    expect(journalOf(page.platform)).toEqual(kept);
  });
});

it('a rejection is not claimed, and words that are none do no harm', async () => {
  const channels = fakeChannels();
  const page = setUp('Window', channels);
  const worker = setUp('DedicatedWorkerGlobalScope', channels);
  worker.platform.dispatch('unhandledrejection', { reason: new Error('rejected') });
  for (const word of [null, undefined, 5, 'x', { take: 5 }, { claim: {} }]) channels().postMessage(word);
  onPage(page);
  await page.platform.tick(CLAIM_WAIT);
  expect([worker.posted, page.posted]).toEqual([['rejected'], ['x']]);
});

it('what a service worker hands over is asked about as what the page has thrown itself', async () => {
  const channels = fakeChannels();
  const page = setUp('Window', channels);
  for (const message of ['ResizeObserver loop limit exceeded', 'wanted']) {
    const take = { id: message, time: 0, handled: false, exception: { type: 'Error', message } };
    channels().postMessage({ take } satisfies Word);
  }
  expect(page.posted).toEqual(['wanted']);
});
