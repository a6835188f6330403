import { expect, it, vi } from 'vitest';
import { openThread } from './open-thread.js';

/** A thread that runs `script` for each message; `shared` is one number that both see. */
async function threadOf(script: string, onDeath = vi.fn()) {
  const shared = new Int32Array(new SharedArrayBuffer(4));
  const text = `import { parentPort, workerData } from 'node:worker_threads';
    const shared = workerData.shared;
    parentPort.postMessage([{ ok: true }]);
    parentPort.on('message', (message) => { ${script} });`;
  const url = new URL(`data:text/javascript,${encodeURIComponent(text)}`);
  const thread = await openThread<string>(url, { data: { shared }, name: 'test', onDeath });
  return { thread, shared, onDeath };
}

it('a thread answers, and ends when it is told to', async () => {
  const { thread, onDeath } = await threadOf(`
    if (message === 'close') parentPort.close(); else parentPort.postMessage([{ ok: true, value: message }])`);
  expect(await thread.ask('hello')).toEqual([{ ok: true, value: 'hello' }]);
  await thread.end();
  await expect(thread.ask('more')).rejects.toMatchObject({ name: 'StoreError' });
  expect(onDeath).not.toHaveBeenCalled();
});

it.each([
  ['throws', 'throw new Error("no more")', 'the thread "test" failed: no more'],
  ['ends', 'process.exit()', 'the thread "test" has ended'],
])(
  'one that %s is told of once, refuses what was asked, and what is asked then',
  async (_, script, message) => {
    const { thread, onDeath } = await threadOf(script);
    await expect(thread.ask('a')).rejects.toMatchObject({ name: 'StoreError', message });
    await expect(thread.ask('b')).rejects.toMatchObject({ message });
    await thread.end();
    expect(onDeath.mock.calls).toEqual([[expect.objectContaining({ message })]]);
  },
);

it('one that is busy is left to itself, and what was asked is refused', async () => {
  const { thread, shared, onDeath } = await threadOf(`
    while (Atomics.load(shared, 0) === 0);
    parentPort.close()`);
  const asked = expect(thread.ask('a')).rejects.toMatchObject({ name: 'StoreError' });
  await thread.end(20);
  await asked;
  expect(Atomics.load(shared, 0)).toBe(0);
  Atomics.store(shared, 0, 1);
  expect(onDeath).not.toHaveBeenCalled();
});
