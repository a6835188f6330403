import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fakePlatform } from '../platform/platform.fixture.js';
import { createFlood, FLOOD_LIMIT, FLUSH_AFTER, MAX_DIFFERENT, REPEATS } from './flood.js';
import type { Occurrence } from './to-log.js';

const of = (message: string, more: Partial<Occurrence> = {}): Occurrence => ({
  id: message,
  time: 0,
  handled: false,
  exception: { type: 'Error', message, frames: [{ fileName: 'a.js', lineNumber: 1, columnNumber: 2 }] },
  ...more,
});

function setUp() {
  const platform = fakePlatform();
  const reported: Occurrence[] = [];
  const flood = createFlood(platform, (occurrence) => reported.push(occurrence));
  const admit = (occurrence: Occurrence, times = 1) => {
    for (let i = 0; i < times; i++) flood.admit(occurrence);
  };
  /** How many throws the reports stand for. */
  const told = () =>
    reported.reduce((sum, { properties }) => sum + 1 + Number(properties?.[REPEATS] ?? 0), 0);
  return { platform, flood, admit, reported, told };
}

describe('a flood of one error', () => {
  it('is reported one by one up to the limit', () => {
    const { admit, reported, platform } = setUp();
    admit(of('x'), FLOOD_LIMIT);
    expect(reported).toHaveLength(FLOOD_LIMIT);
    expect(reported.every(({ properties }) => !properties)).toBe(true);
    expect(platform.timers.size).toBe(0);
  });

  it('is counted beyond it, and told at each doubling', () => {
    const { admit, reported, told } = setUp();
    admit(of('x'), FLOOD_LIMIT * 8);
    expect(reported.slice(FLOOD_LIMIT).map(({ properties }) => properties?.[REPEATS])).toEqual([
      String(FLOOD_LIMIT - 1),
      String(FLOOD_LIMIT * 2 - 1),
      String(FLOOD_LIMIT * 4 - 1),
    ]);
    expect(told()).toBe(FLOOD_LIMIT * 8);
  });

  it('is told after a while, however slowly it goes on', async () => {
    const { admit, reported, told, platform } = setUp();
    admit(of('x'), FLOOD_LIMIT + 5);
    expect(reported).toHaveLength(FLOOD_LIMIT);
    await platform.tick(FLUSH_AFTER);
    expect(reported).toHaveLength(FLOOD_LIMIT + 1);
    expect(told()).toBe(FLOOD_LIMIT + 5);
    admit(of('x'));
    await platform.tick(FLUSH_AFTER);
    expect(reported.at(-1)?.properties).toBeUndefined();
    expect(told()).toBe(FLOOD_LIMIT + 6);
  });

  it.each(['pagehide', 'visibilitychange'])('is told at %s, and at stop', (type) => {
    const { admit, told, platform, flood } = setUp();
    admit(of('x'), FLOOD_LIMIT + 5);
    platform.dispatch(type);
    expect(told()).toBe(FLOOD_LIMIT + 5);
    admit(of('x'), 3);
    flood.stop();
    expect(told()).toBe(FLOOD_LIMIT + 8);
    expect(platform.timers.size).toBe(0);
    expect([...platform.listeners.values()].every((set) => set.size === 0)).toBe(true);
  });

  it('keeps the properties of the latest, all twenty that an app may give', () => {
    const { admit, reported, flood } = setUp();
    const properties = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`key ${i}`, 'v']));
    admit(of('x', { properties }), FLOOD_LIMIT + 2);
    flood.stop();
    const last = Object.entries(reported.at(-1)?.properties ?? {});
    expect(last[0]).toEqual([REPEATS, '1']);
    expect(last.slice(1)).toEqual(Object.entries(properties));
  });
});

it('tells errors apart by kind, words and place, and handled ones from crashes', () => {
  const { admit, reported } = setUp();
  admit(of('x'), FLOOD_LIMIT);
  admit(of('y'));
  admit(of('x', { handled: true }));
  admit(of('x', { exception: { type: 'TypeError', message: 'x' } }));
  admit(of('x', { exception: { type: 'Error', message: 'x', frames: [{ fileName: 'b.js' }] } }));
  expect(reported).toHaveLength(FLOOD_LIMIT + 4);
});

it('reports a thousand different errors thrown at once, and counts what comes beyond any reason', () => {
  const { admit, reported, told, flood } = setUp();
  for (let i = 0; i < MAX_DIFFERENT; i++) admit(of(`error ${i}`));
  expect(reported).toHaveLength(MAX_DIFFERENT);
  for (let i = 0; i < 50_000; i++) admit(of(`other ${i}`));
  expect(reported.length).toBeLessThan(MAX_DIFFERENT + FLOOD_LIMIT + 20);
  flood.stop();
  expect(told()).toBe(MAX_DIFFERENT + 50_000);
});

it('loses no throw, whatever comes in whatever order', () => {
  const step = fc.oneof(
    fc.record({ message: fc.constantFrom('a', 'b', 'c'), times: fc.nat(500) }),
    fc.constantFrom('pagehide', 'visibilitychange'),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const { admit, told, platform, flood } = setUp();
      let thrown = 0;
      for (const one of steps) {
        if (typeof one === 'string') platform.dispatch(one);
        else admit(of(one.message), one.times);
        thrown += typeof one === 'string' ? 0 : one.times;
      }
      flood.stop();
      expect(told()).toBe(thrown);
    }),
  );
});
