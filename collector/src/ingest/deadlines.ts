// One timer for all that is waited for: of three for each post nearly every one was cleared unused.

interface Wait {
  /** By `performance.now()`; it may move on, but not back. */
  readonly dueAt: () => number;
  readonly giveUp: () => void;
}

/** Longer ones would be none: node:timers takes 32 bits. Milliseconds. */
const MAX_MS = 2 ** 31 - 1;

const waits = new Set<Wait>();
let timer: NodeJS.Timeout | undefined;
let lookAt = Number.POSITIVE_INFINITY;

/**
 * Settles as `work` does, or rejects with `late()` when it is due before that: the work goes on. Keeps no process alive.
 * @param dueAt by `performance.now()`; what it says may move on meanwhile, but not back.
 */
export function within<T>(
  work: Promise<T>,
  { dueAt, late }: { dueAt: () => number; late: () => Error },
): Promise<T> {
  return new Promise((resolve, reject) => {
    const wait = { dueAt, giveUp: () => reject(late()) };
    waits.add(wait);
    lookNoLaterThan(dueAt());
    work.then(
      (value) => {
        waits.delete(wait);
        resolve(value);
      },
      (error: unknown) => {
        waits.delete(wait);
        reject(error);
      },
    );
  });
}

function lookNoLaterThan(at: number): void {
  if (at >= lookAt) return;
  clearTimeout(timer);
  lookAt = at;
  timer = setTimeout(look, Math.min(Math.max(1, at - performance.now()), MAX_MS)).unref();
}

function look(): void {
  const now = performance.now();
  let next = Number.POSITIVE_INFINITY;
  for (const wait of waits) {
    const due = wait.dueAt();
    if (due > now) next = Math.min(next, due);
    else {
      waits.delete(wait);
      wait.giveUp();
    }
  }
  lookAt = Number.POSITIVE_INFINITY;
  lookNoLaterThan(next);
}
