import type { Platform } from './platform.js';

/**
 * What `work` resolves with, begun in the caller's task; rejects when it rejects, or has not settled after `ms`
 * milliseconds. Not with `race`, which asks the page's own `then`: where that throws, nobody takes what `work` rejects
 * with.
 */
export async function within<T>({ later }: Platform, ms: number, work: () => Promise<T>): Promise<T> {
  let cancel = () => {};
  try {
    return await new Promise((resolve, reject) => {
      cancel = later(() => reject(new Error('does not answer')), ms);
      const settle = async () => {
        try {
          resolve(await work());
        } catch (error) {
          reject(error);
        }
      };
      settle();
    });
  } finally {
    cancel();
  }
}
