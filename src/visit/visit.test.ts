// Visits of one origin, one after another and side by side, in pages made of a few objects; the browsers' own ways to
// end are in e2e/unclean-exits.spec.ts.
import { describe, expect, it } from 'vitest';
import type { Occurrence } from '../log/to-log.js';
import { createGuard } from '../platform/guard.js';
import { fakePlatform, fakeStorage, settled, withBrokenMethods } from '../platform/platform.fixture.js';
import type { Realm } from '../platform/platform.js';
import type { ManagedErrorLog } from '../wire/index.js';
import { TOLD_WAIT } from './find-ends.js';
import { LOOK_AGAIN } from './live.js';
import { onVisit } from './on-visit.js';
import { BEAT, PAUSE } from './visit.js';

const appSecret = '12345678-1234-1234-1234-123456789abc';

/** Locks of one browser; a process that dies gives up its own. */
function fakeLocks() {
  const held = new Map<string, object>();
  const hold = async (name: string, { process, run }: { process: object; run: () => Promise<void> }) => {
    await Promise.resolve();
    held.set(name, process);
    await run();
    held.delete(name);
  };
  const query = async () => ({ held: [...held.keys()].map((name) => ({ name })), pending: [] });
  const of = (process: object) => ({
    request: (name: string, run: () => Promise<void>) => withBrokenMethods(hold(name, { process, run })),
    query: () => withBrokenMethods(query()),
  });
  const kill = (process: object) => {
    for (const [name, owner] of held) if (owner === process) held.delete(name);
  };
  return { of, kill, held };
}

function createBrowser({ locked = true } = {}) {
  const local = fakeStorage();
  const locks = fakeLocks();
  let ids = 0;
  const open = async ({
    session = fakeStorage(),
    more = {},
    uncleanExits = undefined as boolean | undefined,
  } = {}) => {
    const document = { visibilityState: 'visible', wasDiscarded: false };
    const realm = { document, sessionStorage: session, performance: {}, ...more } as unknown as Realm;
    Object.assign(realm, { top: realm, ...more });
    const process = {};
    const platform = fakePlatform({
      realm,
      local,
      locks: locked ? (locks.of(process) as unknown as LockManager) : undefined,
      uuid: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    });
    const reported: ManagedErrorLog[] = [];
    const visit = onVisit({
      platform,
      guard: createGuard(platform, true),
      settings: { appSecret, uncleanExits },
      keep: (_, log) => reported.push(log),
      describe: ({ time, ...what }: Occurrence) =>
        ({
          ...what,
          type: 'managedError',
          timestamp: new Date(time).toISOString(),
        }) as unknown as ManagedErrorLog,
      lastCrumbs: () => [{ at: platform.now(), kind: 'app', text: 'last' }],
    });
    await settled();
    return {
      ...{ platform, realm, visit, reported, session },
      show: (state: string) => {
        document.visibilityState = state;
        platform.dispatch('visibilitychange');
      },
      leave: (persisted = false) => platform.dispatch('pagehide', { persisted }),
      back: async () => {
        platform.dispatch('pageshow', { persisted: true });
        await settled();
      },
      kill: () => {
        platform.listeners.clear();
        platform.timers.clear();
        locks.kill(process);
      },
    };
  };
  const records = () => Object.keys(local).filter((name) => name.startsWith('crashpost.visit.'));
  return { open, records, local, locks };
}

