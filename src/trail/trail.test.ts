// Watchers on a page made of a few objects; what browsers do is in e2e/breadcrumbs.spec.ts.
import { describe, expect, it } from 'vitest';
import { createGuard } from '../platform/guard.js';
import { fakePlatform, settled } from '../platform/platform.fixture.js';
import type { Realm } from '../platform/platform.js';
import { createTrail } from './trail.js';

const cover = (text: string) => text.replace(/secret/g, '***');

class FakeXhr extends EventTarget {
  static readonly DONE = 4;
  readyState = 0;
  status = 0;
  open(..._: unknown[]) {
    this.readyState = 1;
  }
  end(status: number) {
    Object.assign(this, { readyState: 4, status });
    this.dispatchEvent(new Event('readystatechange'));
  }
}

type Fetch = (...args: unknown[]) => unknown;

function fakeRealm(fetch: Fetch) {
  const location = new URL('https://shop.example/cart?user=anna#top');
  const said: unknown[][] = [];
  class History {
    pushState(_: unknown, __: string, url: string) {
      location.href = new URL(url, location.href).href;
    }
    replaceState(_: unknown, __: string, url: string) {
      this.pushState(_, __, url);
    }
  }
  const console = {
    warn: (...words: unknown[]) => said.push(words),
    error: (...words: unknown[]) => said.push(words),
  };
  const document = { visibilityState: 'visible' };
  class Xhr extends FakeXhr {}
  return { location, History, XMLHttpRequest: Xhr, EventTarget, console, document, fetch, Error, said };
}

function setUp({
  fetch = (async () => ({ status: 200 })) as Fetch,
  breadcrumbs = undefined as unknown,
  urls = undefined as 'full' | undefined,
} = {}) {
  const realm = fakeRealm(fetch);
  const platform = fakePlatform({ realm: realm as unknown as Realm });
  const guard = createGuard(platform, true);
  let told = 0;
  const trail = createTrail({ platform, guard, settings: { breadcrumbs, urls }, cover }, () => {
    told += 1;
  });
  const lines = () =>
    trail.last(100).map(({ kind, text, at: _, ...more }) => [kind, text, ...Object.values(more)].join(' '));
  return { realm, platform, trail, lines, told: () => told, history: new realm.History() };
}

