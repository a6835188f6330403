// The public functions on a browser made of a few globals; what browsers do is in e2e/consent.spec.ts.
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Chunks } from './client.js';
import { fakeStorage, settled, withBrokenMethods } from './platform/platform.fixture.js';
import { CONSENT_NAME, ERASE, NO, YES } from './privacy/consent.js';
import { createReporter } from './reporter.js';

const options = { appSecret: '12345678-1234-1234-1234-123456789abc', logUrl: 'https://c.example' };
/** Nothing that is loaded apart is asked for. */
const BARE = { ...options, breadcrumbs: false, uncleanExits: false } as const;

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** A page, and the messages that its reporter posts. */
function setUp(answer?: string) {
  const page = new EventTarget();
  const local = fakeStorage();
  if (answer) local.setItem(CONSENT_NAME, answer);
  const posted: string[] = [];
  const globals = {
    navigator: { userAgent: 'x', language: 'en' },
    location: { origin: 'https://shop.example', href: 'https://shop.example/' },
    localStorage: local,
    addEventListener: page.addEventListener.bind(page),
    // Node's own takes no boolean.
    removeEventListener: (type: string, listener: EventListener, capture: boolean) =>
      page.removeEventListener(type, listener, { capture }),
    fetch: async (_: unknown, { body }: RequestInit) => {
      const { logs } = JSON.parse(String(body));
      posted.push(...logs.map((log: { exception: { message: string } }) => log.exception.message));
      return new Response('{}');
    },
  };
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
  let erased = 0;
  const erase = async () => {
    erased += 1;
  };
  const reporter = createReporter({
    device: () => Promise.reject(new Error('no chunk')),
    extra: (() => withBrokenMethods(Promise.resolve({ erase }))) as unknown as Chunks['extra'],
  });
  const tell = (type: string, more: object) => page.dispatchEvent(Object.assign(new Event(type), more));
  return {
    reporter,
    posted,
    local,
    erased: () => erased,
    fail: (message: string) => tell('error', { message, error: new Error(message) }),
    /** What another tab has been told. */
    hear: (answer: string | null, key = CONSENT_NAME) => {
      if (answer) local.setItem(key, answer);
      else local.removeItem(key);
      tell('storage', { key, newValue: answer });
    },
  };
}

describe('an answer given in another tab', () => {
  it('is followed: no, and yes again', async () => {
    const { reporter, posted, fail, hear, erased } = setUp();
    reporter.start(BARE);
    fail('before');
    hear(ERASE, 'own');
    fail('still');
    hear(ERASE);
    fail('after no');
    expect(reporter.trackError(new Error('tracked after no'))).toBe('');
    hear(NO);
    fail('after no');
    hear(YES);
    fail('after yes');
    reporter.trackError(new Error('tracked after yes'));
    await settled();
    expect(posted).toEqual(['before', 'still', 'after yes', 'tracked after yes']);
    expect(erased()).toBe(1);
  });

  it('is followed by yes in this one', () => {
    const { reporter, posted, fail, hear } = setUp();
    reporter.start(BARE);
    hear(ERASE);
    reporter.setConsent(true);
    fail('after yes');
    expect(posted).toEqual(['after yes']);
  });

  it.each([
    [YES, ['while it waits', 'after the answer']],
    [ERASE, []],
  ])('%s ends the waiting here', (answer, messages) => {
    const { reporter, posted, fail, hear } = setUp();
    reporter.start({ ...BARE, consent: 'ask' });
    fail('while it waits');
    // The page has taken the answer away: nothing was said.
    hear(null);
    expect(posted).toEqual([]);
    hear(answer);
    fail('after the answer');
    expect(posted).toEqual(messages);
  });

  it('while this reporter was stopped holds for the next start', async () => {
    const { reporter, posted, fail, hear, erased } = setUp(YES);
    reporter.start(BARE);
    reporter.stop();
    hear(ERASE);
    await settled();
    expect(erased()).toBe(0);
    reporter.start(BARE);
    fail('after no');
    await settled();
    expect([posted, erased()]).toEqual([[], 1]);
  });
});

describe('a no', () => {
  it('ends it, whatever the page has made of promises', async () => {
    const { reporter, posted, fail, erased } = setUp();
    reporter.start(BARE);
    reporter.setConsent(false);
    fail('after no');
    await settled();
    expect(posted).toEqual([]);
    expect(erased()).toBe(1);
  });

  it('erases where the page lets nobody remove a listener', async () => {
    const { reporter, posted, erased } = setUp();
    reporter.start(BARE);
    vi.stubGlobal('removeEventListener', () => {
      throw new Error('not here');
    });
    reporter.setConsent(false);
    expect(reporter.trackError(new Error('after no'))).toBe('');
    await settled();
    expect(posted).toEqual([]);
    expect(erased()).toBe(1);
  });
});

it('says what is wrong with an option, also where nobody can say it well', async () => {
  const said = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const { reporter } = setUp();
  reporter.start({ ...options, appSecret: 'mine' });
  await settled();
  // This chunk has no words for it.
  expect(said.mock.calls).toEqual([['crashpost: not started: appSecret']]);
});

it('rejects nowhere, whatever an option throws when it is read', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  const rejected = vi.fn();
  process.on('unhandledRejection', rejected);
  const { reporter } = setUp();
  const thrown = Object.create(null);
  reporter.start(
    Object.defineProperty({ ...options }, 'appSecret', {
      get: () => {
        throw thrown;
      },
    }),
  );
  await settled();
  process.off('unhandledRejection', rejected);
  expect(rejected).not.toHaveBeenCalled();
});