describe('a visit that is killed while it is seen', () => {
  it('is reported by the next, once, as it was at its last beat', async () => {
    const { open, records } = createBrowser();
    const first = await open();
    await first.platform.tick(BEAT);
    first.kill();
    const next = await open();
    expect(next.reported).toEqual([
      {
        type: 'managedError',
        id: '00000000-0000-4000-8000-000000000001',
        timestamp: '2026-11-23T10:00:05.000Z',
        handled: false,
        exception: {
          type: 'UncleanExit',
          message: 'The tab or the browser crashed or was killed, or the system shut down',
        },
        properties: { 'crashpost.alive': '5 s', 'crashpost.visibility': 'visible' },
        breadcrumbs: [{ at: Date.parse('2026-11-23T10:00:05Z'), kind: 'app', text: 'last' }],
      },
    ]);
    expect((await open()).reported).toEqual([]);
    expect(records()).toHaveLength(2);
  });

  it('says what it most likely was', async () => {
    const { open } = createBrowser();
    const end = async (what: () => Promise<{ reported: ManagedErrorLog[] }>) =>
      (await what()).reported.map(({ exception }) => exception.message);
    const tab = await open();
    tab.kill();
    expect(await end(() => open({ session: tab.session }))).toEqual(['The tab most likely crashed']);
    const memory = { usedJSHeapSize: 3.9e9, jsHeapSizeLimit: 4e9 };
    const full = await open({ more: { performance: { memory } } });
    full.kill();
    const [report] = (await open()).reported;
    expect(report?.exception.message).toBe('The page most likely ran out of memory');
    expect(report?.properties).toMatchObject({ 'crashpost.memory': '3719 of 3815 MiB' });
    const fresh = createBrowser();
    const both = [await fresh.open(), await fresh.open()];
    for (const { kill } of both) kill();
    expect(await end(fresh.open)).toEqual(
      both.map(() => 'The browser most likely crashed or was killed, or the system shut down'),
    );
  });

  it('is left to the browser first, where that tells of crashes too', async () => {
    const { open } = createBrowser();
    const kept = new Map<string, string>();
    const crashReport = {
      initialize: () => withBrokenMethods(Promise.resolve()),
      set: (key: string, json: string) => kept.set(key, json),
      delete: (key: string) => kept.delete(key),
    };
    const first = await open({ more: { crashReport } });
    expect(JSON.parse(kept.get('crashpost') ?? '')).toMatchObject({
      log: { id: '00000000-0000-4000-8000-000000000001', exception: { type: 'UncleanExit' } },
      install: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    first.kill();
    const next = await open();
    expect(next.reported).toEqual([]);
    await next.platform.tick(TOLD_WAIT);
    expect(next.reported).toHaveLength(1);
    // What ended well leaves nothing behind.
    const last = await open({ more: { crashReport } });
    expect(kept.size).toBe(1);
    last.leave();
    expect([kept.size, Object.keys(last.session)]).toEqual([0, []]);
  });
});

describe('no report comes', () => {
  it('of a visit that ended: closed, left, thrown out of the back/forward cache', async () => {
    const { open, records, locks } = createBrowser();
    for (const persisted of [false, true]) {
      const page = await open();
      page.leave(persisted);
      await settled();
      expect([records().length, locks.held.size]).toEqual([0, 0]);
      page.kill();
    }
    expect((await open()).reported).toEqual([]);
  });

  it('of one that has written itself anew, which takes all listeners away', async () => {
    const { open } = createBrowser();
    const page = await open();
    // document.open()
    page.platform.listeners.clear();
    await page.platform.tick(BEAT);
    page.leave();
    page.kill();
    expect((await open()).reported).toEqual([]);
  });

  it('of one that is back from that cache; but of one that is killed then', async () => {
    const { open } = createBrowser();
    const page = await open();
    page.leave(true);
    await page.platform.tick(BEAT);
    await page.back();
    expect((await open()).reported).toEqual([]);
    page.kill();
    expect((await open()).reported).toHaveLength(1);
  });

  it('of a hidden one, which phones kill all the time', async () => {
    const { open, records } = createBrowser();
    const page = await open();
    page.show('hidden');
    expect(page.platform.timers.size).toBe(0);
    page.kill();
    expect((await open()).reported).toEqual([]);
    expect(records()).toHaveLength(1);
  });

  it('of one that the browser discarded, in the tab that gets it back', async () => {
    const { open } = createBrowser();
    const page = await open();
    page.kill();
    const document = { visibilityState: 'visible', wasDiscarded: true };
    expect((await open({ session: page.session, more: { document } })).reported).toEqual([]);
  });

  it('of the twin of a duplicated tab', async () => {
    const { open } = createBrowser();
    const page = await open();
    const session = Object.assign(fakeStorage(), page.session);
    expect((await open({ session })).reported).toEqual([]);
    expect((await open({ session })).reported).toEqual([]);
  });

  it('of one whose machine slept: it lives, however old its record is', async () => {
    const { open } = createBrowser();
    await open();
    const next = await open();
    await next.platform.tick(86_400_000);
    expect((await open()).reported).toEqual([]);
    expect(next.reported).toEqual([]);
  });

  it('from a frame, which goes down with its page, nor where it is not wanted', async () => {
    const { open, records } = createBrowser();
    expect((await open({ uncleanExits: false })).visit).toBeUndefined();
    expect((await open({ more: { top: {} } })).visit).toBeUndefined();
    expect(records()).toEqual([]);
  });

  it('of what is no record', async () => {
    const { open, local, records } = createBrowser();
    ['', '{', 'null', '{"log":1}'].forEach((text, i) => {
      local.setItem(`crashpost.visit.${appSecret}.${i}`, text);
    });
    expect((await open()).reported).toEqual([]);
    expect(records()).toHaveLength(1);
  });
});

it('without locks, who writes on is alive, and who does not is dead', async () => {
  const { open } = createBrowser({ locked: false });
  const dead = await open();
  dead.kill();
  const alive = await open();
  await alive.platform.tick(BEAT);
  const next = await open();
  for (let past = 0; past < LOOK_AGAIN; past += BEAT)
    for (const { platform } of [alive, next]) await platform.tick(BEAT);
  // Both have looked; the first to look twice reports it.
  expect([...alive.reported, ...next.reported].map(({ id }) => id)).toEqual([
    '00000000-0000-4000-8000-000000000001',
  ]);
});

it('writes its news at once, and not more than four times a second; nothing after it was stopped', async () => {
  const { open, local, records } = createBrowser();
  let writes = 0;
  const setItem = local.setItem.bind(local);
  Object.setPrototypeOf(local, {
    ...Object.getPrototypeOf(local),
    setItem: (name: string, text: string) => {
      writes += 1;
      setItem(name, text);
    },
  });
  const { platform, visit } = await open();
  writes = 0;
  for (let i = 0; i < 9; i++) visit?.touch();
  expect(writes).toBe(0);
  await platform.tick(PAUSE);
  expect(writes).toBe(1);
  await platform.tick(PAUSE);
  visit?.touch();
  expect(writes).toBe(2);
  for (const stop of visit?.stops ?? []) stop();
  visit?.touch();
  await platform.tick(BEAT);
  expect([writes, records().length, platform.timers.size]).toEqual([2, 0, 0]);
  expect([...platform.listeners.values()].every((set) => set.size === 0)).toBe(true);
});

it('writes its id into the tab once, and again where the page has cleared it', async () => {
  const session = fakeStorage();
  const written: string[] = [];
  const { setItem } = session;
  Object.setPrototypeOf(session, {
    ...Object.getPrototypeOf(session),
    setItem: (name: string, text: string) => {
      written.push(text);
      setItem(name, text);
    },
  });
  const { platform } = await createBrowser().open({ session });
  await platform.tick(BEAT);
  await platform.tick(BEAT);
  expect(written).toEqual(['00000000-0000-4000-8000-000000000001']);
  for (const name of Object.keys(session)) session.removeItem(name);
  await platform.tick(BEAT);
  expect(written).toHaveLength(2);
});
