import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakePlatform } from '../platform/platform.fixture.js';
import type { Realm } from '../platform/platform.js';
import { createMender } from './mend.js';

const MUTED = { message: 'Script error.', filename: '', lineno: 0, colno: 0 };
const SEEN = { message: 'x', filename: 'https://shop.example/crashpost.js', lineno: 1, colno: 1 };

function setUp() {
  const platform = fakePlatform();
  const own = { Object, Function, Proxy };
  const realm = { ...own, Error, EventTarget: class {}, queueMicrotask: (run: () => void) => run() };
  const { mend, recall } = createMender(platform, true);
  mend(realm as unknown as Realm);
  const fail = (value: unknown, text?: string) =>
    expect(() =>
      realm.queueMicrotask(() => {
        throw value;
      }),
    ).toThrow(text);
  return { platform, recall, fail };
}

// As JavaScriptCore's errors are.
beforeEach(() => Object.defineProperty(Error.prototype, 'sourceURL', { value: '', configurable: true }));
afterEach(() => Reflect.deleteProperty(Error.prototype, 'sourceURL'));

describe('what a wrapper saw', () => {
  it('stands for the value that the event withholds, innermost first, each once', () => {
    const { recall, fail } = setUp();
    const [outer, inner] = [new Error('outer'), 'inner'];
    fail(outer);
    fail(inner);
    const muted = { value: null, handled: false, event: MUTED };
    expect(recall(muted)).toEqual({ value: inner, handled: false });
    expect(recall(muted)).toEqual({ value: outer, handled: false });
    expect(recall(muted)).toBe(muted);
  });

  it('takes the place of the wrapper out of an event that withholds nothing', () => {
    const { recall, fail } = setUp();
    for (const value of ['a text', Number.NaN, new Error('x'), null]) {
      fail(value);
      expect(recall({ value, handled: false, event: SEEN })).toEqual({ value, handled: false });
      const unwrapped = { value, handled: false, event: SEEN };
      expect(recall(unwrapped)).toBe(unwrapped);
    }
  });

  it('is forgotten with the task: an error of somebody else stays what it is', async () => {
    const { platform, recall, fail } = setUp();
    fail(new Error('caught by zone.js'));
    await platform.tick(0);
    const muted = { value: null, handled: false, event: MUTED };
    expect(recall(muted)).toBe(muted);
  });

  it('does not come before the page’s own error, where the page has broken its timers', () => {
    const { platform, recall, fail } = setUp();
    Object.assign(platform, {
      later: () => {
        throw new Error('no timers');
      },
    });
    const own = new Error('of the page');
    fail(own, 'of the page');
    expect(recall({ value: null, handled: false, event: MUTED }).value).toBe(own);
  });

  it('is not given for rejections, nor for what the app reports itself', () => {
    const { recall, fail } = setUp();
    fail('a text');
    const rejected = { value: 'a text', handled: false };
    expect(recall(rejected)).toBe(rejected);
  });
});
