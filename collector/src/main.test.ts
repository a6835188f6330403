import type { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isBuilt } from './collector.fixture.js';
import type { Collector, CollectorOptions } from './main.js';
import { newFolder } from './store/sqlite/stores.fixture.js';

// The threads are tsc's output, so what starts them is too.
const BUILT = new URL('../../build/collector/src/main.js', import.meta.url).href;

let collector: Collector | undefined;
afterEach(async () => {
  await collector?.close();
  collector = undefined;
});

async function start(options: CollectorOptions): Promise<Collector> {
  const main = (await import(/* @vite-ignore */ BUILT)) as typeof import('./main.js');
  collector = await main.startCollector({ port: 0, ...options });
  return collector;
}

describe.skipIf(!isBuilt)('startCollector (needs build/: run "tsc -b" first)', () => {
  it('adds the first app and the first user once', async () => {
    const data = newFolder();
    const first = await start({ data, firstApp: 'Demo', adminPassword: 'correct horse' });
    expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(first.firstRun).toEqual({ user: 'admin', password: 'correct horse' });
    const apps = await first.apps();
    expect(apps).toMatchObject([{ name: 'Demo', secret: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
    await first.close();
    const second = await start({ data, firstApp: 'Other', adminPassword: 'other' });
    expect(second.firstRun).toBeUndefined();
    expect(await second.apps()).toEqual(apps);
  });

  it('answers what is under way when it is closed, and lets go of port and folder', async () => {
    const data = newFolder();
    const { url, apps, close } = await start({ data, firstApp: 'Demo' });
    const secret = (await apps())[0]?.secret ?? '';
    const log = { type: 'handledError', device: {}, exception: { type: 'Error' } };
    let send: (text: string) => void = () => {};
    let end = () => {};
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        send = (text) => controller.enqueue(new TextEncoder().encode(text));
        end = () => controller.close();
      },
    });
    const init = { method: 'POST', headers: { 'app-secret': secret }, body, duplex: 'half' };
    const answer = fetch(`${url}/logs`, init as RequestInit);
    send('{"logs":[');
    await new Promise((resolve) => setTimeout(resolve, 100));
    const closed = close();
    send(`${JSON.stringify(log)}]}`);
    end();
    const response = await answer;
    expect([response.status, await response.json()]).toMatchObject([
      200,
      { validDiagnosticsIds: [expect.any(String)] },
    ]);
    await closed;
    await expect(fetch(url)).rejects.toThrow();
    await start({ data });
  });

  it.each([0, 1])('says once that a thread of the store has died, and is not well (thread %i)', async (n) => {
    const threads: Worker[] = [];
    const onThread = (thread: Worker) => threads.push(thread);
    process.on('worker', onThread);
    const onDeath = vi.fn();
    const { url } = await start({ data: newFolder(), onDeath });
    process.off('worker', onThread);
    const health = async () => {
      const response = await fetch(`${url}/healthz`);
      return [response.status, await response.text()];
    };
    expect(await health()).toEqual([200, 'ok']);
    await threads[n]?.terminate();
    expect(await health()).toEqual([503, expect.stringMatching(/^The store .*\.$/)]);
    expect(onDeath.mock.calls).toEqual([[expect.objectContaining({ name: 'StoreError' })]]);
    // It cannot end in good order any more: there is nobody to let go of the folder.
    collector = undefined;
  });

  it('says once that the thread that digests has died, and takes what is posted', async () => {
    const threads: Worker[] = [];
    const onThread = (thread: Worker) => threads.push(thread);
    process.on('worker', onThread);
    const onDeath = vi.fn();
    const { url, apps, close } = await start({ data: newFolder(), firstApp: 'Demo', onDeath, log: () => {} });
    process.off('worker', onThread);
    await threads[2]?.terminate();
    const message = 'the thread "digest" has ended';
    expect(onDeath.mock.calls).toEqual([[expect.objectContaining({ message })]]);
    const [app] = await apps();
    const body = '{"logs":[{"type":"handledError","exception":{"type":"E"}}]}';
    const headers = { 'app-secret': app?.secret ?? '' };
    expect((await fetch(`${url}/logs`, { method: 'POST', headers, body })).status).toBe(200);
    await close();
  });

  it('does not call an end a death', async () => {
    const onDeath = vi.fn();
    const { close } = await start({ data: newFolder(), onDeath });
    await close();
    await new Promise(setImmediate);
    expect(onDeath).not.toHaveBeenCalled();
  });

  it('rejects with one sentence, and leaves nothing open', async () => {
    const data = newFolder();
    const first = await start({ data });
    const port = Number(new URL(first.url).port);
    const other = newFolder();
    await expect(start({ data: other, port })).rejects.toMatchObject({ name: 'StartError' });
    await expect(start({ data })).rejects.toMatchObject({ name: 'StoreError', code: 'busy' });
    await expect(start({ port: -1 })).rejects.toMatchObject({ name: 'SettingsError' });
    await first.close();
    await start({ data: other, port });
  });

  it('leaves nothing open when what it was given throws', async () => {
    const data = newFolder();
    const log = () => {
      throw new Error('no log today');
    };
    const limits = { freeBytes: Number.MAX_SAFE_INTEGER };
    await expect(start({ data, limits, log })).rejects.toThrow('no log today');
    await start({ data });
  });
});
