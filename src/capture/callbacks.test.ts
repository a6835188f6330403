import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Realm, Stop } from '../platform/platform.js';
import { createWrap, wrapCallbacks } from './callbacks.js';

/** What every realm has a set of. */
const OWN = { Object, Function, Proxy };

/** What a page's timers were given, and its own kind of event target. */
function setUp() {
  const given: unknown[][] = [];
  const timer = (name: string) =>
    Object.defineProperty((...args: unknown[]) => given.push(args), 'name', { value: name });
  const realm = {
    ...OWN,
    setTimeout: timer('setTimeout'),
    queueMicrotask: timer('queueMicrotask'),
    EventTarget: class extends EventTarget {},
  };
  const native = { ...realm };
  const thrown: unknown[] = [];
  const { wrap, stop } = createWrap((value) => thrown.push(value));
  const stops = [...wrapCallbacks(realm as unknown as Realm, wrap), stop];
  return { given, realm, native, thrown, stops, target: new realm.EventTarget() };
}

const isJavaScriptCore = (is: boolean): void => {
  if (is) Object.defineProperty(Error.prototype, 'sourceURL', { value: '', configurable: true });
  else Reflect.deleteProperty(Error.prototype, 'sourceURL');
};

const stopAll = (stops: readonly Stop[]): void => {
  for (const stop of stops) stop();
};

beforeEach(() => isJavaScriptCore(true));
afterEach(() => isJavaScriptCore(false));

it('leaves the functions of other engines alone', () => {
  isJavaScriptCore(false);
  const { realm, native } = setUp();
  expect(realm).toEqual(native);
});

describe('a timer', () => {
  it('gets a callback that passes this, arguments and result on, and everything else as it was', () => {
    const { given, realm } = setUp();
    const callback = vi.fn(function (this: unknown, ...args: unknown[]) {
      return [this, ...args];
    });
    realm.setTimeout(callback, 5, 'a', 'b');
    const [[wrapper, ...rest] = []] = given;
    expect(rest).toEqual([5, 'a', 'b']);
    expect((wrapper as typeof callback).call('it', 1, 2)).toEqual(['it', 1, 2]);
    for (const args of [['text', 5], [], [null], [{ handleEvent: () => undefined }]]) {
      realm.setTimeout(...args);
      expect(given.at(-1)).toEqual(args);
    }
  });

  it('wraps with what its own window has, and leaves the callbacks of another alone', () => {
    const { given, realm } = setUp();
    const made: unknown[] = [];
    realm.Proxy = new Proxy(Proxy, {
      construct: (target, args) => {
        made.push(Reflect.construct(target, args));
        return made.at(-1) as object;
      },
    });
    realm.setTimeout(() => undefined);
    expect(given[0]?.[0]).toBe(made[0]);
    const foreign = runInNewContext('() => undefined');
    realm.setTimeout(foreign);
    expect(given[1]?.[0]).toBe(foreign);
  });

  it('tells what the callback throws, and throws it on', () => {
    const { given, realm, thrown } = setUp();
    realm.queueMicrotask(() => {
      throw 'a text';
    });
    expect(given[0]?.[0]).toThrow('a text');
    expect(thrown).toEqual(['a text']);
  });

  it('looks like the native one', () => {
    const { realm, native } = setUp();
    expect(realm.setTimeout).not.toBe(native.setTimeout);
    expect(realm.setTimeout.name).toBe('setTimeout');
    expect(realm.setTimeout.length).toBe(native.setTimeout.length);
    expect(String(realm.setTimeout)).toContain('[native code]');
  });

  it('is the native one again after stop, but where somebody has wrapped it since', () => {
    const { given, realm, native, stops } = setUp();
    const ours = realm.queueMicrotask;
    const theirs = (...args: unknown[]) => ours(...args);
    realm.queueMicrotask = theirs;
    stopAll(stops);
    expect(realm.setTimeout).toBe(native.setTimeout);
    expect(realm.queueMicrotask).toBe(theirs);
    const callback = () => undefined;
    realm.queueMicrotask(callback);
    expect(given).toEqual([[callback]]);
  });
});

