import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fault, MAX_DEPTH } from './checks.js';
import { LOG_TYPES } from './logs.js';

const frame = { className: 'A', methodName: 'b', fileName: 'c.js', lineNumber: 1, columnNumber: 2 };
const binary = { id: 'i', startAddress: '0x1', endAddress: '0x2', name: 'n', path: 'p' };
const device = {
  ...{ sdkName: 's', sdkVersion: '1', osName: 'o', osVersion: '1', locale: 'de' },
  ...{ timeZoneOffset: 60, appVersion: '1', appBuild: '1' },
};
const id = 'BCA65F46-46EE-451B-83BB-2E358C3F45BF';

/** Enough of every field that it is right as every type of log. */
const log = {
  ...{ timestamp: '2026-11-23T10:00:00.000Z', id, sid: id, userId: 'u', device, errorId: id, data: 'TURN' },
  ...{ processId: 1, processName: 'p', fatal: true, primaryArchitectureId: 1, applicationPath: '/' },
  ...{ osExceptionType: 'S', osExceptionCode: '0', osExceptionAddress: '0x0', contentType: 'text/plain' },
  exception: { type: 'E', frames: [frame, frame], innerExceptions: [{ type: 'F', frames: [] }] },
  threads: [{ id: 1, frames: [frame] }],
  binaries: [binary],
  breadcrumbs: [{ at: 1, kind: 'k', text: 't', data: { a: 'b' } }],
  ...{ name: 'n', services: ['a'], distributionGroupId: id, pushToken: 't' },
  typedProperties: [{ type: 'string', name: 'n', value: 1 }],
};
const PROPERTIES = { customProperties: [{ type: 'clear', name: 'a' }] } as const;

const odd = fc.oneof(
  fc.constantFrom(null, undefined, '', 'x'.repeat(300), 1.5, -1, 1e20, true, {}, [], [[]], { frames: [7] }),
  fc.jsonValue(),
);

/** Puts `item` where the numbers lead: a field of a field, or the object itself. */
function spoiled(value: unknown, way: readonly number[], item: unknown): unknown {
  const [first, ...rest] = way;
  if (first === undefined || typeof value !== 'object' || value === null) return item;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  const keys = Object.keys(copy);
  const key = keys[first % (keys.length + 1)] ?? 'stranger';
  return Object.assign(copy, { [key]: spoiled((copy as Record<string, unknown>)[key], rest, item) });
}

describe('whether a value holds', () => {
  it.each([...LOG_TYPES])('is what looking for faults says: %s', (type, check) => {
    const right = { ...log, type, properties: PROPERTIES[type as keyof typeof PROPERTIES] ?? { a: 'b' } };
    expect(check.holds(right)).toBe(true);
    const faultsOf = (value: unknown) => {
      const faults: Fault[] = [];
      check(value, 'x', faults);
      return faults.length;
    };
    const way = fc.array(fc.nat(40), { minLength: 1, maxLength: 5 });
    let wrong = 0;
    fc.assert(
      fc.property(way, odd, (numbers, item) => {
        const value = spoiled(right, numbers, item);
        if (!check.holds(value)) wrong++;
        expect(check.holds(value)).toBe(faultsOf(value) === 0);
      }),
      { numRuns: 500, seed: 7 },
    );
    // Neither always nor never: else nothing was compared.
    expect(wrong).toBeGreaterThan(20);
    expect(wrong).toBeLessThan(480);
  });

  it('is asked as deep as faults are looked for, also after it was too deep', () => {
    const nested = (depth: number): unknown =>
      depth === 0 ? { type: 'E' } : { type: 'E', innerExceptions: [nested(depth - 1)] };
    const check = LOG_TYPES.get('handledError');
    const holds = (depth: number) => check?.holds({ type: 'handledError', device, exception: nested(depth) });
    expect([holds(MAX_DEPTH), holds(MAX_DEPTH + 1), holds(MAX_DEPTH)]).toEqual([true, false, true]);
  });

  it('may have a key named __proto__', () => {
    const text = JSON.stringify({ type: 'handledError', device, exception: { type: 'E' } });
    const value: unknown = JSON.parse(text.replace('{', '{"__proto__":{"id":1},'));
    expect(LOG_TYPES.get('handledError')?.holds(value)).toBe(true);
  });
});
