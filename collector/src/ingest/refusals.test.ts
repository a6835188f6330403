import { describe, expect, it } from 'vitest';
import type { RefusedLogs, RefusedSample } from '../store/store.js';
import { createRefusals } from './refusals.js';

const sample = (reason: string, at: number): RefusedSample => {
  return { reason, at, installId: 'i', logId: 'l', type: 't', fault: 'f' };
};

function createFixture(everyMs = 5) {
  const kept: RefusedLogs[][] = [];
  const lines: string[] = [];
  const state = { fail: false };
  const keepRefused = async (refused: readonly RefusedLogs[]) => {
    if (state.fail) throw new Error('full');
    kept.push([...refused]);
  };
  const refusals = createRefusals({ store: { keepRefused }, log: (line) => void lines.push(line), everyMs });
  return { refusals, kept, lines, state };
}

describe('what was refused', () => {
  it('is counted by app and reason, and handed over together, once', async () => {
    const { refusals, kept } = createFixture();
    refusals.note(1, [sample('A', 1), sample('B', 2)]);
    refusals.note(2, [sample('A', 3)]);
    refusals.note(1, [sample('A', 4)]);
    refusals.note(3, []);
    expect(kept).toEqual([]);
    while (kept.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    await refusals.close();
    expect(kept).toEqual([
      [
        {
          appId: 1,
          counts: [
            { reason: 'A', logs: 2, lastAt: 4 },
            { reason: 'B', logs: 1, lastAt: 2 },
          ],
          samples: [sample('A', 1), sample('B', 2), sample('A', 4)],
        },
        { appId: 2, counts: [{ reason: 'A', logs: 1, lastAt: 3 }], samples: [sample('A', 3)] },
      ],
    ]);
  });

  it('is handed over at the end, and bounded: of a flood twenty are told, and none at length', async () => {
    const { refusals, kept } = createFixture(60_000);
    for (let n = 0; n < 1000; n++) refusals.note(1, [{ ...sample('A', n), fault: 'x'.repeat(1e4) }]);
    await refusals.close();
    const [[of] = []] = kept;
    expect(of?.counts).toEqual([{ reason: 'A', logs: 1000, lastAt: 999 }]);
    expect(of?.samples.length).toBe(20);
    expect(of?.samples[0]?.fault.length).toBe(300);
  });

  it('that cannot be stored is told, and the next is handed over', async () => {
    const { refusals, kept, lines, state } = createFixture(60_000);
    state.fail = true;
    refusals.note(1, [sample('A', 1)]);
    await refusals.close();
    expect(lines).toEqual(['the counts of what was refused could not be stored']);
    state.fail = false;
    refusals.note(1, [sample('A', 2)]);
    await refusals.close();
    expect(kept.length).toBe(1);
  });
});
