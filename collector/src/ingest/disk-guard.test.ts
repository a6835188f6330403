import { tmpdir } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { createDiskGuard, type DiskGuard } from './disk-guard.js';

const MIB = 1024 * 1024;
let guard: DiskGuard | undefined;
afterEach(() => guard?.close());

async function createFixture(first: number) {
  const lines: string[] = [];
  const state = { free: first, asked: 0, fail: false };
  const free = async () => {
    state.asked++;
    if (state.fail) throw new Error('no such call');
    return state.free;
  };
  const log = (line: string) => void lines.push(line);
  guard = await createDiskGuard({ folder: '/data', freeBytes: 256 * MIB, log, free, everyMs: 1 });
  const again = async () => {
    const { asked } = state;
    while (state.asked < asked + 2) await new Promise((resolve) => setTimeout(resolve, 1));
  };
  return { guard, lines, state, again };
}

describe('the guard of the disk', () => {
  it('knows from the start, and puts posts off until there is room again', async () => {
    const { guard, lines, state, again } = await createFixture(255.5 * MIB);
    expect(guard.pressure()).toBe('the disk is nearly full');
    await again();
    state.free = 256 * MIB;
    await again();
    expect(guard.pressure()).toBeUndefined();
    await again();
    expect(lines).toEqual([
      'posts are put off: 255 MiB are free on the disk of /data, 256 must stay so',
      'posts are taken again: 256 MiB are free on the disk of /data',
    ]);
  });

  it('stops nobody where the system does not tell, and says so once', async () => {
    const { guard, lines, state, again } = await createFixture(0);
    state.fail = true;
    await again();
    await again();
    expect(guard.pressure()).toBeUndefined();
    expect(lines.slice(1)).toEqual(['how much of the disk of /data is free is not known']);
  });

  it('asks this system', async () => {
    const parts = { folder: tmpdir(), log: expect.unreachable };
    guard = await createDiskGuard({ ...parts, freeBytes: 1 });
    expect(guard.pressure()).toBeUndefined();
    guard.close();
    const lines: string[] = [];
    const log = (line: string) => void lines.push(line);
    guard = await createDiskGuard({ ...parts, log, freeBytes: Number.MAX_SAFE_INTEGER });
    expect(guard.pressure()).toBe('the disk is nearly full');
    expect(lines.length).toBe(1);
  });
});
