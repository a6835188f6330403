// Work of many senders, a few pieces at a time and each sender in turn: who sends much waits behind himself only.

export interface Turns {
  /**
   * Resolves when it is this sender's turn, with what to call when the work is done.
   * Undefined, at once, when the sender has too much waiting already, or too many senders have.
   */
  take(sender: string): Promise<() => void> | undefined;
}

interface Limits {
  /** Pieces of work at the same time. */
  readonly atOnce: number;
  /** Of one sender, under way and waiting. */
  readonly perSender: number;
  /** Senders with something under way or waiting. */
  readonly senders: number;
}

export function createTurns({ atOnce, perSender, senders }: Limits): Turns {
  let running = 0;
  const load = new Map<string, number>();
  /** Who waits, in the order of their turns. */
  const waiting = new Map<string, (() => void)[]>();

  function next(): void {
    const [first] = waiting;
    if (!first || running >= atOnce) return;
    const [sender, [begin, ...rest]] = first;
    waiting.delete(sender);
    if (rest.length > 0) waiting.set(sender, rest);
    running++;
    begin?.();
  }

  function done(sender: string): void {
    running--;
    const left = (load.get(sender) ?? 1) - 1;
    if (left > 0) load.set(sender, left);
    else load.delete(sender);
    next();
  }

  return {
    take(sender) {
      const mine = load.get(sender) ?? 0;
      if (mine >= perSender || (mine === 0 && load.size >= senders)) return undefined;
      load.set(sender, mine + 1);
      return new Promise((resolve) => {
        const begin = () => resolve(() => done(sender));
        waiting.set(sender, [...(waiting.get(sender) ?? []), begin]);
        next();
      });
    },
  };
}
