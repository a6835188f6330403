// For tests: digests made in this thread, where TypeScript can be loaded.
import type { Store } from '../store/store.js';
import { type Digests, digestOf } from './digests.js';

export const digestHere = (store: Pick<Store, 'undigested'>): Digests => ({
  async next(limit) {
    const made = (await store.undigested(limit)).map(digestOf);
    const digests = made.map(([digest]) => digest);
    return { digests, more: digests.length > 0, faults: made.flatMap(([, faults]) => faults) };
  },
  close: async () => {},
});
