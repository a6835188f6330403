// What the fault matrix takes for a sign of life: were it wrong, a row would be called not played, or played untried.
import { expect, test } from '@playwright/test';
import { Site } from './site.js';

/** A page that is blocked, and what of it reaches the site when it is let go on. */
async function livesWith(path: string): Promise<boolean> {
  const site = await Site.start();
  try {
    const visit = site.prepare('page', {});
    const ask = (what: string) => fetch(`http://127.0.0.1:${site.port}${what}?visit=${visit.id}`);
    const block = ask('/block');
    await visit.blocked();
    const lives = visit.lives();
    await block;
    await ask(path);
    return await lives;
  } finally {
    await site.close();
  }
}

test('a request that was under way when its page was killed is no sign of life', async () => {
  expect(await livesWith('/next')).toBe(false);
});

test('a page that goes on where it was blocked lives', async () => {
  expect(await livesWith('/lives')).toBe(true);
});
