import { expect, it } from 'vitest';
import type { Realm } from '../platform/platform.js';
import { raiseStackLimit } from './stack-limit.js';

const realmOf = (errors: object) => ({ Error: errors }) as unknown as Realm;

it('raises a lower limit, and puts it back', () => {
  const errors = { stackTraceLimit: 10 };
  const stop = raiseStackLimit(realmOf(errors));
  expect(errors.stackTraceLimit).toBe(50);
  stop();
  expect(errors.stackTraceLimit).toBe(10);
});

it('leaves what the page sets after it', () => {
  const errors = { stackTraceLimit: 10 };
  const stop = raiseStackLimit(realmOf(errors));
  errors.stackTraceLimit = 20;
  stop();
  expect(errors.stackTraceLimit).toBe(20);
});

it.each([100, 50, Number.POSITIVE_INFINITY, Number.NaN, '10', undefined, null])('leaves %s', (limit) => {
  const errors = { stackTraceLimit: limit };
  const stop = raiseStackLimit(realmOf(errors));
  expect(errors.stackTraceLimit).toBe(limit);
  stop();
  expect(errors.stackTraceLimit).toBe(limit);
});

it('adds no limit where there is none, and breaks on no frozen one', () => {
  const none = {};
  raiseStackLimit(realmOf(none))();
  expect(none).toEqual({});
  const frozen = Object.freeze({ stackTraceLimit: 10 });
  raiseStackLimit(realmOf(frozen))();
  expect(frozen.stackTraceLimit).toBe(10);
});
