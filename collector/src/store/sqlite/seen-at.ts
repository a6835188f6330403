import { WRITTEN } from '../written.js';

/**
 * When something was seen: the device's time, but never later than the receipt, because a clock that runs ahead must
 * not count for years. Where our own clock was the wrong one, a board without a battery before NTP say, the device's is
 * the better one; earlier than this program it was not.
 */
export function seenAt(timestamp: number, receivedAt: number): number {
  return receivedAt < WRITTEN ? Math.max(timestamp, WRITTEN) : Math.min(timestamp, receivedAt);
}
