import { describe, expect, it } from 'vitest';
import { toEntry } from '../queue/log-store.js';
import { toEvicted } from './evict.js';

const NOW = Date.parse('2026-11-23T10:00:00Z');
const DAY = 86_400_000;

let made = 0;
/** The key of a log of `size` bytes, put `days` days ago. */
const key = (kind: 'handled' | 'fatal', days: number, size = 100) => {
  const id = `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`;
  return toEntry(NOW - days * DAY, { id, handled: kind === 'handled' }, 'x'.repeat(size)).key;
};

describe('what is given up', () => {
  it('is nothing while there is room', () => {
    const keys = [key('fatal', 3), key('handled', 2), key('fatal', 1)];
    expect(toEvicted(keys, NOW, 300)).toEqual({ age: [], room: [] });
  });

  it('is the oldest handled errors first, then the oldest crashes, and no more than it takes', () => {
    const [fatal3, handled2, fatal1, handled0] = [
      key('fatal', 3),
      key('handled', 2),
      key('fatal', 1),
      key('handled', 0),
    ];
    const keys = [fatal3, handled2, fatal1, handled0];
    expect(toEvicted(keys, NOW, 399).room).toEqual([handled2]);
    expect(toEvicted(keys, NOW, 299).room).toEqual([handled2, handled0]);
    expect(toEvicted(keys, NOW, 199).room).toEqual([handled2, handled0, fatal3]);
    expect(toEvicted(keys, NOW, 0).room).toHaveLength(4);
  });

  it('is what is older than 25 days, whatever it is, and that makes room', () => {
    const [old, older, young] = [key('fatal', 25.1), key('handled', 26), key('handled', 24.9)];
    expect(toEvicted([older, old, young], NOW, 100)).toEqual({ age: [older, old], room: [] });
  });

  it('counts bytes, not logs', () => {
    const [large, small] = [key('handled', 2, 900), key('handled', 1, 10)];
    expect(toEvicted([large, small], NOW, 100).room).toEqual([large]);
  });
});
