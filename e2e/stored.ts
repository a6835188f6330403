// What an origin has stored in a browser, and the lines of docs/collected.md for it.
import { expect, type Page } from '@playwright/test';
import { KEPT } from '../src/collected.fixture.js';

/** The names of all of it, by where it is, wherever it can be. */
const placed = (page: Page): Promise<Record<string, string[]>> =>
  page.evaluate(async () => ({
    localStorage: Object.keys(localStorage),
    sessionStorage: Object.keys(sessionStorage),
    IndexedDB: (await indexedDB.databases()).map(({ name = '' }) => name),
    caches: await caches.keys(),
    cookies: document.cookie.split(/; */).filter(Boolean),
    persisted: await navigator.storage.persisted().then((is) => (is ? ['persisted'] : [])),
  }));

/** The names of all that is stored, and with the answer what was answered. */
export async function stored(page: Page): Promise<string[]> {
  const answer = await page.evaluate(() => localStorage.getItem('crashpost.consent'));
  return Object.values(await placed(page))
    .flat()
    .map((name) => (name === 'crashpost.consent' ? `${name}=${answer}` : name));
}

/** The lines of the docs that what is stored needs. Throws where it has none. */
export async function linesOf(page: Page): Promise<string[]> {
  const lines = Object.entries(await placed(page)).flatMap(([place, names]) =>
    names.map((name) => {
      const line = KEPT.find(
        (one) => one.place === place && (one.isPrefix ? name.startsWith(one.name) : name === one.name),
      );
      expect(line, `${place} ${name} has no line in docs/collected.md`).toBeDefined();
      return `${place} ${line?.name}`;
    }),
  );
  return [...new Set(lines)].sort();
}

/** There only for moments: on its way to IndexedDB, or until the next report says how many found no room. */
const FOR_MOMENTS = ['localStorage crashpost.queue.', 'localStorage crashpost.evicted.'];

/** There only where the app has said something for later visits. */
const WHERE_SAID = ['localStorage crashpost.flags.'];

/** The lines that a visit needs which is still there, and has answered. */
export const LINES: readonly string[] = KEPT.filter(({ place }) => place)
  .map(({ place, name }) => `${place} ${name}`)
  .filter((line) => !FOR_MOMENTS.includes(line) && !WHERE_SAID.includes(line))
  .sort();
