import type { Platform } from './platform.js';

/** What `work` gives. Rejects where that takes longer than `ms`; what it still does then is nobody's concern. */
export function within<T>({ later }: Platform, ms: number, work: () => Promise<T>): Promise<T> {
  // Not with `race`, which asks the page's own `then`: where that throws, nobody takes what `work` rejects with.
  return new Promise((resolve, reject) => {
    const cancel = later(() => reject(new Error(`no answer within ${ms} ms`)), ms);
    const settle = async () => {
      try {
        resolve(await work());
      } catch (error) {
        reject(error);
      } finally {
        cancel();
      }
    };
    settle();
  });
}
