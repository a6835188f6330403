// A browser made of a few maps, for unit tests: time stands still until `tick`.
import type { Platform, Realm } from './platform.js';

/** `localStorage` as the journal sees it: names are own keys, as of a real Storage. */
export function fakeStorage(): Storage {
  const methods = {
    getItem: (name: string) => (Object.hasOwn(store, name) ? (store[name] ?? null) : null),
    setItem: (name: string, value: string) => {
      store[name] = value;
    },
    removeItem: (name: string) => {
      delete store[name];
    },
  };
  const store: Record<string, string> = Object.create(methods);
  return store as unknown as Storage;
}

/** Web Locks of one origin: one holder at a time; with options nobody waits, without they do, in turn. */
export function fakeLocks(): LockManager {
  type Work = (lock: unknown) => unknown;
  const held = new Map<string, Promise<unknown>>();
  const request = async (name: string, ...rest: [object, Work] | [Work]) => {
    const turn = rest[1] ?? (rest[0] as Work);
    if (held.has(name) && rest.length === 2) return turn(null);
    const before = held.get(name);
    let free = () => {};
    const mine = new Promise<void>((resolve) => (free = resolve));
    held.set(name, mine);
    await before;
    try {
      return await turn({ name });
    } finally {
      if (held.get(name) === mine) held.delete(name);
      free();
    }
  };
  return { request } as unknown as LockManager;
}

export interface FakePlatform extends Platform {
  /** Lets `ms` milliseconds pass, running what is due; then what promises have to say. */
  tick(ms: number): Promise<void>;
  dispatch(type: string, event?: object): void;
  readonly said: unknown[][];
  readonly listeners: Map<string, Set<(event: never) => void>>;
  readonly timers: Set<{ at: number; run: () => void }>;
}

/** Channels that are heard in the same turn, by all but the one that speaks. */
export function fakeChannels(): () => BroadcastChannel {
  const open = new Set<BroadcastChannel>();
  return () => {
    const channel = {
      onmessage: null,
      postMessage: (data: unknown) => {
        for (const other of open) if (other !== channel) other.onmessage?.({ data } as MessageEvent);
      },
      close: () => open.delete(channel),
    } as unknown as BroadcastChannel;
    open.add(channel);
    return channel;
  };
}

/** How often the event loop comes around in `settled`, a millisecond apart. */
const TURNS = 10;

/**
 * Promise jobs, fake-indexeddb's steps, and what other threads compress have been. Turns, not a time: on a busy machine
 * one long timer comes when nothing else has had its turn yet.
 */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** As in a page that has replaced a promise's methods, and none of them works. `await` asks for none. */
export function withBrokenMethods<T>(promise: Promise<T>): Promise<T> {
  const fail = () => {
    throw new Error('the page has replaced it');
  };
  for (const name of ['then', 'catch', 'finally']) Object.defineProperty(promise, name, { value: fail });
  return promise;
}

/** Runs `page` where arrays have Prototype.js's `toJSON`, which makes texts of them. */
export async function withArrayToJson(page: () => Promise<void>): Promise<void> {
  const { prototype } = Array as { prototype: { toJSON?: unknown } };
  const value = (): string => 'a text';
  Object.defineProperty(prototype, 'toJSON', { value, configurable: true });
  try {
    await page();
  } finally {
    delete prototype.toJSON;
  }
}

export function fakePlatform(overrides: Partial<Platform> = {}): FakePlatform {
  let now = Date.parse('2026-11-23T10:00:00Z');
  let ids = 0;
  const said: unknown[][] = [];
  const listeners: FakePlatform['listeners'] = new Map();
  const timers: FakePlatform['timers'] = new Set();
  return {
    realm: { Error } as Realm,
    muted: false,
    on: (type, listener) => {
      const of = listeners.get(type) ?? new Set();
      listeners.set(type, of.add(listener as (event: never) => void));
      return () => of.delete(listener as (event: never) => void);
    },
    local: fakeStorage(),
    indexedDB: undefined,
    locks: undefined,
    fetch: undefined,
    beacon: undefined,
    hidden: () => false,
    facts: {
      userAgent:
        'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
      language: 'en-GB',
      hints: undefined,
      maxTouchPoints: 0,
      screenSize: '1280x800',
      origin: 'https://shop.example',
      scope: 'Window',
    },
    now: () => now,
    uuid: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    later: (run, ms) => {
      const timer = { at: now + ms, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    idle: (run) => run(),
    openChannel: () => {
      throw new Error('no BroadcastChannel');
    },
    requestSync: () => undefined,
    say: (...words) => said.push(words),
    ...overrides,
    said,
    listeners,
    timers,
    dispatch: (type, event = {}) => {
      for (const listener of listeners.get(type) ?? []) listener(event as never);
    },
    tick: async (ms) => {
      now += ms;
      for (const timer of [...timers].filter(({ at }) => at <= now)) {
        timers.delete(timer);
        timer.run();
      }
      await settled();
    },
  };
}
