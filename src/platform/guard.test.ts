import { describe, expect, it, vi } from 'vitest';
import { createGuard } from './guard.js';
import { fakePlatform, settled } from './platform.fixture.js';

const fail = () => {
  throw new Error('ours');
};

describe('a guard', () => {
  it('lets nothing of ours out, at once or later', async () => {
    const guard = createGuard(fakePlatform(), false);
    expect(guard(fail)).not.toThrow();
    expect(guard(async () => fail())).not.toThrow();
    await settled();
  });

  it('lets nothing out where a page has broken promises: it would be reported, and that report would fail too', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const broken = vi.spyOn(Promise.prototype, 'then').mockImplementation(fail);
    createGuard(fakePlatform(), false)(async () => fail())();
    broken.mockRestore();
    await new Promise((resolve) => setTimeout(resolve));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  it('counts, and shows with debug', async () => {
    const platform = fakePlatform();
    const guard = createGuard(platform, true);
    guard(fail)();
    guard(async () => fail())();
    await settled();
    expect(platform.said).toEqual([
      ['internal error 1', new Error('ours')],
      ['internal error 2', new Error('ours')],
    ]);
    const quiet = fakePlatform();
    createGuard(quiet, false)(fail)();
    expect(quiet.said).toEqual([]);
  });

  it('does not loop where the page reports what is written to its console, or has broken it', () => {
    let calls = 0;
    const say = (): void => {
      calls += 1;
      again();
      throw new Error('a broken console');
    };
    const again = createGuard(fakePlatform({ say }), true)(fail);
    expect(again).not.toThrow();
    for (let i = 0; i < 1_000; i++) again();
    expect(calls).toBeLessThanOrEqual(50);
  });
});
