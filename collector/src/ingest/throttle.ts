/** What is counted apart, as App Center did. Attachments are not counted: each belongs to a report that was. */
export type Kind = 'crash' | 'error';

/** What one post takes of what its app may send in this minute. */
export interface Places {
  /**
   * Takes a place for a log; false when there is none left. A log that has one in this minute needs none of those: it
   * came again because its client has not heard that it is kept. For such there are as many places again, and no more:
   * a client in a loop may call every log the same.
   */
  take(kind: Kind, id: string): boolean;
  /** Gives back what was taken here: nothing was kept, and the client was told to come again. */
  giveBack(): void;
}

export type Throttle = (appId: number) => Places;

const MINUTE_MS = 60_000;

/** Ids that are remembered of one app and kind; beyond it a log that comes again takes a second place. */
const MAX_IDS = 10_000;

/** Places of one app and kind in one minute. */
interface Taken {
  readonly ids: Set<string>;
  /** Those whose ids are not remembered. */
  others: number;
  /** Logs that came again. */
  repeats: number;
}

/**
 * Counts by the minute, per app and kind.
 * @param ticks milliseconds that never go back: a clock that is put back would hold an app throttled until it is there again.
 */
export function createThrottle(
  limits: { readonly crashesPerMinute: number; readonly errorsPerMinute: number },
  ticks: () => number,
): Throttle {
  const most = { crash: limits.crashesPerMinute, error: limits.errorsPerMinute };
  let minute = Number.NaN;
  let taken = new Map<string, Taken>();
  const takenOf = (key: string): Taken => {
    const now = Math.floor(ticks() / MINUTE_MS);
    if (now !== minute) taken = new Map();
    minute = now;
    const of = taken.get(key) ?? { ids: new Set(), others: 0, repeats: 0 };
    taken.set(key, of);
    return of;
  };
  return (appId) => {
    const undo: (() => void)[] = [];
    return {
      take(kind, id) {
        const of = takenOf(`${appId}/${kind}`);
        if (of.ids.has(id)) {
          if (of.repeats >= most[kind]) return false;
          of.repeats++;
          undo.push(() => of.repeats--);
          return true;
        }
        if (of.ids.size + of.others >= most[kind]) return false;
        const isRemembered = of.ids.size < MAX_IDS;
        if (isRemembered) of.ids.add(id);
        else of.others++;
        undo.push(() => (isRemembered ? of.ids.delete(id) : of.others--));
        return true;
      },
      giveBack() {
        for (const back of undo.splice(0)) back();
      },
    };
  };
}
