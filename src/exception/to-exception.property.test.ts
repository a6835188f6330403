// Whatever is thrown, there is a report, it is one the wire takes, and to make it costs a bounded number of steps.
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultsOfLog } from '../wire/index.js';
import { MAX_LOG, toFittingJson } from './fit.js';
import { toException } from './to-exception.js';

const refuse = () => {
  throw new Error('refused');
};

const revoked = (target: object): object => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};

const far = (code: string): unknown => runInNewContext(code);

const FIELDS = [
  'name',
  'message',
  'stack',
  'cause',
  'errors',
  'error',
  'suppressed',
  'reason',
  'constructor',
];
const KEYS = [...FIELDS, 'toString', 'toJSON', 'nodeName', 'id', 'length', '__proto__', 'a', 'b'];

/** Makes a value of given ones: `own` has fields of its own, any of them a getter that throws. */
const MAKE: readonly ((own: Record<string, unknown>, inner: unknown[]) => unknown)[] = [
  (own) => own,
  (own) => Object.freeze(own),
  (own) => Object.assign(Object.create(null), { ...own }),
  (own) => Object.create(own),
  (own) => new Proxy(own, {}),
  (own) => revoked(own),
  (own) => new Proxy(own, { get: refuse }),
  (own) => new Proxy(own, { ownKeys: refuse, getPrototypeOf: refuse }),
  (own) => Object.defineProperties(new TypeError('made'), Object.getOwnPropertyDescriptors(own)),
  (own) =>
    Object.defineProperties(far('new RangeError("far")') as object, Object.getOwnPropertyDescriptors(own)),
  (own) => Object.defineProperties(new Error('frozen'), Object.getOwnPropertyDescriptors(own)),
  (own) => Object.setPrototypeOf(new Error('bare'), own),
  (own) => Object.freeze(Object.assign(new Error('cyclic'), own, { cause: own })),
  (_, inner) => inner,
  (_, inner) => new AggregateError(inner, 'all'),
  (_, inner) => new Error('x', { cause: inner[0] }),
  (_, inner) => ({ error: inner[0], reason: inner[1] }),
  (_, inner) => new Map(inner.map((one) => [one, one])),
  (_, inner) => new Set(inner),
  (_, inner) => new Event(String(typeof inner[0])),
];

const leaf = fc.oneof(
  fc.anything({ withBigInt: true, withNullPrototype: true, withTypedArray: true, withDate: true }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc
    .tuple(fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }), fc.nat(30_000))
    .map(([a, n]) => a.repeat(n)),
  fc.constantFrom<unknown>(
    undefined,
    null,
    Symbol('s'),
    () => 1,
    new Array(4_294_967_295),
    new Uint8Array(1e6),
    new DOMException('x', 'AbortError'),
  ),
);

/** Makes the value: fast-check itself trips over a revoked Proxy. */
type Make = () => unknown;

const { value } = fc.letrec<{ value: Make }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'value' },
    leaf.map((one) => () => one),
    fc
      .record({
        make: fc.constantFrom(...MAKE),
        fields: fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 4 }),
        throwing: fc.subarray(KEYS, { maxLength: 2 }),
        inner: fc.array(tie('value'), { maxLength: 4 }),
        cyclic: fc.boolean(),
      })
      .map(({ make, fields, throwing, inner, cyclic }) => () => {
        const own: Record<string, unknown> = {};
        for (const [key, field] of Object.entries(fields))
          Object.defineProperty(own, key, { value: field(), enumerable: true, configurable: true });
        for (const key of throwing)
          Object.defineProperty(own, key, { get: refuse, enumerable: true, configurable: true });
        if (cyclic) Object.defineProperty(own, 'self', { value: own, enumerable: true });
        try {
          return make(
            own,
            inner.map((one) => one()),
          );
        } catch {
          return own;
        }
      }),
  ),
}));

const device = {
  sdkName: 'crashpost',
  sdkVersion: '1',
  osName: 'x',
  osVersion: '1',
  locale: 'en',
  timeZoneOffset: 0,
  appVersion: '1',
  appBuild: '1',
};

const jsonOf = (thrown: unknown): string =>
  toFittingJson({
    ...{ type: 'handledError', id: '00000000-0000-4000-8000-000000000000', device },
    exception: toException({ value: thrown, handled: true }),
  });

describe('anything thrown', () => {
  it('becomes a log that the wire takes', () => {
    fc.assert(
      fc.property(value, (make) => {
        const json = jsonOf(make());
        expect(new TextEncoder().encode(json).length).toBeLessThanOrEqual(MAX_LOG);
        const log = JSON.parse(json);
        expect(faultsOfLog(log)).toEqual([]);
        expect(log.exception.type).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });
});

/** Counts what is asked of a value, however deep: each answer is counted as well. */
function counted<T extends object>(target: T): { proxy: T; steps: () => number } {
  let steps = 0;
  const known = new WeakMap<object, object>();
  const wrap = (one: unknown): unknown => {
    if (typeof one !== 'object' || !one) return one;
    const proxy = known.get(one) ?? new Proxy(one, handler);
    known.set(one, proxy);
    return proxy;
  };
  const handler: ProxyHandler<object> = Object.fromEntries(
    Object.getOwnPropertyNames(Reflect).map((trap) => [
      trap,
      (...args: unknown[]) => {
        steps += 1;
        const answer = (Reflect[trap as 'get'] as (...args: unknown[]) => unknown)(...args);
        return trap === 'get' ? wrap(answer) : answer;
      },
    ]),
  );
  return { proxy: wrap(target) as T, steps: () => steps };
}

/** Fields asked for, at most, whatever is thrown: a few times the 8,192 that are shown. */
const MAX_STEPS = 100_000;

describe('the work', () => {
  const wide = () => Object.fromEntries(Array.from({ length: 300_000 }, (_, i) => [`key${i}`, i]));
  const deep = () => {
    let made: object = {};
    for (let i = 0; i < 50_000; i++) made = { made, cause: made, error: made };
    return made;
  };
  const bushy = (depth: number): object =>
    depth ? Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`b${i}`, bushy(depth - 1)])) : {};

  it.each<[string, () => object]>([
    ['a wide object', wide],
    ['a deep one', deep],
    ['a graph of 240,000', () => bushy(5)],
    ['a long list', () => Array.from({ length: 1_000_000 }, (_, i) => i)],
    [
      'fields that are not shown',
      () => Object.fromEntries(Array.from({ length: 300_000 }, (_, i) => [i, undefined])),
    ],
    [
      'children without end',
      () => ({ errors: Array(1_000_000).fill({ message: 'm', stack: 's' }), message: '', stack: 's' }),
    ],
    [
      'the same child a million times',
      () => {
        const child = { message: 'm', stack: 's' };
        return { errors: Array(1_000_000).fill(child), message: '', stack: 's' };
      },
    ],
    ['a message that is all that', () => ({ message: wide(), stack: 's' })],
  ])('of %s is bounded', (_, make) => {
    const { proxy, steps } = counted(make());
    toException({ value: proxy, handled: false });
    expect(steps()).toBeGreaterThan(1);
    expect(steps()).toBeLessThan(MAX_STEPS);
  });

  it('is counted right: all of a small value is asked for', () => {
    const { proxy, steps } = counted({ a: 1, b: { c: [1, 2, 3] } });
    expect(toException({ value: proxy, handled: false }).message).toBe('{"a":1,"b":{"c":[1,2,3]}}');
    expect(steps()).toBeGreaterThan(6);
  });
});
