import { describe, expect, it } from 'vitest';
import { createThrottle } from './throttle.js';

function createFixture(crashesPerMinute: number) {
  const clock = { ticks: 0 };
  const throttle = createThrottle({ crashesPerMinute, errorsPerMinute: 1 }, () => clock.ticks);
  return { throttle, clock };
}

describe('a place in the minute', () => {
  it('is one for a log, however often it comes', () => {
    const { throttle, clock } = createFixture(2);
    const of = (...ids: string[]) => ids.map((id) => throttle(1).take('crash', id));
    expect(of('a', 'a', 'b', 'c', 'a')).toEqual([true, true, true, false, true]);
    expect(throttle(2).take('crash', 'c')).toBe(true);
    expect([throttle(1).take('error', 'a'), throttle(1).take('error', 'c')]).toEqual([true, false]);
    clock.ticks = 60_000;
    expect(of('c', 'd', 'a')).toEqual([true, true, false]);
  });

  it('is not had again without end: as many as are first may come again', () => {
    const { throttle, clock } = createFixture(3);
    const of = (...ids: string[]) => ids.map((id) => throttle(1).take('crash', id));
    expect(of('a', 'a', 'a', 'a', 'a', 'b', 'b')).toEqual([true, true, true, true, false, true, false]);
    clock.ticks = 60_000;
    expect(of('a', 'a')).toEqual([true, true]);
  });

  it('is given back by the post that took it, and by no other', () => {
    const { throttle } = createFixture(3);
    const [first, second] = [throttle(1), throttle(1)];
    for (const id of ['a', 'b']) first.take('crash', id);
    for (const id of ['a', 'c']) second.take('crash', id);
    expect(second.take('crash', 'd')).toBe(false);
    second.giveBack();
    second.giveBack();
    expect(['d', 'e', 'a'].map((id) => throttle(1).take('crash', id))).toEqual([true, false, true]);
  });

  it('that was of the last minute is not given back to this one', () => {
    const { throttle, clock } = createFixture(1);
    const late = throttle(1);
    late.take('crash', 'a');
    clock.ticks = 60_000;
    throttle(1).take('crash', 'b');
    late.giveBack();
    expect(throttle(1).take('crash', 'c')).toBe(false);
  });

  it('is counted also beyond the ids that are remembered', () => {
    const { throttle } = createFixture(10_002);
    const all = throttle(1);
    for (let n = 0; n < 10_001; n++) all.take('crash', `${n}`);
    const last = throttle(1);
    // Known no more, so that it takes another.
    expect(last.take('crash', '10000')).toBe(true);
    expect(last.take('crash', 'new')).toBe(false);
    last.giveBack();
    expect(['new', 'newer', '0'].map((id) => last.take('crash', id))).toEqual([true, false, true]);
    all.giveBack();
    for (let n = 0; n < 10_001; n++) expect(last.take('crash', `again ${n}`)).toBe(true);
    expect(last.take('crash', 'one more')).toBe(false);
  });
});
