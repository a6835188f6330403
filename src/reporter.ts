// The public functions, made for each entry with its own way to load chunks.
import type { Reporter } from './api.js';
import { type Chunks, type Client, createClient } from './client.js';
import { toSettings } from './options.js';
import { createPlatform, endStub, say } from './platform/browser.js';
import type { Platform } from './platform/platform.js';

/** Calls of `trackError` that came before `start` are kept, up to this many. */
const MAX_EARLY = 20;

/** @param adapt what this entry makes of the platform */
export function createReporter(chunks: Chunks, adapt = (platform: Platform) => platform): Reporter {
  const early: Parameters<Client['trackError']>[] = [];
  let client: Client | undefined;
  return {
    start(options) {
      if (client) return;
      try {
        const platform = createPlatform();
        if (!platform) return;
        client = createClient(toSettings(options), adapt(platform), chunks);
        endStub();
        for (const call of early.splice(0)) client.trackError(...call);
      } catch (reason) {
        const tell = (what: unknown) => say('not started:', what);
        chunks.extra().then(
          ({ explain }) => tell(explain(reason, options)),
          () => tell(reason),
        );
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