describe('a trail', () => {
  it('begins with where the page is, and follows it, without query and fragment', () => {
    const { lines, told, history, platform } = setUp();
    history.pushState({}, '', '/checkout?card=1');
    // Only its query has changed: that is no news.
    history.replaceState({}, '', '/checkout?card=2');
    platform.dispatch('popstate');
    platform.dispatch('hashchange');
    expect(lines()).toEqual(['navigation /cart', 'navigation /checkout', 'navigation /checkout#']);
    expect(told()).toBe(3);
  });

  it('tells requests by fetch, answered and not', async () => {
    let answer: () => Promise<unknown> = async () => ({ status: 503 });
    const { realm, lines, platform } = setUp({ fetch: () => answer() });
    const { fetch } = realm;
    expect(await fetch('/api/cart?token=secret', { method: 'post' })).toEqual({ status: 503 });
    expect(await fetch(new URL('https://anna:pw@pay.example/v1?x#y'))).toEqual({ status: 503 });
    const failure = new TypeError('Failed to fetch');
    answer = async () => {
      await platform.tick(40);
      throw failure;
    };
    await expect(fetch({ url: 'https://shop.example/slow', method: 'PUT' })).rejects.toBe(failure);
    expect(lines().slice(1)).toEqual([
      'request POST /api/cart 503 0',
      'request GET https://pay.example/v1 503 0',
      'request PUT /slow 0 40',
    ]);
  });

  it('leaves a fetch as it is that gives no promise, or throws', () => {
    const { realm } = setUp({ fetch: () => 'odd' });
    expect(realm.fetch('/')).toBe('odd');
    const thrown = new RangeError('theirs');
    const throwing = setUp({
      fetch: () => {
        throw thrown;
      },
    });
    expect(() => throwing.realm.fetch('/')).toThrow(thrown);
    // What is no address costs the breadcrumb, not the request.
    expect(setUp().realm.fetch('https://[')).toBeInstanceOf(Promise);
  });

  it('tells requests by XMLHttpRequest, one that is used again each time', () => {
    const { realm, lines } = setUp();
    const xhr = new realm.XMLHttpRequest();
    for (const [url, status] of [
      ['a?b', 200],
      ['b', 0],
    ] as const) {
      xhr.open('get', url);
      xhr.end(status);
    }
    expect(lines().slice(1)).toMatchObject([
      expect.stringMatching(/^request GET \/a 200 \d+$/),
      expect.stringMatching(/^request GET \/b 0 \d+$/),
    ]);
  });

  it('tells what the page warns of, objects by what they are alone', () => {
    const { realm, lines } = setUp();
    const secret = { password: 'secret', toString: () => 'secret' };
    realm.console.warn('slow %s', 3, null, secret, [1]);
    realm.console.error(new TypeError('x is not a function'));
    realm.console.warn('crashpost: our own words');
    expect(lines().slice(1)).toEqual([
      'console warn: slow %s 3 null [Object] [Array]',
      'console error: TypeError: x is not a function',
    ]);
    expect(realm.said).toHaveLength(3);
  });

  it('reads no field of what it is warned of, errors aside', () => {
    const { realm, lines } = setUp();
    const read: string[] = [];
    const state = {
      get stack() {
        read.push('stack');
        return 'at secret';
      },
      get message() {
        read.push('message');
        return 'secret';
      },
    };
    realm.console.warn(state, new DOMException('gone', 'AbortError'));
    expect(read).toEqual([]);
    expect(lines().at(-1)).toBe('console warn: [Object] AbortError: gone');
  });

  it('keeps nothing of what it calls itself, and goes on after a value that throws', () => {
    const { realm, lines } = setUp();
    const loud = new Error('loud');
    Object.defineProperty(loud, 'message', {
      get: () => {
        realm.console.error('from the getter');
        throw new Error('theirs');
      },
    });
    realm.console.error(loud);
    realm.console.error(Object.create(null), Symbol('s'));
    expect(lines().slice(1)).toEqual(['console error: Error: ', 'console error: [Object] Symbol(s)']);
    expect(realm.said).toHaveLength(3);
  });

  it('tells whether the page is seen and has a network', () => {
    const { platform, realm, lines } = setUp();
    realm.document.visibilityState = 'hidden';
    for (const type of ['visibilitychange', 'offline', 'online']) platform.dispatch(type);
    expect(lines().slice(1)).toEqual(['visibility hidden', 'network offline', 'network online']);
  });

  it('tells of long tasks where the browser does, at the time they ended', async () => {
    const { realm, platform } = setUp();
    type Entries = { getEntries(): { startTime: number; duration: number }[] };
    let told: (list: Entries) => void = () => {};
    class PerformanceObserver {
      static readonly supportedEntryTypes = ['longtask'];
      observe = () => {};
      disconnect = () => {};
      constructor(callback: typeof told) {
        told = callback;
      }
    }
    const performance = { now: () => 9_000 };
    const own = { ...realm, PerformanceObserver, performance } as unknown as Realm;
    const on = { ...platform, realm: own };
    const trail = createTrail({ platform: on, guard: createGuard(on, true), settings: {}, cover });
    const entries = [60, 1_200.4].map((duration) => ({ startTime: 3_000, duration }));
    told({ getEntries: () => entries });
    expect(trail.last(9).slice(1)).toEqual([
      { at: platform.now() - 4_800, kind: 'freeze', text: 'did not respond', ms: 1_200 },
    ]);
  });

  it('tells of timers that came late, but not of sleep, and not while the page is hidden', async () => {
    const { platform, realm, lines } = setUp();
    await platform.tick(500);
    await platform.tick(1_400);
    await platform.tick(1_500);
    await platform.tick(61_000);
    realm.document.visibilityState = 'hidden';
    platform.dispatch('visibilitychange');
    await platform.tick(9_000);
    expect(lines().slice(1)).toEqual(['freeze did not respond 1000', 'visibility hidden']);
  });

  it('keeps addresses whole where it was told to', async () => {
    const { realm, lines } = setUp({ urls: 'full' });
    await realm.fetch('/api?a=1');
    expect(lines()).toEqual([
      'navigation https://shop.example/cart?user=anna#top',
      'request GET /api?a=1 200 0',
    ]);
  });

  it('takes what the app adds, covered', () => {
    const { trail, lines, told } = setUp();
    trail.addBreadcrumb('coupon applied: secret', { code: 'secret SPRING' });
    expect(trail.crumbs()?.at(-1)).toEqual({
      at: Date.parse('2026-11-23T10:00:00Z'),
      kind: 'app',
      text: 'coupon applied: ***',
      data: { code: '*** SPRING' },
    });
    expect(told()).toBe(lines().length);
  });

  it('leaves alone what it has no leave to watch, and everything once it was stopped', async () => {
    const { realm, history, lines, platform, trail } = setUp({
      breadcrumbs: { requests: false, navigation: false },
    });
    await realm.fetch();
    history.pushState({}, '', '/elsewhere');
    expect(lines()).toEqual([]);
    for (const stop of trail.stops) stop();
    realm.console.error('after the end');
    platform.dispatch('offline');
    expect(lines()).toEqual([]);
    expect([...platform.listeners.values()].every((set) => set.size === 0)).toBe(true);
    expect(platform.timers.size).toBe(0);
    const off = setUp({ breadcrumbs: false });
    expect([off.lines(), off.platform.listeners.size]).toEqual([[], 0]);
  });

  it.each([
    [1, /^breadcrumbs cannot be what it is; write false, or \{ clicks: false \}$/],
    [{ click: false }, /have no kind click; write one of navigation, clicks/],
    [{ clicks: 'no' }, /breadcrumbs\.clicks cannot be what it is; write false or true/],
  ])('says what is wrong with %j, and keeps all', (breadcrumbs, words) => {
    const { platform, lines } = setUp({ breadcrumbs });
    expect(platform.said).toHaveLength(1);
    expect(String(platform.said[0])).toMatch(words);
    expect(lines()).toEqual(['navigation /cart']);
  });

  it('does without what a page has broken', async () => {
    const { realm } = setUp();
    const broken = { ...realm, console: null, History: undefined };
    const platform = fakePlatform({ realm: broken as unknown as Realm });
    const trail = createTrail({ platform, guard: createGuard(platform, false), settings: {}, cover });
    platform.dispatch('offline');
    await settled();
    expect(trail.last(9).map(({ kind }) => kind)).toEqual(['navigation', 'network']);
  });
});
