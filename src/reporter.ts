// The public functions, made for each entry with its own way to load chunks.
import type { Options, Reporter } from './api.js';
import { type Chunks, type Client, createClient } from './client.js';
import { type Settings, toSettings } from './options.js';
import { createPlatform, endHolding, hold, say } from './platform/browser.js';
import { attempt } from './platform/guard.js';
import type { Platform } from './platform/platform.js';
import { type Answer, ERASE, keepAnswer, readAnswer, YES } from './privacy/consent.js';

/** Calls of `trackError` that came before `start` are kept, up to this many. */
const MAX_EARLY = 20;

/** Why it has not started, in words where they can be loaded. */
function complain({ extra }: Chunks, reason: unknown, options: Options): void {
  const tell = (what: unknown) => say('not started:', what);
  extra().then(
    ({ explain }) => tell(explain(reason, options)),
    () => tell(reason),
  );
}

/** Erases what is stored. Where the chunk cannot be loaded, the next start tries again. */
function withdraw({ extra }: Chunks, platform: Platform, isMeant: () => boolean): void {
  const erased = extra().then(({ erase }) => erase(platform, isMeant));
  erased.catch(() => undefined);
}

/** @param adapt what this entry makes of the platform */
export function createReporter(chunks: Chunks, adapt = (platform: Platform) => platform): Reporter {
  const early: Parameters<Client['trackError']>[] = [];
  let settings: Settings | undefined;
  let client: Client | undefined;
  let said: Answer;

  const end = () => {
    client?.stop();
    client = undefined;
    early.length = 0;
    endHolding();
  };
  /** Goes on as the person has said. */
  const follow = (platform: Platform) => {
    if (said === ERASE) withdraw(chunks, platform, () => said !== YES);
    if (!settings) return;
    if (!said && settings.consent) return hold(platform);
    if (said && said !== YES) return end();
    client ??= createClient(settings, adapt(platform), chunks);
    endHolding();
    for (const call of early.splice(0)) client.trackError(...call);
  };
  return {
    start(options) {
      if (settings) return;
      try {
        const platform = createPlatform();
        if (!platform) return;
        settings = toSettings(options);
        said ??= readAnswer(platform);
        follow(platform);
      } catch (reason) {
        complain(chunks, reason, options);
      }
    },
    trackError(error, properties) {
      if (client) return client.trackError(error, properties);
      if ((!said || said === YES) && early.length < MAX_EARLY) early.push([error, properties, Date.now()]);
      return '';
    },
    setConsent(given) {
      said = given === true ? YES : ERASE;
      const platform = attempt(createPlatform);
      if (!platform) return;
      keepAnswer(platform, said);
      attempt(() => follow(platform));
    },
    stop() {
      end();
      settings = undefined;
    },
  };
}