describe('a listener', () => {
  it('is called once however often it was added, as itself or as an object, and not after it was removed', () => {
    const { target } = setUp();
    const listener = vi.fn();
    const object = { handleEvent: vi.fn() };
    for (const one of [listener, object, listener, object]) target.addEventListener('shop', one);
    const event = new Event('shop');
    target.dispatchEvent(event);
    expect(listener.mock.calls).toEqual([[event]]);
    expect(listener.mock.contexts).toEqual([target]);
    expect(object.handleEvent.mock.calls).toEqual([[event]]);
    expect(object.handleEvent.mock.contexts).toEqual([object]);
    for (const one of [listener, object]) target.removeEventListener('shop', one);
    target.dispatchEvent(new Event('shop'));
    expect(listener).toHaveBeenCalledTimes(1);
    expect(object.handleEvent).toHaveBeenCalledTimes(1);
  });

  it('keeps its options', () => {
    const { target } = setUp();
    const [once, aborted, capturing] = [vi.fn(), vi.fn(), vi.fn()];
    const controller = new AbortController();
    target.addEventListener('shop', once, { once: true });
    target.addEventListener('shop', aborted, { signal: controller.signal });
    target.addEventListener('shop', capturing, { capture: true });
    target.removeEventListener('shop', capturing);
    target.dispatchEvent(new Event('shop'));
    controller.abort();
    target.removeEventListener('shop', capturing, { capture: true });
    target.dispatchEvent(new Event('shop'));
    expect([once, aborted, capturing].map(({ mock }) => mock.calls.length)).toEqual([1, 1, 1]);
  });

  it('finds its handleEvent when it is called', () => {
    const { target } = setUp();
    const object = { handleEvent: vi.fn() };
    const first = object.handleEvent;
    target.addEventListener('shop', object);
    object.handleEvent = vi.fn();
    target.dispatchEvent(new Event('shop'));
    expect(first).not.toHaveBeenCalled();
    expect(object.handleEvent).toHaveBeenCalledTimes(1);
  });

  it('of before the start is removed, and called once where it is added again', () => {
    const realm = { ...OWN, EventTarget: class extends EventTarget {} };
    const target = new realm.EventTarget();
    const [removed, again] = [vi.fn(), vi.fn()];
    target.addEventListener('shop', removed);
    target.addEventListener('shop', again);
    wrapCallbacks(realm as unknown as Realm, createWrap(() => undefined).wrap);
    target.removeEventListener('shop', removed);
    target.addEventListener('shop', again);
    target.dispatchEvent(new Event('shop'));
    expect(removed).not.toHaveBeenCalled();
    expect(again).toHaveBeenCalledTimes(1);
  });

  it('can be removed, and is added once, after stop and after a second start', () => {
    const { realm, target, stops } = setUp();
    const [removed, again, third] = [vi.fn(), vi.fn(), vi.fn()];
    for (const listener of [removed, again, third]) target.addEventListener('shop', listener);
    stopAll(stops);
    target.removeEventListener('shop', removed);
    target.addEventListener('shop', again);
    wrapCallbacks(realm as unknown as Realm, createWrap(() => undefined).wrap);
    target.addEventListener('shop', again);
    target.removeEventListener('shop', third);
    target.dispatchEvent(new Event('shop'));
    expect([removed, again, third].map(({ mock }) => mock.calls.length)).toEqual([0, 1, 0]);
  });

  it('of a second copy of the reporter is wrapped by both, and each is told', () => {
    const { given, realm, target, thrown } = setUp();
    const second: unknown[] = [];
    wrapCallbacks(realm as unknown as Realm, createWrap((value) => second.push(value)).wrap);
    const callback = vi.fn(() => {
      throw 'once';
    });
    realm.setTimeout(callback);
    expect(given[0]?.[0]).toThrow('once');
    expect([callback.mock.calls.length, thrown, second]).toEqual([1, ['once'], ['once']]);
    const listener = vi.fn();
    target.addEventListener('shop', listener);
    target.removeEventListener('shop', listener);
    target.dispatchEvent(new Event('shop'));
    expect(listener).not.toHaveBeenCalled();
  });

  it('that is none is refused, or taken, as natively', () => {
    const { target } = setUp();
    const native = new EventTarget();
    const tried = (run: () => unknown): unknown => {
      try {
        return run();
      } catch (error) {
        return (error as Error).constructor;
      }
    };
    for (const wrong of [null, undefined, 'text', 5])
      for (const name of ['addEventListener', 'removeEventListener'] as const) {
        const add = (to: EventTarget) => () => Reflect.apply(to[name], to, ['shop', wrong]);
        expect(tried(add(target)), `${name} ${wrong}`).toBe(tried(add(native)));
      }
    const onNothing = (to: EventTarget) => () =>
      Reflect.apply(to.addEventListener, {}, ['shop', () => undefined]);
    expect(tried(onNothing(target))).toBe(tried(onNothing(native)));
  });
});

it('a realm whose prototypes are frozen stays as it is', () => {
  const realm = { ...OWN, EventTarget: class extends EventTarget {}, setTimeout: () => 1 };
  Object.freeze(realm.EventTarget.prototype);
  Object.freeze(realm);
  const { setTimeout } = realm;
  stopAll(wrapCallbacks(realm as unknown as Realm, createWrap(() => undefined).wrap));
  expect(realm.setTimeout).toBe(setTimeout);
});
