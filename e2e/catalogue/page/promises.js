// Rejections that nobody handles.

entry('reject', function reject() {
  Promise.reject(new Error('rejected')); // @reject
});

entry('promise-executor', function execute() {
  new Promise(function executor() {
    throw new Error('in an executor'); // @promise-executor
  });
});

entry('promise-then', function then() {
  Promise.resolve(1).then(function onValue() {
    throw new Error('in then'); // @promise-then
  });
});

entry('promise-finally', function last() {
  Promise.resolve(1).finally(function onFinally() {
    throw new Error('in finally'); // @promise-finally
  });
});

entry('promise-catch', function again() {
  Promise.reject(new Error('the first')).catch(function onReason() {
    throw new Error('in catch'); // @promise-catch
  });
});

entry('promise-caught', function caught() {
  Promise.reject(new Error('handled in time')).catch(() => undefined);
});

entry('thenable', function adopt() {
  Promise.resolve({
    // biome-ignore lint/suspicious/noThenProperty: that is what makes it one
    then() {
      throw new Error('in a thenable'); // @thenable
    },
  });
});

async function early() {
  throw new Error('before any await'); // @async
}

entry('async', function startAsync() {
  early();
});

async function loadCart() {
  await null;
  throw new Error('after an await'); // @async-await
}

async function showCart() {
  await loadCart(); // @async-await-outer
}

entry('async-await', function startAwait() {
  showCart();
});

entry('async-timer', async function slowly() {
  await new Promise((resolve) => setTimeout(resolve, 5));
  throw new Error('after a timer'); // @async-timer
});

async function loadAll() {
  await Promise.all([Promise.resolve(1), loadCart()]); // @promise-all
}

entry('promise-all', function startAll() {
  loadAll();
});

entry('promise-race', function startRace() {
  Promise.race([loadCart(), new Promise(() => undefined)]);
});

async function* pages() {
  yield 1;
  throw new Error('on page two'); // @async-generator
}

entry('async-generator', async function readPages() {
  for await (const page of pages()) console.info(page); // @async-generator-outer
});

function* rows() {
  yield 1;
  throw new Error('in row two'); // @generator
}

entry('generator', function readRows() {
  for (const row of rows()) console.info(row); // @generator-outer
});

entry('fetch', function fetchNothing() {
  fetch('http://127.0.0.1:1/'); // @fetch
});

entry('response-json', async function readJson() {
  const response = await fetch('/page/entry.html');
  await response.json(); // @response-json
});

entry('abort', function abortFetch() {
  const controller = new AbortController();
  fetch('/page/run.js', { signal: controller.signal });
  controller.abort(new Error('the user left')); // @abort
});

entry('abort-timeout', function timeOut() {
  fetch('/slow', { signal: AbortSignal.timeout(10) });
});
