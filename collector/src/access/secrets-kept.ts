// What was counted of secrets outlives the process: who restarts a collector to add an app looks for the secret that posts
// came with before. Written once a minute at most, however many posts there are, and at the end.
import type { Upkeep } from '../store/upkeep.js';
import type { SecretsSeen } from './secrets-seen.js';

export interface SecretsKept {
  readonly note: SecretsSeen['note'];
  /** Keeps what is left. */
  close(): Promise<void>;
}

interface Parts {
  readonly store: Pick<Upkeep, 'secretsCounted' | 'keepSecretsCounted'>;
  readonly secrets: SecretsSeen;
  readonly log: (message: string, error?: unknown) => void;
  readonly everyMs?: number;
}

const EVERY_MS = 60_000;

export function createSecretsKept({ store, secrets, log, everyMs = EVERY_MS }: Parts): SecretsKept {
  let timer: NodeJS.Timeout | undefined;
  let kept = goOn();

  async function goOn(): Promise<void> {
    try {
      const before = await store.secretsCounted();
      if (before) secrets.goOnFrom(before);
    } catch (error) {
      log('which unknown secrets posts came with before could not be read; they are counted anew', error);
    }
  }

  async function keep(): Promise<void> {
    try {
      await store.keepSecretsCounted(secrets.counted());
    } catch (error) {
      log('which unknown secrets posts came with could not be stored', error);
    }
  }

  function keepNow(): void {
    timer = undefined;
    kept = kept.then(keep);
  }

  return {
    note(secret, app) {
      secrets.note(secret, app);
      timer ??= setTimeout(keepNow, everyMs).unref();
    },
    async close() {
      const isLeft = timer !== undefined;
      clearTimeout(timer);
      if (isLeft) keepNow();
      await kept;
    },
  };
}
