// A browser in which visits follow each other, with a collector: the client as a whole, its chunk and its room.
import 'fake-indexeddb/auto';
import { gunzipSync } from 'node:zlib';
import { IDBFactory } from 'fake-indexeddb';
import type { Options } from '../api.js';
import { createClient } from '../client.js';
import * as extra from '../extra.js';
import { flagsName } from '../log/kept.js';
import { toSettings } from '../options.js';
import { attempt } from '../platform/guard.js';
import { type FakePlatform, fakePlatform, fakeStorage, settled } from '../platform/platform.fixture.js';
import type { Platform, Realm } from '../platform/platform.js';
import { roomOf } from './room.js';

export const SECRET = '12345678-1234-1234-1234-123456789abc';

export interface Log extends Record<string, unknown> {
  readonly type: string;
  readonly id: string;
  readonly sid: string;
  readonly errorId?: string;
  readonly properties?: Record<string, string>;
  readonly exception: { readonly type: string; readonly message: string };
}

export function createBrowser() {
  const indexedDB = new IDBFactory();
  const local = fakeStorage();
  const session = fakeStorage();
  const logs: Log[] = [];
  const network = { refuse: (_: Log): boolean => false, isDown: false };
  let ids = 0;
  const fetch = (async (_: unknown, { body }: RequestInit) => {
    if (network.isDown) throw new TypeError('Failed to fetch');
    const text = typeof body === 'string' ? body : gunzipSync(body as ArrayBuffer).toString();
    const posted: Log[] = JSON.parse(text).logs;
    const valid = posted.filter((log) => !network.refuse(log));
    logs.push(...valid);
    const faults = valid.length < posted.length ? { faults: ['too bad'] } : {};
    return new Response(
      JSON.stringify({ status: 'Success', validDiagnosticsIds: valid.map(({ id }) => id), ...faults }),
    );
  }) as typeof globalThis.fetch;

  /** One visit, from start until it is left. */
  const visit = async (more: Partial<Options> = {}, overrides: Partial<Platform> = {}) => {
    const document = { visibilityState: 'visible' };
    const location = new URL('https://shop.example/');
    const realm = {
      Error,
      document,
      location,
      sessionStorage: session,
      performance: {},
      btoa,
      Blob,
    } as unknown as Realm;
    Object.assign(realm, { top: realm });
    const platform: FakePlatform = fakePlatform({
      ...{ indexedDB, local, fetch, realm },
      uuid: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
      hidden: () => document.visibilityState === 'hidden',
      ...overrides,
    });
    const kept = attempt(() => JSON.parse(local.getItem(flagsName(SECRET)) ?? ''));
    const given = { appSecret: SECRET, logUrl: 'https://c.example', debug: true, sessions: false };
    const settings = { ...toSettings({ ...given, ...more }), ...kept };
    const chunks = { device: () => Promise.reject(new Error('no chunk')), extra: async () => extra };
    const state = { client: settings.off ? undefined : createClient(settings, platform, chunks) };
    const follow = () => {
      if (settings.off) state.client?.stop();
      state.client = settings.off ? undefined : (state.client ?? createClient(settings, platform, chunks));
    };
    const room = roomOf(settings, platform, follow);
    const throwIn = (message: string) =>
      platform.dispatch('error', { message, filename: '', lineno: 1, colno: 2, error: new Error(message) });
    const early = { throwIn, settings, platform };
    await settled();
    return {
      ...early,
      room,
      track: (error: unknown, properties?: object) => state.client?.trackError(error, properties) ?? '',
      /** Time for retries, and for the turn to drain. */
      wait: async () => {
        for (let i = 0; i < 6; i++) {
          // What was begun ends in time: five minutes would be too long for IndexedDB, and for a post.
          for (let turns = 0; turns < 5; turns++) await platform.tick(100);
          await platform.tick(300_000);
        }
        await platform.tick(100);
      },
      show: (state: string) => {
        document.visibilityState = state;
        platform.dispatch('visibilitychange');
      },
      leave: async () => {
        platform.dispatch('pagehide', {});
        state.client?.stop();
        await settled();
      },
      said: () =>
        platform.said.map((words) => words.map(String).join(' ')).filter((text) => !/no chunk/.test(text)),
    };
  };
  const messages = () => logs.flatMap(({ exception }) => (exception ? [exception.message] : []));
  return { visit, logs, messages, network, local, session, indexedDB };
}
