import type { ClockSeen } from '../upkeep.js';
import type { Reads, Writes } from './calls.js';
import type { Connection } from './connection.js';

export function clockReads(db: Connection): Pick<Reads, 'clockSeen'> {
  const seen = db.prepare<Omit<ClockSeen, 'jumps'> & { jumps: string }>('SELECT wall, ran, jumps FROM clock');
  return {
    clockSeen: () =>
      seen.all().map(({ jumps, ...row }) => ({ ...row, jumps: JSON.parse(jumps) as ClockSeen['jumps'] }))[0],
  };
}

export function createKeepClock(db: Connection): Pick<Writes, 'keepClock'> {
  const put = db.prepare('INSERT OR REPLACE INTO clock (one, wall, ran, jumps) VALUES (1, ?, ?, ?)');
  // Ticks have fractions, the columns do not.
  const whole = Math.round;
  return {
    keepClock:
      ({ wall, ran, jumps }) =>
      () => {
        const text = JSON.stringify(jumps.map(({ size, at }) => ({ size: whole(size), at: whole(at) })));
        put.run(whole(wall), whole(ran), text);
      },
  };
}
