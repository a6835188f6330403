// What a page of the fault tests does: what it is told. Nothing drives the browser from outside, so the page's stacks,
// timing and life are a visitor's (platform.md §A: "automation changes what you measure").
(() => {
  const { visit, tag } = globalThis.settings;
  const AsyncFunction = (async () => undefined).constructor;
  let number = 0;

  globalThis.wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  /** Throws `count` errors, each with a text of its own, as uncaught ones: listeners run before it returns. */
  globalThis.boom = (count) => {
    for (let i = 0; i < count; i++) reportError(new Error(`${tag} visit ${visit} error ${number++}`));
  };

  /**
   * Runs `code` so many calls deep. The name makes up for the short address: a frame has as many characters as one of an
   * ordinary bundle on a CDN.
   */
  globalThis.deep = function renderTheItemsOfTheCheckoutConfirmationOfTheShopOfThisPage(depth, code) {
    if (depth > 0) renderTheItemsOfTheCheckoutConfirmationOfTheShopOfThisPage(depth - 1, code);
    else code();
  };

  /** The main thread stands still from here on; who waits for it on the other side ends the process. */
  globalThis.block = () => {
    const ask = (path) => {
      const request = new XMLHttpRequest();
      request.open('GET', `${path}?visit=${visit}`, false);
      request.send();
    };
    try {
      ask('/block');
      // Said by nobody else, and by this page only when it was let go on: it was not killed.
      ask('/lives');
    } catch {
      // The other side is gone; so is this one soon.
    }
  };

  /** Resolves when the reporter's database is there. */
  globalThis.opened = async () => {
    const isOurs = ({ name }) => name.startsWith('crashpost.queue.');
    for (let tries = 0; tries < 200; tries++) {
      if ((await indexedDB.databases()).some(isOurs)) return wait(200);
      await wait(25);
    }
    throw new Error('the reporter opened no database');
  };

  const run = async (code) => {
    try {
      return { value: await new AsyncFunction(code)() };
    } catch (error) {
      return { error: `${error}` };
    }
  };

  const nothing = () => undefined;
  let onHeld = nothing;
  /** Runs `code` as a task of its own as soon as the other side holds a request of this page: then it sees the page go. */
  globalThis.onceHeld = (code) => {
    onHeld = () => {
      // Once: a page that is closing may ask again.
      onHeld = nothing;
      setTimeout(code);
    };
  };

  let line = new AbortController();
  let quiet = Promise.resolve();
  const obey = async () => {
    line = new AbortController();
    // A page that is loaded anew by going back gets what its cache has: this is to be asked.
    const asked = `/next?visit=${visit}&time=${performance.timeOrigin + performance.now()}`;
    const response = await fetch(asked, { signal: line.signal });
    onHeld();
    const { number, code } = await response.json();
    const body = JSON.stringify(await run(code));
    await fetch(`/answer?visit=${visit}&number=${number}`, { method: 'POST', body });
  };
  // A page that is offline for a while has lost its line, and one in the bfcache has hung up: it asks again.
  const live = () =>
    obey()
      .catch(() => Promise.all([quiet, wait(100)]))
      .then(live);
  live();

  /**
   * Until the page is back, no request is under way that is not the reporter's: Firefox's bfcache takes no page that
   * has one, and what is begun while a page is left may never end.
   */
  globalThis.hangUp = () => {
    quiet = new Promise((resolve) => addEventListener('pageshow', resolve, { once: true }));
    line.abort();
  };
})();
