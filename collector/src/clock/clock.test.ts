import { describe, expect, it } from 'vitest';
import type { ClockSeen } from '../store/upkeep.js';
import { createClock } from './clock.js';

const HOUR = 3600 * 1000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2027, 0, 1);

/** A machine that can be turned off, with what its store remembers. */
function createMachine() {
  let seen: ClockSeen | undefined;
  const time = { wall: NOW, ticks: 0 };
  const said: string[] = [];
  const store = {
    clockSeen: async () => seen,
    keepClock: async (next: ClockSeen) => {
      seen = next;
    },
  };
  const parts = { store, keepDays: 90, log: (text: string) => void said.push(text) };
  const start = () => createClock({ ...parts, wall: () => time.wall, ticks: () => time.ticks });
  let clock = start();
  return {
    said,
    run: async (ms: number) => {
      time.wall += ms;
      time.ticks += ms;
      return clock.look();
    },
    set: (wall: number) => {
      time.wall = wall;
    },
    restart: () => {
      time.ticks = 0;
      clock = start();
    },
  };
}

describe('the clock', () => {
  it('is nothing to go by before it is set, and that is said once', async () => {
    const machine = createMachine();
    machine.set(1000);
    expect([await machine.run(HOUR), await machine.run(HOUR)]).toEqual([undefined, undefined]);
    machine.set(NOW);
    expect(await machine.run(HOUR)).toEqual({ now: NOW + HOUR, isSteady: true });
    expect(machine.said).toEqual([
      'the clock says 1970-01-01, which is past: nothing is removed until it is set',
      'the clock is believed again',
    ]);
  });

  it('does not believe a jump for a day, over restarts, and says so once', async () => {
    const machine = createMachine();
    await machine.run(HOUR);
    machine.set(NOW + 400 * DAY);
    expect(await machine.run(HOUR)).toEqual({ now: NOW + 2 * HOUR, isSteady: false });
    await machine.run(HOUR);
    expect(machine.said).toEqual([
      'the clock has jumped to 2028-02-05: it is believed after 24 hours; until then what is old is removed as of 2027-01-01',
    ]);
    machine.restart();
    expect(await machine.run(HOUR)).toMatchObject({ isSteady: false });
    for (let n = 0; n < 22; n++) await machine.run(HOUR);
    expect(await machine.run(0)).toEqual({ now: NOW + 400 * DAY + 25 * HOUR, isSteady: true });
    expect(machine.said.at(-1)).toBe('the clock is believed again');
  });

  it('does not believe one that it finds at a start either', async () => {
    const machine = createMachine();
    await machine.run(HOUR);
    machine.restart();
    machine.set(NOW + 400 * DAY);
    expect(await machine.run(60_000)).toMatchObject({ now: NOW + HOUR, isSteady: false });
    for (let n = 0; n < 23; n++) expect(await machine.run(HOUR)).toMatchObject({ isSteady: false });
    machine.set(NOW + 25 * HOUR);
    expect(await machine.run(0)).toEqual({ now: NOW + 25 * HOUR, isSteady: true });
  });
});
