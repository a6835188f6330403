export type Log = (message: string, error?: unknown) => void;

/** A full disk fails every post; a line for each would fill it further. Milliseconds. */
const SPACING_MS = 10_000;

/**
 * Lets one line through every ten seconds, and tells in the next how many it held back.
 * @param ticks milliseconds that never go back, as a clock that is put right may.
 */
export function createSpacedLog(log: Log, ticks: () => number): Log {
  let heldBack = 0;
  let quietUntil = Number.NEGATIVE_INFINITY;
  return (message, error) => {
    if (ticks() < quietUntil) {
      heldBack++;
      return;
    }
    log(heldBack > 0 ? `${message} (and ${heldBack} times since the last such line)` : message, error);
    heldBack = 0;
    quietUntil = ticks() + SPACING_MS;
  };
}
