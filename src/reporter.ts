// The public functions, made for each entry with its own way to load the device chunk.
import type { Reporter } from './api.js';
import { type Client, createClient } from './client.js';
import type { LoadParser } from './log/device.js';
import { toSettings } from './options.js';
import { createPlatform, endStub, say } from './platform/browser.js';
import type { Platform } from './platform/platform.js';

/** Calls of `trackError` that came before `start` are kept, up to this many. */
const MAX_EARLY = 20;

/** @param adapt what this entry makes of the platform */
export function createReporter(load: LoadParser, adapt = (platform: Platform) => platform): Reporter {
  const early: Parameters<Client['trackError']>[] = [];
  let client: Client | undefined;
  return {
    start(options) {
      if (client) return;
      try {
        const platform = createPlatform();
        if (!platform) return;
        client = createClient(toSettings(options), adapt(platform), load);
        endStub();
        for (const call of early.splice(0)) client.trackError(...call);
      } catch (error) {
        say('not started:', error);
      }
    },
    trackError(error, properties) {
      if (client) return client.trackError(error, properties);
      if (early.length < MAX_EARLY) early.push([error, properties, Date.now()]);
      return '';
    },
    stop() {
      client?.stop();
      client = undefined;
    },
  };
}
