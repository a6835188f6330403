// The public functions, made for each entry with its own way to load the device chunk.
import { type Client, createClient } from './client.js';
import type { LoadParser } from './log/device.js';
import { type Options, toSettings } from './options.js';
import { createPlatform } from './platform/browser.js';

/** Calls of `trackError` that came before `start` are kept, up to this many. */
const MAX_EARLY = 20;

export interface Reporter {
  /**
   * Begins to report: uncaught errors, unhandled rejections, and what an earlier visit could not send. Options that
   * cannot work are named in one console message, and nothing is reported. Never throws. Does nothing where there is
   * no browser (server-side rendering). A second call is ignored.
   */
  start(options: Options): void;
  /**
   * Reports an error that your app has taken care of, as App Center's `Crashes.trackError`.
   * @param error anything, best an Error
   * @param properties up to 20 strings of up to 125 characters
   * @returns the report's id, a UUID; empty where nothing is reported
   */
  trackError(error: unknown, properties?: Record<string, string>): string;
  /** Ends what `start` began. What is queued stays queued for the next start. */
  stop(): void;
}

export function createReporter(load: LoadParser): Reporter {
  const early: Parameters<Client['trackError']>[] = [];
  let client: Client | undefined;
  return {
    start(options) {
      const platform = createPlatform();
      if (!platform || client) return;
      try {
        client = createClient(toSettings(options), platform, load);
        for (const call of early.splice(0)) client.trackError(...call);
      } catch (error) {
        platform.say('not started:', error);
      }
    },
    trackError(error, properties) {
      if (client) return client.trackError(error, properties);
      if (early.length < MAX_EARLY) early.push(properties ? [error, properties] : [error]);
      return '';
    },
    stop() {
      client?.stop();
      client = undefined;
    },
  };
}
