// A sender with a queue in memory, and a collector that is a function; for its unit tests.
import { gunzipSync } from 'node:zlib';
import * as care from '../extra.js';
import { createGuard } from '../platform/guard.js';
import { fakeLocks, fakePlatform } from '../platform/platform.fixture.js';
import { type Entry, type LogStore, toEntry } from '../queue/log-store.js';
import { createPost } from './post.js';
import { createSender } from './sender.js';

export const target = {
  logUrl: 'https://c.example/prefix',
  appSecret: '12345678-1234-1234-1234-123456789abc',
  installId: '87654321-1234-1234-1234-123456789abc',
};

let made = 0;
/** Of an earlier visit. */
export const YESTERDAY = Date.parse('2026-11-22T10:00:00Z');
export const entry = (size = 2, time = YESTERDAY): Entry => {
  const id = `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`;
  return toEntry(time, { id, handled: true }, JSON.stringify({ id, pad: 'x'.repeat(size) }));
};

/** A queue in memory, and a collector that answers with `answer`. */
export function setUp(answer: (ids: string[], n: number) => Response | Promise<Response>) {
  const kept = new Map<string, Entry>();
  const queue: LogStore = {
    put: (e) => void kept.set(e.key, e),
    hold: () => undefined,
    peek: async (limit) => [...kept.values()].slice(0, limit),
    remove: async (keys) => {
      for (const key of keys) kept.delete(key);
    },
    tidy: async () => undefined,
    close: () => undefined,
  };
  const batches: string[][] = [];
  const requests: { url: string; init: RequestInit }[] = [];
  const fetch = async (url: unknown, init: RequestInit = {}) => {
    const text = typeof init.body === 'string' ? init.body : gunzipSync(init.body as ArrayBuffer).toString();
    const ids = JSON.parse(text).logs.map(({ id }: { id: string }) => id);
    batches.push(ids);
    requests.push({ url: String(url), init });
    return answer(ids, batches.length);
  };
  const platform = fakePlatform({ fetch: fetch as typeof globalThis.fetch, locks: fakeLocks() });
  const guard = createGuard(platform, true);
  const post = createPost(platform, target);
  const options = { platform, guard, queue, post, care: async () => care, lock: 'l' };
  const sender = createSender(options);
  const put = (...entries: Entry[]) => entries.forEach(queue.put);
  return { kept, batches, requests, platform, options, sender, put };
}

export const reply = (status: number, body: object, headers = {}) =>
  new Response(JSON.stringify(body), { status, headers });
export const success = (ids: string[], throttled: string[] = []) =>
  reply(200, {
    status: 'Success',
    validDiagnosticsIds: ids.filter((id) => !throttled.includes(id)),
    throttledDiagnosticsIds: throttled,
  });
export const refusal = (status: number, reason: string, headers = {}) =>
  reply(status, { status: reason, validDiagnosticsIds: [], throttledDiagnosticsIds: [] }, headers);
