// Digests as they are made beside a running collector: in a thread, from what is on the disk.
import { existsSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { openInProcess } from '../store/sqlite/in-process.fixture.js';
import { deliveryOf, idOf, keepNow, logOf, newFolder, withApp } from '../store/sqlite/stores.fixture.js';
import { createDigester } from './digester.js';

// A thread cannot load TypeScript: it is tsc's output.
const built = new URL('../../../build/collector/src/digest/open-digests.js', import.meta.url);

async function open(folder: string) {
  const { openDigests } = (await import(/* @vite-ignore */ built.href)) as typeof import('./open-digests.js');
  const onDeath = vi.fn();
  return { digests: await openDigests(folder, onDeath), onDeath };
}

const typed = (n: number) => logOf(n, { json: `{"type":"managedError","exception":{"type":"E${n}"}}` });

describe.skipIf(!existsSync(built))('the thread that digests (needs build/: run "tsc -b" first)', () => {
  it('digests what was unpacked, the oldest first, and tells whether that was all', async () => {
    const folder = newFolder();
    const store = await withApp(openInProcess, folder);
    const { digests, onDeath } = await open(folder);
    expect(await digests.next(9)).toEqual({ digests: [], faults: [], more: false });
    await keepNow(store, deliveryOf([typed(2), typed(1), logOf(3, { json: '{' })]));
    const first = await digests.next(2);
    expect(first).toMatchObject({ faults: [], more: true });
    expect(first.digests.map(({ exceptionType }) => exceptionType)).toEqual(['E2', 'E1']);
    await store.keepDigests(first.digests);
    const last = await digests.next(2);
    expect(last).toMatchObject({ digests: [{ reportId: idOf(3), exceptionType: 'Unreadable report' }] });
    expect(last.more).toBe(false);
    await digests.close();
    await expect(digests.next(1)).rejects.toMatchObject({ name: 'StoreError' });
    expect(onDeath).not.toHaveBeenCalled();
    await store.close();
  });

  it('is heard by the digester, which groups what came in the meantime', async () => {
    const folder = newFolder();
    const store = await withApp(openInProcess, folder);
    const { digests } = await open(folder);
    const digester = createDigester({ store, digests, log: expect.unreachable });
    for (let n = 0; n < 250; n++) await store.keep(deliveryOf([typed(n % 200)]));
    digester.wake();
    await digester.settled();
    expect((await store.groups(1, { limit: 500 })).map(({ reports }) => reports)).toEqual(Array(200).fill(1));
    await store.keep(deliveryOf([typed(300)]));
    digester.wake();
    await digester.look();
    expect(await store.groups(1, { limit: 500 })).toHaveLength(201);
    await digester.stop();
    await store.close();
  });

  it('cannot be opened where no store was', async () => {
    const { openDigests } = (await import(
      /* @vite-ignore */ built.href
    )) as typeof import('./open-digests.js');
    await expect(openDigests(newFolder(), () => {})).rejects.toMatchObject({ name: 'StoreError' });
  });
});
