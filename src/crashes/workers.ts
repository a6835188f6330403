import { type Kept, toKept } from '../log/kept.js';
import type { Platform } from '../platform/platform.js';
import type { Queue } from '../queue/open-queue.js';
import type { Target } from '../wire/index.js';

/** Keeps where to post, and as whom, and by which options, for the reporters in workers. Rejects where the disk refuses. */
export async function keepForWorkers(
  { platform, settings }: { readonly platform: Platform; readonly settings: Pick<Kept, 'ignore'> },
  { queue, target }: { readonly queue: Queue; readonly target: Target },
): Promise<void> {
  const kept = toKept(platform, target, settings);
  // Undefined in a worker.
  if (kept) await queue.use((database) => database.putKept(kept));
}
