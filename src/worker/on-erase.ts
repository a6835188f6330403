import { attempt } from '../platform/guard.js';
import type { Platform, Stop } from '../platform/platform.js';
import type { Withdrawal } from '../privacy/consent.js';

/** Calls `run` when what is stored is taken back in a page. Where there are no channels, nobody is told. */
export function onErase({ openChannel }: Platform, run: () => void): Stop {
  const channel = attempt(openChannel);
  if (!channel) return () => {};
  // The channel is the origin's: anybody may say anything.
  channel.onmessage = ({ data }: MessageEvent<Partial<Withdrawal> | null>) => {
    if (data?.erase) run();
  };
  return () => channel.close();
}
