// One entry a page: the settings name it, and name the page that follows. A page of its own gives each entry a fresh
// reporter, and the user id of that reporter says which entry a report is of.

/** How long to wait for an error that has to come, and for one more after the last. Milliseconds. */
const WAIT = 15_000;
const MORE = 40;

// An entry may replace it.
const { setTimeout: later } = globalThis;

const entries = new Map();
globalThis.entry = (name, run) => entries.set(name, run);

function go() {
  const { name, next, stay } = globalThis.catalogue;
  const leave = () => location.replace(next);
  let timer = later(leave, stay ?? WAIT);
  const onSeen = () => {
    if (stay) return;
    clearTimeout(timer);
    timer = later(leave, MORE);
  };
  addEventListener('error', onSeen, true);
  addEventListener('unhandledrejection', onSeen, true);
  // A timer of its own, and nothing of ours after it.
  later(function runEntry() {
    const run = entries.get(name);
    run();
  });
}

/** What has to be asked for comes with a file of its own: the same one, so it has run for both when it has for us. */
async function whenAsked() {
  const { iframes, resources } = globalThis.catalogue.options;
  if (iframes || resources) {
    await import('/crashpost/crashpost.extra.min.js');
    await new Promise((resolve) => later(resolve, 50));
  }
  go();
}

addEventListener('load', whenAsked);
