// What the measured page does, driven from outside through `bench`.

/** An error with exactly so many frames, whatever limit a subject has set. */
const build = (() => {
  // A tower of distinct functions, higher than any stack asked for.
  const floors = [(message) => new Error(message)];
  for (let i = 1; i < 60; i++) {
    const below = floors[i - 1];
    floors.push({ [`floor${i}`]: (message) => [below(message)].pop() }[`floor${i}`]);
  }
  return (message, frames) => {
    const before = Error.stackTraceLimit;
    Error.stackTraceLimit = frames;
    const error = floors[59](message);
    Error.stackTraceLimit = before;
    return error;
  };
})();

/** What peers were seen to hang on, or nearly (peers.md §1.2). */
const HOSTILE = {
  'a message of 1 MB': () => new Error('m'.repeat(1_000_000)),
  'a stack of 20,000 lines': () =>
    Object.assign(new Error('x'), {
      stack: `Error: x${'\n    at far (https://shop.example/far.js:7:9)'.repeat(20_000)}`,
    }),
  'JSON for a stack': () =>
    Object.assign(new Error('x'), {
      stack: `Error: ${JSON.stringify({ path: 'a/b"c', list: Array(60).fill('x:1:2') })}\nfrom the server`,
    }),
  '5,000 causes': () => {
    let cause;
    for (let i = 0; i < 5_000; i++) cause = new Error(`number ${i}`, { cause });
    return cause;
  },
};

(() => {
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  let number = 0;
  let longest = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  }).observe({ type: 'longtask' });

  globalThis.bench = {
    /** Milliseconds from the script's text to a started subject. */
    async init(code, url, options) {
      const text = await (await fetch(code)).text();
      const begun = performance.now();
      // What a script tag does, without its network.
      // biome-ignore lint/security/noGlobalEval: of our own server's files
      globalThis.eval(text);
      globalThis.subject.start(url, options);
      return performance.now() - begun;
    },
    /** Milliseconds that each of `count` uncaught errors takes in its own task: listeners run inside `reportError`. */
    async errors(count, frames, every) {
      const took = [];
      for (let i = 0; i < count; i++) {
        await pause(every);
        const error = build(`bench-distinct-${++number}`, frames);
        const begun = performance.now();
        reportError(error);
        took.push(performance.now() - begun);
      }
      return took;
    },
    /** `count` errors as fast as timers fire; resolves when the last has been thrown. */
    burst(count, isSame) {
      longest = 0;
      return new Promise((resolve) => {
        const one = (left) => {
          if (left === 0) return resolve();
          setTimeout(one, 0, left - 1);
          throw build(isSame ? 'bench-same' : `bench-distinct-${++number}`, 12);
        };
        setTimeout(one, 0, count);
      });
    },
    hostile: Object.keys(HOSTILE),
    /** Milliseconds that the hostile error of this name takes in its own task. */
    one(name) {
      const error = HOSTILE[name]();
      const begun = performance.now();
      reportError(error);
      return performance.now() - begun;
    },
    longest: () => longest,
  };
})();
