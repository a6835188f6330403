import { describe, expect, it } from 'vitest';
import { type Chunks, createClient } from '../client.js';
import * as extra from '../extra.js';
import { toSettings } from '../options.js';
import { fakePlatform, settled } from '../platform/platform.fixture.js';
import type { Platform, Realm } from '../platform/platform.js';

const noChunk = () => Promise.reject(new Error('no chunk'));

function setUp(
  load: Chunks['extra'],
  more: object = { resources: true, sessions: false },
  overrides: Partial<Platform> = {},
) {
  const messages: string[] = [];
  const all: { breadcrumbs?: { text: string }[] }[] = [];
  const fetch = (async (_: unknown, init: RequestInit) => {
    const { logs } = JSON.parse(String(init.body));
    all.push(...logs);
    messages.push(...logs.map((log: { exception: { message: string } }) => log.exception.message));
    const ids = logs.map(({ id }: { id: string }) => id);
    return new Response(JSON.stringify({ status: 'Success', validDiagnosticsIds: ids }));
  }) as typeof globalThis.fetch;
  const platform = fakePlatform({ fetch, ...overrides });
  const settings = toSettings({
    appSecret: '12345678-1234-1234-1234-123456789abc',
    logUrl: 'https://c.example',
    debug: true,
    ...more,
  });
  const client = createClient(settings, platform, { device: noChunk, extra: load });
  const fail = (src: string) => platform.dispatch('error', { target: { localName: 'script', src } });
  return { client, platform, messages, all, fail };
}

describe('what few pages ask for', () => {
  it('is loaded when idle, and at once where loads that fail are asked for', () => {
    let loaded = 0;
    const load = () => {
      loaded += 1;
      return Promise.resolve(extra);
    };
    const idle: (() => void)[] = [];
    setUp(load, { breadcrumbs: false, uncleanExits: false }, { idle: (run) => idle.push(run) });
    expect(loaded).toBe(0);
    for (const run of idle.splice(0)) run();
    expect(loaded).toBe(1);
    setUp(load, { resources: true }, { idle: (run) => idle.push(run) });
    expect(loaded).toBe(2);
  });

  it('hears what came while it was loading, each once', async () => {
    const { fail, messages } = setUp(() => Promise.resolve(extra));
    fail('https://shop.example/early.js');
    expect(messages).toEqual([]);
    await settled();
    fail('https://shop.example/late.js');
    expect(messages).toEqual([
      '<script> did not load: https://shop.example/early.js',
      '<script> did not load: https://shop.example/late.js',
    ]);
  });

  it('keeps a hundred of what comes while it is loading, not all of their elements', async () => {
    let kept = 0;
    const addExtras = (options: extra.AllOptions) => {
      kept = options.early.length;
      return extra.addExtras(options);
    };
    const { fail } = setUp(async () => ({ ...extra, addExtras }));
    for (let i = 0; i < 150; i++) fail(`https://shop.example/${i}.js`);
    await settled();
    expect(kept).toBe(100);
  });

  it('does not begin after `stop`', async () => {
    const { client, fail, messages, platform } = setUp(() => Promise.resolve(extra));
    client.stop();
    await settled();
    fail('https://shop.example/late.js');
    expect(messages).toEqual([]);
    expect(platform.listeners.get('error')?.size).toBe(0);
  });

  it('says so where its chunk cannot be loaded, and the rest goes on', async () => {
    const { client, fail, messages, platform } = setUp(() => Promise.reject(new Error('404')));
    await settled();
    fail('https://shop.example/late.js');
    client.trackError(new Error('the rest'));
    expect(messages).toEqual(['the rest']);
    expect(platform.said.flat().map(String)).toContain('Error: 404');
  });

  it('begins, and ends, without what a page has broken', async () => {
    const warn = (..._: unknown[]) => undefined;
    const own = {
      Error,
      location: new URL('https://shop.example/'),
      console: { warn, error: warn },
      get performance(): never {
        throw new Error('what the visit leans on');
      },
      // No MutationObserver for the frames.
    };
    const realm = Object.assign(own, { top: own }) as unknown as Realm;
    const more = { resources: true, iframes: true, sessions: false };
    const { client, platform, all, fail } = setUp(async () => extra, more, { realm });
    await settled();
    own.console.warn('slow');
    fail('https://shop.example/late.js');
    expect(all[0]?.breadcrumbs?.map(({ text }) => text)).toEqual(['/', 'warn: slow']);
    expect(platform.said.flat().map(String)).toContain('Error: what the visit leans on');
    expect(own.console.warn).not.toBe(warn);
    client.stop();
    expect(own.console.warn).toBe(warn);
    expect(platform.listeners.get('error')?.size).toBe(0);
  });
});
