// What the browser has of us is taken back: in the chunk of what can wait, as few people ask for it.
import { attempt, settle } from '../platform/guard.js';
import type { Platform } from '../platform/platform.js';
import { keepAnswer, NO, readAnswer, type Withdrawal, YES } from './consent.js';

/** What was under way when it was withdrawn may still write: an answer, what a browser tells of itself. Milliseconds. */
export const AGAIN = 5_000;

const PREFIX = 'crashpost.';
/** What the app itself has said stays, as the answer does: neither says anything of the person who visits. */
const KEPT = /^crashpost\.(consent$|flags\.)/;
type IsOurs = (name: string) => boolean;
const isOurs: IsOurs = (name) => name.startsWith(PREFIX) && !KEPT.test(name);

/** Other tabs hear of it too, and close what they have open; until then it waits. Gives why it is not done. */
const drop = (factory: IDBFactory, name: string): Promise<DOMException | null> =>
  new Promise((resolve) => {
    const request = factory.deleteDatabase(name);
    request.onsuccess = () => resolve(null);
    request.onerror = () => resolve(request.error);
  });

/** Gives the names of what was there. */
function eraseNames(storage: Storage | undefined, isOurs: IsOurs): string[] {
  const names = Object.keys(storage ?? {}).filter(isOurs);
  for (const name of names) storage?.removeItem(name);
  return names;
}

async function eraseOnce(platform: Platform, isOurs: IsOurs): Promise<void> {
  const { local, realm, indexedDB: factory, openChannel } = platform;
  // Reporters in workers have no `localStorage`, and hear of it only so.
  attempt(() => {
    const channel = openChannel();
    channel.postMessage({ erase: true } satisfies Withdrawal);
    channel.close();
  });
  const names = eraseNames(local, isOurs);
  // Each tab has its own.
  const session = attempt(() => realm.sessionStorage);
  eraseNames(session, isOurs);
  // Firefox before 126 cannot list them: there are those that something in `localStorage` is named like.
  const listed = (await factory?.databases?.())?.map(({ name = '' }) => name);
  const guessed = names.map((name) => `${PREFIX}queue.${/[0-9a-f-]{36}/.exec(name)?.[0]}`);
  const all = new Set((listed ?? guessed).filter(isOurs));
  // All are begun before the first is waited for.
  for (const dropping of factory ? [...all].map((name) => drop(factory, name)) : []) {
    const fault = await dropping;
    if (fault) throw fault;
  }
}

/**
 * Takes back all that reporters of this origin have stored, the queues of its service worker among it. What stays is the
 * answer itself. A page that dies before leaves the rest to the next start. Rejects where the browser refuses.
 * @param isMeant false when it has been said otherwise in the meantime
 */
export async function erase(platform: Platform, isMeant: () => boolean): Promise<void> {
  if (!isMeant()) return;
  const before = readAnswer(platform);
  await eraseOnce(platform, isOurs);
  await new Promise<void>((resolve) => platform.later(resolve, AGAIN));
  // A tab that was frozen in the meantime may not have been told yet of what was said in another. Where the no found no
  // room, a yes from before is still there.
  const isStill = () => isMeant() && (before === YES || readAnswer(platform) !== YES);
  if (!isStill()) return;
  await eraseOnce(platform, isOurs);
  if (isStill()) keepAnswer(platform, NO);
}

/**
 * Takes back what one app has queued and noted; what stays is the install id. Resolves when it is gone; what was under
 * way then is looked for once more. Rejects where the browser refuses.
 * @param isMeant as for `erase`
 */
export async function eraseApp(platform: Platform, appSecret: string, isMeant: () => boolean): Promise<void> {
  const isItsOwn: IsOurs = (name) =>
    // Asked for each: what began again in the meantime is none of what was to go.
    isMeant() && isOurs(name) && name.includes(appSecret) && !name.startsWith(`${PREFIX}install.`);
  const once = async () => {
    if (isMeant()) await eraseOnce(platform, isItsOwn);
  };
  await once();
  platform.later(() => settle(once()), AGAIN);
}
