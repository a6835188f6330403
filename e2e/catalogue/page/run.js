// One entry a page: the settings name it, and name the page that follows. A page of its own gives each entry a fresh
// reporter, and the user id of that reporter says which entry a report is of.

/** How long to wait for an error that may never come, and for one more after the last. Milliseconds. */
const WAIT = 2_000;
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

/** What has to be asked for comes with a file of its own. */
function whenAsked() {
  const { iframes, resources } = globalThis.catalogue.options;
  const loaded = performance
    .getEntriesByType('resource')
    .some(({ name, responseEnd }) => name.includes('crashpost.extra') && responseEnd > 0);
  if (!iframes && !resources) go();
  // And it has to run.
  else later(loaded ? go : whenAsked, 100);
}

addEventListener('load', whenAsked);
