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

// The ways of a body that is no JSON, all of which Chromium is silent about by itself.
const TEXT = '/page/run.js';

entry('response-json-awaited', async function readAll() {
  const [first] = await Promise.all([fetch(TEXT).then((response) => response.json())]); // @response-json-awaited
  return first;
});

entry('response-json-clone', async function readClone() {
  const response = await fetch(TEXT);
  await response.clone().json(); // @response-json-clone
});

entry('response-json-blob', async function readBlob() {
  const response = await fetch(URL.createObjectURL(new Blob(['no JSON'])));
  await response.json(); // @response-json-blob
});

entry('response-json-rethrown', function readAgain() {
  fetch(TEXT)
    .then((response) => response.json()) // @response-json-rethrown
    .catch((error) => {
      throw error;
    });
});

entry(
  'response-json-unmended',
  function readPlain() {
    fetch(TEXT).then((response) => response.json()); // @response-json-unmended
  },
  { options: { wrapCallbacks: false } },
);

entry('request-json', async function readRequest() {
  await new Request('/', { method: 'POST', body: 'no JSON' }).json(); // @request-json
});

entry('text-parsed', function readText() {
  fetch(TEXT)
    .then((response) => response.text())
    .then((text) => JSON.parse(text)); // @text-parsed
});

entry('text-parsed-point-free', function readPointFree() {
  fetch(TEXT)
    .then((response) => response.text())
    .then(JSON.parse);
});

entry('promise-handled-late', function late() {
  const promise = Promise.reject(new Error('handled a second later')); // @promise-handled-late
  setTimeout(() => promise.catch(() => undefined), 30);
});

entry('response-status', function readStatus() {
  fetch('/missing/cart.json');
});

entry('abort', function abortFetch() {
  const controller = new AbortController();
  fetch('/page/run.js', { signal: controller.signal });
  controller.abort(new Error('the user left')); // @abort
});

entry('abort-timeout', function timeOut() {
  fetch('/slow', { signal: AbortSignal.timeout(10) });
});
