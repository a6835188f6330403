// Stands beside digest-thread.js, in the sources, in tsc's output and in the bundle: the URL below is relative.
import { resolve } from 'node:path';
import { unwrap } from '../store/sqlite/calls.js';
import { openThread } from '../store/sqlite/open-thread.js';
import type { StoreError } from '../store/store.js';
import type { Digests, Round } from './digests.js';

const THREAD = new URL('./digest-thread.js', import.meta.url);

/** How long the report it is at may take when it is told to end. Milliseconds. */
const END_MS = 1_000;

export interface DigestThreadData {
  readonly folder: string;
}

/** To the thread. */
export type ToDigestThread = { readonly limit: number } | 'close';

/**
 * Starts the thread that digests what is in `folder`, where a store has been opened before.
 * @param onDeath told once when it ends that was not asked to: from then on `next` only rejects.
 * Rejects with `StoreError`.
 */
export async function openDigests(folder: string, onDeath: (error: StoreError) => void): Promise<Digests> {
  const data: DigestThreadData = { folder: resolve(folder) };
  const thread = await openThread<ToDigestThread>(THREAD, { data, name: 'digest', onDeath });
  return {
    async next(limit) {
      const [reply] = await thread.ask({ limit });
      if (!reply) throw new TypeError('the thread that digests gave no reply');
      return unwrap(reply) as Round;
    },
    close: () => thread.end(END_MS),
  };
}
