// Which visits are still there: each holds a lock of its own, which the browser gives up when the visit's process dies.
import { settle } from '../platform/guard.js';
import type { Platform, Stop } from '../platform/platform.js';

/** Where there are no locks a record is looked at twice, this much later: a page that is seen writes oftener. Milliseconds. */
export const LOOK_AGAIN = 20_000;

/** Holds the lock until it is stopped; `onHeld`, which never throws, is called once it is held, or where it cannot be. */
export function holdLock({ locks }: Platform, name: string, onHeld: () => void): Stop {
  let release: Stop = () => {};
  let wanted = true;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const begin = () => {
    if (!wanted) return undefined;
    onHeld();
    return held;
  };
  const request = async (): Promise<void> => {
    try {
      if (locks) return await locks.request(name, begin);
    } catch {
      // In a sandboxed frame they are there, and refuse. Not with `catch`, which pages replace.
    }
    begin();
  };
  request();
  return () => {
    wanted = false;
    release();
  };
}

/** Those of `names` whose visits are over. */
export async function findDead(
  { locks, local, later }: Platform,
  names: readonly string[],
): Promise<readonly string[]> {
  // Somebody else may hold one, who has only just begun to.
  const query = locks && (await settle(locks.query()));
  if (query) {
    const held = new Set([...(query.held ?? []), ...(query.pending ?? [])].map(({ name }) => name));
    return names.filter((name) => !held.has(name));
  }
  const before = names.map((name) => local?.getItem(name));
  await new Promise<void>((resolve) => later(resolve, LOOK_AGAIN));
  return names.filter((name, i) => local?.getItem(name) === before[i]);
}
