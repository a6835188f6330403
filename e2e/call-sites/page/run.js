// Each case twice, from the same place: for the reporter, and for V8's own account of the calls.
Error.stackTraceLimit = 50;

const ask = (site, method) => {
  try {
    return site[method]();
  } catch {
    // Some of them throw on calls without a receiver.
    return null;
  }
};
const METHODS = [
  'getFunctionName',
  'getTypeName',
  'getMethodName',
  'getScriptNameOrSourceURL',
  'getEvalOrigin',
  'getLineNumber',
  'getColumnNumber',
  'getPromiseIndex',
  'isToplevel',
  'isConstructor',
  'isEval',
  'isNative',
  'isAsync',
  'isPromiseAll',
];
const record = (_error, sites) =>
  sites.map((site) => Object.fromEntries(METHODS.map((method) => [method, ask(site, method)])));

/** What the case throws; its stack is made where it is first read: here. */
async function run(name, prepare) {
  // The calls below are the same ones each time: this function, after a wait.
  await null;
  Error.prepareStackTrace = prepare;
  try {
    const made = await cases[name]();
    return { error: made, stack: made.stack };
  } catch (error) {
    return { error, stack: error.stack };
  } finally {
    delete Error.prepareStackTrace;
  }
}

async function runCases() {
  const all = {};
  for (const name of Object.keys(cases)) {
    const results = [];
    for (const prepare of [undefined, record]) results.push(await run(name, prepare));
    const [reported, recorded] = results;
    all[name] = { id: crashpost.trackError(reported.error), sites: recorded.stack, stack: reported.stack };
  }
  return all;
}

/** From a task of the page's own: nothing of the test's driver is on the stack, nor waits for it. */
window.runAll = (settings) => {
  crashpost.start(settings);
  setTimeout(async () => {
    window.results = await runCases();
  });
};
