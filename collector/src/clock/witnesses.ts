// Whether this machine's clock is the right one, told from those of the devices: limits on the age of a log are held by
// it, and a server five days slow would refuse every crash of today as too far ahead, one a month fast as too old. App
// Center's SDKs never send again what was refused.
import type { Delivery, RefusedSample, Store } from '../store/store.js';

/** The limits that hold a device's time against ours. */
interface TimeLimits {
  readonly pastMs: number;
  readonly futureMs: number;
}

export interface Witnesses<L> {
  /** The same limits, but those of time hold only while the clock is confirmed. */
  readonly limits: L;
  /** The same store, heard of what it keeps, */
  hearing<S extends Pick<Store, 'keep'>>(store: S): S;
  /** and of what is not: else one device with our wrong clock would silence all others. */
  refused(refused: readonly Pick<RefusedSample, 'reason' | 'installId'>[]): void;
}

interface Parts<L> {
  readonly limits: L;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds that never go back. */
  readonly ticks?: () => number;
}

/** Devices that are remembered: the newest. */
const MAX_DEVICES = 50;

/** How far a device's clock may be off when its word is one for ours: a log is posted soon after it was written. */
const NEAR_MS = 3600 * 1000;

/** Beyond this our own clock has been set since. */
const SET_MS = 60_000;

interface Word {
  readonly isFor: boolean;
  /** Our clock less our ticks. */
  readonly offset: number;
}

export function createWitnesses<L extends TimeLimits>({
  limits,
  now,
  ticks = () => performance.now(),
}: Parts<L>): Witnesses<L> {
  if (limits.pastMs === Number.POSITIVE_INFINITY && limits.futureMs === Number.POSITIVE_INFINITY)
    return { limits, hearing: (store) => store, refused: () => {} };
  const words = new Map<string, Word>();
  const offset = () => now() - ticks();
  const hear = (installId: string, isFor: boolean) => {
    words.delete(installId);
    words.set(installId, { isFor, offset: offset() });
    for (const [oldest] of words) {
      if (words.size <= MAX_DEVICES) break;
      words.delete(oldest);
    }
  };

  /** Confirmed by more devices than there are ahead of us: at the start by none, and then nothing is refused for its time. */
  const isConfirmed = (): boolean => {
    const current = offset();
    let balance = 0;
    for (const word of words.values()) {
      if (Math.abs(word.offset - current) < SET_MS) balance += word.isFor ? 1 : -1;
    }
    return balance > 0;
  };

  return {
    limits: {
      ...limits,
      get pastMs() {
        return isConfirmed() ? limits.pastMs : Number.POSITIVE_INFINITY;
      },
      get futureMs() {
        return isConfirmed() ? limits.futureMs : Number.POSITIVE_INFINITY;
      },
    },
    hearing: (store) => ({
      ...store,
      keep: (delivery) => {
        const ahead = aheadOf(delivery);
        // Only old ones: they were without a network, or our clock is fast. That is no word for it, and none against.
        if (ahead >= -NEAR_MS) hear(delivery.installId, ahead <= NEAR_MS);
        return store.keep(delivery);
      },
    }),
    refused(samples) {
      for (const { reason, installId } of samples) if (reason === 'TooFarAhead') hear(installId, false);
    },
  };
}

/** How far the newest log is ahead of us: what waited on the device is older. One without a time has that of its receipt. */
function aheadOf({ receivedAt, logs }: Delivery): number {
  const times = logs.map(({ timestamp }) => timestamp).filter((timestamp) => timestamp !== receivedAt);
  return Math.max(Number.NEGATIVE_INFINITY, ...times) - receivedAt;
}
