// The public functions, made for each entry with its own way to load chunks.
import type { Reporter } from './api.js';
import { type Chunks, type Client, createClient } from './client.js';
import { CHUNK_METHODS, ErrorAttachmentLog, UserConfirmation } from './crash-api.js';
import type * as Extra from './extra.js';
import type { About, Room } from './extra.js';
import { flagsName } from './log/kept.js';
import { type Settings, toSettings } from './options.js';
import { createPlatform, endHolding, hold, say } from './platform/browser.js';
import { attempt, settle } from './platform/guard.js';
import type { Platform, Stop } from './platform/platform.js';
import { type Answer, CONSENT_NAME, ERASE, keepAnswer, readAnswer, YES } from './privacy/consent.js';

/** Calls of `trackError` that came before `start` are kept, up to this many. */
const MAX_EARLY = 20;

type Later = Pick<Reporter, (typeof CHUNK_METHODS)[number]>;

/** What there is of a reporter, from `start` to `stop`. */
interface Life {
  settings?: Settings | undefined;
  client?: Client | undefined;
  room?: Room | undefined;
  said?: Answer;
  /** `start` was called. */
  tried?: boolean;
  /** A listener was set before `start`. */
  ask?: boolean;
}

/** What `use` makes of the chunk; undefined where it cannot be loaded. */
const withExtra = <T>({ extra }: Chunks, use: (chunk: typeof Extra) => T | Promise<T>) =>
  settle((async () => use(await extra()))());

/** Says what is wrong with a call, in words where they can be loaded. */
async function complain(chunks: Chunks, about: About): Promise<void> {
  const { reason } = about;
  const text = await withExtra(chunks, ({ explain }) => explain(about) ?? '');
  attempt(() => {
    // What a getter of the page's has thrown may have no text.
    const words = text ?? (reason && `not started: ${reason}`);
    if (words) say(`${words}`);
  });
}

/** With what functions have said at earlier visits. */
function withKept(settings: Settings, { local }: Platform): Settings {
  const kept = attempt(() => JSON.parse(local?.getItem(flagsName(settings.appSecret)) ?? ''));
  return { ...settings, ...kept };
}

/** Has what is said in another tab followed here, and what was said while this page was in the back/forward cache. */
function onAnswer(platform: Platform, follow: (answer: Answer) => void): Stop[] {
  const tell = (answer: Answer) => answer && attempt(() => follow(answer));
  return [
    platform.on<StorageEvent>('storage', ({ key, newValue }) => key === CONSENT_NAME && tell(newValue)),
    // In there it is told of nothing.
    platform.on<PageTransitionEvent>('pageshow', ({ persisted }) => persisted && tell(readAnswer(platform))),
  ];
}

/** Begins and ends a client, as the person, and the app, have said. */
function createCourse(life: Life, chunks: Chunks, adapt: (platform: Platform) => Platform) {
  const platform = attempt(createPlatform);
  const early: (() => void)[] = [];
  const load = async () => {
    const extra = await chunks.extra();
    const { settings } = life;
    if (settings && platform) life.room ??= extra.roomOf(settings, platform, follow);
    return extra;
  };
  const end = () => {
    life.client?.stop();
    life.client = undefined;
    early.length = 0;
    endHolding();
  };
  const follow = (said = life.said) => {
    const { settings } = life;
    life.said = said;
    if (!platform) return;
    if ((said && said !== YES) || settings?.off) {
      end();
      // Last: the page may have broken what it needs. Where the chunk cannot be loaded, the next start tries again.
      if (said === ERASE) withExtra(chunks, ({ erase }) => erase(platform, () => life.said !== YES));
    } else if (settings && !said && settings.consent) hold(platform);
    else if (settings) {
      life.client ??= createClient(settings, adapt(platform), { ...chunks, extra: load });
      endHolding();
      for (const call of early.splice(0)) call();
    }
  };
  const note = (called: string) => {
    if (!life.tried && platform) complain(chunks, { called, isLate: () => !life.tried });
  };
  /** Until it may be told, if ever. */
  const keep = (run: () => void) => {
    const may = (life.said ?? YES) === YES && !life.settings?.off;
    if (may && early.length < MAX_EARLY) early.push(run);
  };
  return { platform, keep, load, end, follow, note };
}
type Course = ReturnType<typeof createCourse>;

/** Calls what is in the chunk: in the caller's task where it can be, as what the page throws next is. */
function createCall(life: Life, { platform, load, note }: Course, begun: Promise<void>) {
  return (name: 'attach' | keyof Later) =>
    async (...args: unknown[]): Promise<unknown> => {
      if (!life.room) {
        note(name);
        // Crashes wait for the listener, which waits for the chunk.
        if (name === 'setListener') (life.settings ?? life).ask = true;
        // On a server nothing begins.
        if (!platform) return undefined;
        await begun;
        await settle(load());
      }
      return (life.room?.[name] as ((...args: unknown[]) => unknown) | undefined)?.(...args);
    };
}

/** @param adapt what this entry makes of the platform */
export function createReporter(chunks: Chunks, adapt = (platform: Platform) => platform): Reporter {
  const life: Life = {};
  const course = createCourse(life, chunks, adapt);
  const { platform, keep, end, follow, note } = course;
  let stops: Stop[] = [];
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const call = createCall(life, course, begun);
  const attach = call('attach');
  const track = ([error, properties, attachments]: Parameters<Reporter['trackError']>, at?: number) => {
    const id = life.client?.trackError(error, properties, at) ?? '';
    if (attachments) attach(id, attachments, !life.room);
    return id;
  };
  return {
    ...{ UserConfirmation, ErrorAttachmentLog },
    ...(Object.fromEntries(CHUNK_METHODS.map((name) => [name, call(name)])) as unknown as Later),
    start(options) {
      if (life.settings) return void complain(chunks, { options, settings: life.settings });
      if (!platform) return;
      life.tried = true;
      try {
        life.settings = { ...withKept(toSettings(options), platform), ...(life.ask && { ask: true }) };
        stops = onAnswer(platform, follow);
        // Another tab may have been told otherwise while nobody listened.
        follow(readAnswer(platform) ?? life.said);
      } catch (reason) {
        complain(chunks, { reason, options });
      }
      begin();
    },
    trackError(...tracked) {
      if (life.client) return track(tracked);
      note('trackError');
      const at = Date.now();
      keep(() => track(tracked, at));
      return '';
    },
    setConsent(given) {
      const said = given === true ? YES : ERASE;
      if (platform) keepAnswer(platform, said);
      attempt(() => follow(said));
    },
    stop() {
      end();
      for (const stop of stops) stop();
      Object.assign(life, { settings: undefined, room: undefined, ask: false });
    },
  };
}
