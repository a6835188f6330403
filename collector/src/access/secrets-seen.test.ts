import { describe, expect, it } from 'vitest';
import { createSecretsSeen } from './secrets-seen.js';

const [OLD, NEW] = ['0f3c8d1e-5b7a-4c2d-9e6f-1a2b3c4d5e6f', '99999999-5b7a-4c2d-9e6f-1a2b3c4d5e6f'];
const APP = { id: 7, name: 'Shop', secret: NEW, previousSecret: OLD, createdAt: 0 };

function createFixture() {
  const clock = { now: 100 };
  return { clock, seen: createSecretsSeen(() => clock.now) };
}

describe('the secrets that were seen', () => {
  it('are counted, each by how it begins, the latest first', () => {
    const { seen, clock } = createFixture();
    seen.note(OLD.toUpperCase());
    seen.note(undefined);
    clock.now = 200;
    seen.note(`{${OLD}}`);
    expect(seen.since).toBe(100);
    expect(seen.unknown()).toEqual([
      { start: '0f3c8d1e', posts: 2, lastAt: 200 },
      { start: '', posts: 1, lastAt: 100 },
    ]);
    expect(JSON.stringify(seen.unknown())).not.toContain('5b7a');
  });

  it('of clients are not forgotten for those that somebody tries', () => {
    const { seen } = createFixture();
    for (let n = 0; n < 500; n++) seen.note(OLD);
    for (let n = 0; n < 100; n++) seen.note(`${n}`.padStart(8, 'x').repeat(2));
    seen.note(OLD);
    expect(seen.unknown()[0]).toMatchObject({ start: '0f3c8d1e', posts: 501 });
  });

  it('that are short are not told whole', () => {
    const { seen } = createFixture();
    seen.note('hunter2');
    expect(seen.unknown()).toMatchObject([{ start: 'hun' }]);
  });

  it('of an app are told of that app’s rotation, and not of its next', () => {
    const { seen } = createFixture();
    expect(seen.old(APP)).toBeUndefined();
    seen.note(OLD, APP);
    seen.note(OLD.replaceAll('-', ''), APP);
    expect(seen.old(APP)).toEqual({ posts: 2, lastAt: 100 });
    expect(seen.old({ ...APP, previousSecret: NEW })).toBeUndefined();
    expect(seen.old({ id: 7, name: 'Shop', secret: NEW, createdAt: 0 })).toBeUndefined();
    expect(seen.unknown()).toEqual([]);
  });

  it('go on from those of before, under those that came meanwhile, and hold no secret', () => {
    const [{ seen: before }, { seen, clock }] = [createFixture(), createFixture()];
    before.note(OLD);
    before.note('f00dbabe-0000-4000-8000-000000000000');
    before.note(OLD, APP);
    clock.now = 300;
    const later = createSecretsSeen(() => 300);
    later.note(OLD);
    later.goOnFrom(before.counted());
    expect(later.since).toBe(100);
    expect(later.unknown()).toEqual([
      { start: '0f3c8d1e', posts: 2, lastAt: 300 },
      { start: 'f00dbabe', posts: 1, lastAt: 100 },
    ]);
    expect(later.old(APP)).toEqual({ posts: 1, lastAt: 100 });
    expect(JSON.stringify(later.counted())).not.toMatch(/5b7a|-0000-/);
    seen.goOnFrom(later.counted());
    expect(seen.counted()).toEqual(later.counted());
  });

  it('of more than 30 days ago are not told, and make room for others', () => {
    const { seen, clock } = createFixture();
    for (let n = 0; n < 20; n++) {
      const secret = `${n}`.padStart(8, 'x').repeat(2);
      seen.note(secret);
      seen.note(secret);
    }
    clock.now += 30 * 24 * 3600 * 1000;
    expect(seen.unknown()).toEqual([]);
    for (const secret of ['first-of-later', 'other-of-later']) seen.note(secret);
    expect(seen.unknown().map(({ start }) => start)).toEqual(['other-o', 'first-o']);
    expect(seen.counted().unknown.length).toBe(20);
  });

  it('are bounded: those that were not seen for long are forgotten', () => {
    const { seen } = createFixture();
    for (let n = 0; n < 100_000; n++) {
      seen.note(OLD);
      seen.note(`${n}`.padStart(8, 'x').repeat(1_000));
    }
    const unknown = seen.unknown();
    expect(unknown.length).toBe(20);
    expect(unknown.map(({ start }) => start)).toContain('0f3c8d1e');
    expect(Math.max(...unknown.map(({ start }) => start.length))).toBe(8);
  });
});
