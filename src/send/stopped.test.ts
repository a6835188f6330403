// What follows a stop, and a stop follows a no: what is under way is heard out, and nothing more is begun.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { expect, it, vi } from 'vitest';
import { createClient } from '../client.js';
import * as care from '../extra.js';
import { toSettings } from '../options.js';
import { fakeLocks, fakePlatform, settled } from '../platform/platform.fixture.js';
import type { Realm } from '../platform/platform.js';
import { createPost } from './post.js';
import { entry, refusal, setUp, success, target } from './sender.fixture.js';
import { createSender } from './sender.js';

it.each([
  ['refused', () => refusal(400, 'BadRequest')],
  ['blocked', () => new Response('<html>', { status: 403 })],
])('a batch that was %s does not go on log by log', async (_, answer) => {
  let stop = () => {};
  const { sender, batches, kept, put } = setUp((ids, n) => {
    if (n > 1) return success(ids);
    stop();
    return answer();
  });
  put(...Array.from({ length: 20 }, () => entry()));
  // Not the post with it: a listener would be told of each log that is not posted.
  const stops = sender.start();
  stop = () => {
    for (const end of stops) end();
  };
  await settled();
  expect(batches.map(({ length }) => length)).toEqual([20]);
  expect(kept.size).toBe(20);
});

it('what was being compressed is not posted', async () => {
  const { options, batches, kept, put } = setUp((ids) => success(ids));
  let done = () => {};
  const gzip = vi.fn(() => new Promise<undefined>((resolve) => (done = () => resolve(undefined))));
  put(entry());
  createSender({ ...options, care: async () => ({ ...care, gzip }) }).start();
  await settled();
  expect(gzip).toHaveBeenCalledOnce();
  options.post.stop();
  done();
  await settled();
  expect(batches).toEqual([]);
  expect(kept.size).toBe(1);
});

it.each([
  ['in the task of its error', false, undefined],
  ['compressed', false, async () => care],
  ['in a page that is hidden', true, undefined],
])('what fails then is not tried again: posted %s', async (_, isHidden, load) => {
  let stop = () => {};
  const made = setUp(() => {
    stop();
    return Promise.reject(new TypeError('Failed to fetch'));
  });
  const beacon = vi.fn(() => true);
  const realm = { Blob, CompressionStream, Response } as unknown as Realm;
  const platform = { ...made.platform, realm, beacon, hidden: () => isHidden };
  const logs = [JSON.stringify({ id: 'a', pad: 'x'.repeat(2_000) })];
  const begun = () => made.batches.length + beacon.mock.calls.length;
  // As long as nobody has stopped it, there is a second try, or a beacon.
  await createPost(platform, target)(logs, load);
  expect(begun()).toBe(2);
  const post = createPost(platform, target);
  stop = post.stop;
  expect(await post(logs, load)).toEqual({ kind: 'retry' });
  expect(begun()).toBe(2 + 1);
});

it('the client stops it too: what was under way fails, and that was all', async () => {
  let fail = () => {};
  const fetch = vi.fn(() => new Promise((_, reject) => (fail = () => reject(new TypeError('no network')))));
  const platform = fakePlatform({ indexedDB: new IDBFactory(), locks: fakeLocks(), fetch: fetch as never });
  const { appSecret, logUrl } = target;
  const client = createClient(
    toSettings({ appSecret, logUrl, breadcrumbs: false, sessions: false, uncleanExits: false }),
    platform,
    { device: () => Promise.reject(new Error('no chunk')), extra: async () => care },
  );
  await settled();
  client.trackError(new Error('thrown before'));
  expect(fetch).toHaveBeenCalledOnce();
  client.stop();
  fail();
  await settled();
  expect(fetch).toHaveBeenCalledOnce();
  expect(platform.timers.size).toBe(0);
});
