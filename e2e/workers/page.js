// Starts every worker of the test, and then says so. The settings come with the page.
const { options } = globalThis.settings;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
// An engine may collect a worker that nobody holds.
const kept = [];
const begin = (script, name, more) => {
  const worker = new Worker(`/w/${script}.js`, { name, ...more });
  kept.push(worker);
  return worker;
};
const asModule = { type: 'module' };

/** Before any page of this origin has started: there is nowhere to post to yet. */
async function beforeStart() {
  begin('classic', 'throw|before the start');
  await wait(600);
}

function dedicated() {
  begin('classic', 'throw|classic');
  begin('classic', 'reject|classic, rejected');
  begin('classic', 'text|classic, a text');
  begin('classic', 'nothing|');
  begin('classic', 'burst|burst');
  begin('bare', 'throw|bare');
  begin('bare', 'reject|bare, rejected');
  begin('bare', 'burst|bare burst');
  begin('missing', 'throw|missing');
  begin('module', 'throw|module', asModule);
  begin('module', 'reject|module, rejected', asModule);
  begin('bare', 'throw|bare module', asModule);
  begin('started', 'throw|started', asModule);
  begin('classic', 'throw|prevented').onerror = (event) => event.preventDefault();
  const source = `importScripts('${location.origin}/crashpost/crashpost.worker.min.js');importScripts('${location.origin}/w/bare.js');`;
  new Worker(URL.createObjectURL(new Blob([source])), { name: 'throw|blob' });
}

/** Last: IndexedDB may answer nobody of the origin any more, where WebKitGTK ends a worker that writes. */
function terminated() {
  for (const name of ['throw|terminated at once', 'later|terminated']) {
    const worker = begin('classic', name);
    worker.onerror = () => worker.terminate();
  }
}

/**
 * Begun anew where the inner worker never ran: Firefox under load at times ends, or blocks for good, a worker that has
 * just begun one of its own. Measured with no reporter anywhere: in 2 of 12 visits, load 13.
 */
async function nest(script, name) {
  for (let tries = 0; tries < 4; tries++) {
    const worker = begin(script, `nest|${name}`);
    const ran = new Promise((resolve) => {
      worker.addEventListener('message', ({ data }) => data === 'inner ran' && resolve(true));
    });
    if (await Promise.race([ran, wait(5_000)])) return;
    worker.terminate();
  }
}

const nested = () =>
  Promise.all([
    nest('bare', 'classic>throw>inner has it'),
    nest('classic', 'bare>throw>outer has it'),
    nest('classic', 'classic>throw>both have it'),
    nest('bare', 'bare>throw>none has it'),
  ]);

function shared() {
  new SharedWorker('/w/classic.js', { name: 'throw|shared' });
  new SharedWorker('/w/classic.js', { name: 'reject|shared, rejected' });
  new SharedWorker('/w/bare.js', { name: 'throw|bare, shared' });
}

async function service() {
  const registration = await navigator.serviceWorker.register('/service/sw.js');
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  while (worker.state !== 'activated') await wait(50);
  // Its start has to be over: it looks for where to post.
  await wait(500);
  worker.postMessage('');
  const frame = document.createElement('iframe');
  frame.src = '/service/frame';
  document.body.append(frame);
  await new Promise((resolve) => frame.addEventListener('load', resolve));
  await frame.contentWindow.fetch('/service/boom').catch(() => undefined);
  await navigator.serviceWorker.register('/broken/sw.js').catch(() => undefined);
}

async function run() {
  await beforeStart();
  crashpost.start(options);
  // What it keeps for workers is on disk.
  await wait(1_000);
  dedicated();
  await wait(1_500);
  const nests = nested();
  shared();
  await service();
  await nests;
  await wait(1_500);
  terminated();
  await wait(2_000);
  await fetch('/done');
}

run();
