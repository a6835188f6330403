// The public functions, made for each entry with its own way to load chunks.
import type { Options, Reporter } from './api.js';
import { type Chunks, type Client, createClient } from './client.js';
import type * as Extra from './extra.js';
import { type Settings, toSettings } from './options.js';
import { createPlatform, endHolding, hold, say } from './platform/browser.js';
import { attempt, settle } from './platform/guard.js';
import type { Platform, Stop } from './platform/platform.js';
import { type Answer, CONSENT_NAME, ERASE, keepAnswer, readAnswer, YES } from './privacy/consent.js';

/** Calls of `trackError` that came before `start` are kept, up to this many. */
const MAX_EARLY = 20;

/** What `use` makes of the chunk; undefined where it cannot be loaded. */
const withExtra = <T>({ extra }: Chunks, use: (chunk: typeof Extra) => T | Promise<T>) =>
  settle((async () => use(await extra()))());

/** Why it has not started, in words where they can be loaded. */
async function complain(chunks: Chunks, reason: unknown, options: Options): Promise<void> {
  const words = await withExtra(chunks, ({ explain }) => explain(reason, options));
  attempt(() => say('not started:', words ?? reason));
}

/** Goes on as the person has said. */
type Follow = (platform: Platform, answer: Answer) => void;

/** Remembers what is said here, and has it followed. */
function giveAnswer(answer: string, follow: Follow): void {
  const platform = attempt(createPlatform);
  if (!platform) return;
  keepAnswer(platform, answer);
  attempt(() => follow(platform, answer));
}

/** Has what is said in another tab followed here, and what was said while this page was in the back/forward cache. */
function onAnswer(platform: Platform, follow: Follow): Stop[] {
  const tell = (answer: Answer) => answer && attempt(() => follow(platform, answer));
  return [
    platform.on<StorageEvent>('storage', ({ key, newValue }) => key === CONSENT_NAME && tell(newValue)),
    // In there it is told of nothing.
    platform.on<PageTransitionEvent>('pageshow', ({ persisted }) => persisted && tell(readAnswer(platform))),
  ];
}

/** @param adapt what this entry makes of the platform */
export function createReporter(chunks: Chunks, adapt = (platform: Platform) => platform): Reporter {
  const early: Parameters<Client['trackError']>[] = [];
  let settings: Settings | undefined;
  let client: Client | undefined;
  let said: Answer;
  let stops: Stop[] = [];

  const end = () => {
    client?.stop();
    client = undefined;
    early.length = 0;
    endHolding();
  };
  const follow: Follow = (platform, answer) => {
    said = answer;
    if (said && said !== YES) {
      end();
      // Last: the page may have broken what it needs. Where the chunk cannot be loaded, the next start tries again.
      if (said === ERASE) withExtra(chunks, ({ erase }) => erase(platform, () => said !== YES));
    } else if (settings && !said && settings.consent) hold(platform);
    else if (settings) {
      client ??= createClient(settings, adapt(platform), chunks);
      endHolding();
      for (const call of early.splice(0)) client.trackError(...call);
    }
  };
  return {
    start(options) {
      if (settings) return;
      try {
        const platform = createPlatform();
        if (!platform) return;
        settings = toSettings(options);
        stops = onAnswer(platform, follow);
        // Another tab may have been told otherwise while nobody listened.
        follow(platform, readAnswer(platform) ?? said);
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
      giveAnswer(given === true ? YES : ERASE, follow);
    },
    stop() {
      end();
      for (const stop of stops) stop();
      settings = undefined;
    },
  };
}
