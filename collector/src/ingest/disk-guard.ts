import { statfs } from 'node:fs/promises';
import type { Log } from './spaced-log.js';

/** Posts are put off before the disk is full: SQLite needs room to give room back, and so does everything else there. */
export interface DiskGuard {
  /** Why posts must be put off just now, for a person. */
  pressure(): string | undefined;
  close(): void;
}

interface Parts {
  readonly folder: string;
  /** Bytes that must stay free. */
  readonly freeBytes: number;
  readonly log: Log;
  /** Bytes free on the disk that has a folder. Default: asks the system. */
  readonly free?: (folder: string) => Promise<number>;
  readonly everyMs?: number;
}

/** What a collector can take in that time is far less than the bytes that must stay free. */
const EVERY_MS = 2_000;

const MIB = 1024 * 1024;

/** Resolves when it knows for the first time. A system that does not tell stops nobody: the store itself still may. */
export async function createDiskGuard(parts: Parts): Promise<DiskGuard> {
  const { folder, freeBytes, log, free = freeOf, everyMs = EVERY_MS } = parts;
  let why: string | undefined;
  let isAsking = false;
  let isUnknown = false;

  async function look(): Promise<void> {
    if (isAsking) return; // A disk of the network may take longer than a round.
    isAsking = true;
    try {
      tell(await free(folder));
      isUnknown = false;
    } catch (error) {
      why = undefined;
      if (!isUnknown) log(`how much of the disk of ${folder} is free is not known`, error);
      isUnknown = true;
    }
    isAsking = false;
  }

  function tell(bytes: number): void {
    const was = why;
    why = bytes < freeBytes ? 'the disk is nearly full' : undefined;
    if (Boolean(was) === Boolean(why)) return;
    const left = `${Math.floor(bytes / MIB)} MiB are free on the disk of ${folder}`;
    log(
      why
        ? `posts are put off: ${left}, ${Math.ceil(freeBytes / MIB)} must stay so`
        : `posts are taken again: ${left}`,
    );
  }

  await look();
  const timer = setInterval(() => void look(), everyMs).unref();
  return { pressure: () => why, close: () => clearInterval(timer) };
}

async function freeOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
