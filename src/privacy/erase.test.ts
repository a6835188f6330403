import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { fakeChannels, fakePlatform, fakeStorage } from '../platform/platform.fixture.js';
import type { Realm } from '../platform/platform.js';
import { openDatabase } from '../queue/idb.js';
import { CONSENT_NAME, ERASE, keepAnswer, NO, readAnswer, YES } from './consent.js';
import { AGAIN, erase } from './erase.js';

const SECRET = '12345678-1234-1234-1234-123456789abc';
const QUEUE = `crashpost.queue.${SECRET}`;

/** A browser that keeps what reporters keep, and something of the page's own. */
async function setUp(more: object = {}) {
  const indexedDB = new IDBFactory();
  const sessionStorage = fakeStorage();
  sessionStorage.setItem(`crashpost.visit.${SECRET}.`, 'x');
  const platform = fakePlatform({ indexedDB, realm: { sessionStorage } as Realm, ...more });
  const { local } = platform;
  for (const name of [`crashpost.install.${SECRET}`, 'crashpost.device', `${QUEUE}.1`, 'own'])
    local?.setItem(name, 'x');
  keepAnswer(platform, ERASE);
  for (const name of [QUEUE, 'own']) (await openDatabase(indexedDB, name)).close();
  const names = () => Object.keys(local ?? {}).sort();
  const databases = async () => (await indexedDB.databases()).map(({ name }) => name).sort();
  return { platform, names, databases, sessionStorage };
}

describe('erasing', () => {
  it('leaves the answer, and what is not ours', async () => {
    const { platform, names, databases, sessionStorage } = await setUp();
    const erased = erase(platform, () => true);
    await expect.poll(databases).toEqual(['own']);
    expect(names()).toEqual([CONSENT_NAME, 'own']);
    expect(Object.keys(sessionStorage)).toEqual([]);
    // The wait has begun.
    await expect.poll(() => platform.timers.size).toBe(1);
    expect(readAnswer(platform)).toBe(ERASE);
    // Something that was under way comes late.
    platform.local?.setItem('crashpost.device', 'late');
    await platform.tick(AGAIN);
    await erased;
    expect(names()).toEqual([CONSENT_NAME, 'own']);
    expect(readAnswer(platform)).toBe(NO);
  });

  it('does not erase what a later yes has stored', async () => {
    const { platform, names } = await setUp();
    let meant = true;
    const erased = erase(platform, () => meant);
    await expect.poll(() => platform.timers.size).toBe(1);
    meant = false;
    keepAnswer(platform, YES);
    platform.local?.setItem('crashpost.device', 'new');
    await platform.tick(AGAIN);
    await erased;
    expect(names()).toEqual([CONSENT_NAME, 'crashpost.device', 'own']);
    expect(readAnswer(platform)).toBe(YES);
    await erase(platform, () => false);
    expect(names()).toContain('crashpost.device');
  });

  it('does not erase, or take back, a yes of another tab that this one has not been told of', async () => {
    const { platform, names } = await setUp();
    const erased = erase(platform, () => true);
    await expect.poll(() => platform.timers.size).toBe(1);
    keepAnswer(platform, YES);
    platform.local?.setItem('crashpost.device', 'new');
    await platform.tick(AGAIN);
    await erased;
    expect(names()).toContain('crashpost.device');
    expect(readAnswer(platform)).toBe(YES);
  });

  it('erases where the answer itself found no room', async () => {
    const { platform, names } = await setUp();
    keepAnswer(platform, YES);
    const erased = erase(platform, () => true);
    await expect.poll(() => platform.timers.size).toBe(1);
    platform.local?.setItem('crashpost.device', 'late');
    await platform.tick(AGAIN);
    await erased;
    expect(names()).toEqual([CONSENT_NAME, 'own']);
    expect(readAnswer(platform)).toBe(NO);
  });

  it('finds the database where the browser cannot list them (Firefox before 126)', async () => {
    const { platform, databases } = await setUp();
    Object.defineProperty(platform.indexedDB, 'databases', { value: undefined, configurable: true });
    erase(platform, () => true);
    await expect.poll(() => platform.timers.size).toBe(1);
    Reflect.deleteProperty(platform.indexedDB as object, 'databases');
    expect(await databases()).toEqual(['own']);
  });

  it('tells reporters in workers', async () => {
    const openChannel = fakeChannels();
    const heard: unknown[] = [];
    openChannel().onmessage = ({ data }) => heard.push(data);
    const { platform } = await setUp({ openChannel });
    erase(platform, () => true);
    expect(heard).toEqual([{ erase: true }]);
  });

  it('does what it can where nothing can be stored', async () => {
    const platform = fakePlatform({ local: undefined });
    const erased = erase(platform, () => true);
    await expect.poll(() => platform.timers.size).toBe(1);
    await platform.tick(AGAIN);
    await erased;
  });
});
