import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from './limits.js';
import { createRoom } from './room.js';

describe('the room for posts', () => {
  it('tells how many waited at once since it was asked last, also when they no longer do', async () => {
    const room = createRoom(DEFAULT_LIMITS);
    const ends: (() => void)[] = [];
    const wait = () => room.waiting(room.share(), () => new Promise<void>((end) => ends.push(end)), 10_000);
    const first = [wait(), wait(), wait()];
    for (const end of ends.splice(0)) end();
    await Promise.all(first);
    const one = wait();
    expect(room.most()).toBe(3);
    expect(room.most()).toBe(1);
    for (const end of ends.splice(0)) end();
    await one;
    expect(room.most()).toBe(1);
    expect(room.most()).toBe(0);
  });
});
