// Two tabs of one app, that have one storage and one queue: what one of them has finished with, the other does not
// bring back, however late it wakes up.
import { expect, it } from 'vitest';
import { UserConfirmation } from './crash-api.js';
import { createBrowser, SECRET } from './crashes/room.fixture.js';
import { fakeLocks, settled } from './platform/platform.fixture.js';
import { openDatabase, readKeys } from './queue/idb.js';

const NAME = `crashpost.queue.${SECRET}`;
const MINUTE = 60_000;

function createTabs() {
  const browser = createBrowser();
  const locks = fakeLocks();
  const open = () => browser.visit({ breadcrumbs: false, uncleanExits: false }, { locks });
  type Tab = Awaited<ReturnType<typeof open>>;
  /** Its timers did not run in the background; the clock did. */
  const freeze = async ({ platform }: Tab, ms: number) => {
    platform.timers.clear();
    await platform.tick(ms);
  };
  const keys = async () => {
    const database = await openDatabase(browser.indexedDB, NAME);
    const all = await readKeys(database);
    database.close();
    return all;
  };
  /** As "clear site data" does, and iOS in the background. */
  const deleteDatabase = () =>
    new Promise((resolve) => {
      browser.indexedDB.deleteDatabase(NAME).onsuccess = resolve;
    });
  return { ...browser, open, freeze, keys, deleteDatabase };
}

/** Forty reports of the first tab, thrown without a network; with one, the second has sent them, in its time. */
async function sendFromOther({ open, network, logs }: ReturnType<typeof createTabs>) {
  network.isDown = true;
  const first = await open();
  for (let n = 0; n < 40; n++) first.track(new Error(`number ${n}`));
  await settled();
  const second = await open();
  network.isDown = false;
  for (let n = 0; n < 4; n++) await second.platform.tick(20 * MINUTE);
  await second.platform.tick(1_000);
  expect(new Set(logs.map(({ id }) => id)).size).toBe(40);
  expect(logs).toHaveLength(40);
  return { first, second };
}

it('what another tab has sent is not posted again when this one is left', async () => {
  const tabs = createTabs();
  const { first } = await sendFromOther(tabs);
  await tabs.freeze(first, 81 * MINUTE);
  first.platform.dispatch('pagehide');
  await settled();
  expect(tabs.logs).toHaveLength(40);
});

it('what another tab has sent does not come back when the browser deletes the database', async () => {
  const tabs = createTabs();
  const { first, second } = await sendFromOther(tabs);
  await second.leave();
  // Drains, and sees what there is.
  await first.platform.tick(15_000);
  expect(tabs.logs).toHaveLength(40);
  await tabs.deleteDatabase();
  await tabs.freeze(first, 81 * MINUTE);
  first.platform.dispatch('online');
  for (let n = 0; n < 5; n++) await settled();
  await first.platform.tick(1_000);
  expect(await tabs.keys()).toEqual([]);
  expect(tabs.logs).toHaveLength(40);
});

it('a crash that the person has declined in another tab does not come back when the browser deletes the database', async () => {
  const { open, keys, deleteDatabase, logs } = createTabs();
  const asks = { shouldAwaitUserConfirmation: () => true };
  const earlier = await open();
  await earlier.room.setListener(asks);
  await earlier.leave();
  const first = await open();
  first.throwIn('of the person');
  await settled();
  expect(await keys()).toEqual([expect.stringMatching(/^held\./)]);
  const second = await open();
  const asked = second.room.setListener(asks);
  for (let n = 0; n < 3; n++) await settled();
  await second.room.notifyUserConfirmation(UserConfirmation.DONT_SEND);
  await asked;
  await settled();
  expect(await keys()).toEqual([]);
  await second.leave();
  await deleteDatabase();
  await first.platform.tick(15_000);
  first.platform.dispatch('online');
  first.track(new Error('next'));
  for (let n = 0; n < 3; n++) await settled();
  expect(logs.map(({ exception }) => exception.message)).toEqual(['next']);
  expect((await keys()).filter((key) => key.startsWith('held'))).toEqual([]);
});
