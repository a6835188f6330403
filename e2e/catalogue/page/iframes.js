// What is thrown in other windows of the page, and which of them its reporter hears.

const addFrame = (properties) =>
  document.body.appendChild(Object.assign(document.createElement('iframe'), properties));

/** Nothing of a frame shows on the page's window, so that its end cannot be seen there. */
const asked = { options: { iframes: true }, stay: 2_000 };

const TEXT = "<script>setTimeout(() => { throw new Error('in an iframe of text') }, 100)</script>";

entry('iframe-by-default', function run() {
  addFrame({ src: '/child' });
  addFrame({ src: '/child?reject' });
});

entry(
  'iframe',
  function run() {
    addFrame({ src: '/child' });
  },
  asked,
);

entry(
  'iframe-reject',
  function run() {
    addFrame({ src: '/child?reject' });
  },
  asked,
);

entry(
  'iframe-nested',
  function run() {
    addFrame({ srcdoc: '<iframe src="/child"></iframe>' });
  },
  asked,
);

entry(
  'iframe-srcdoc',
  function run() {
    addFrame({ srcdoc: TEXT });
  },
  asked,
);

entry(
  'iframe-blank',
  function run() {
    const frame = addFrame({}).contentWindow;
    frame.setTimeout(new frame.Function("throw new Error('in a blank iframe')"), 100);
  },
  asked,
);

entry(
  'iframe-sandboxed',
  function run() {
    const frame = document.createElement('iframe');
    frame.sandbox.add('allow-scripts');
    frame.srcdoc = TEXT;
    document.body.append(frame);
  },
  asked,
);

entry(
  'iframe-foreign',
  function run() {
    addFrame({ src: `${globalThis.catalogue.other}/child` });
  },
  asked,
);

entry(
  'iframe-removed',
  function run() {
    const frame = addFrame({});
    const { Promise: Promises } = frame.contentWindow;
    frame.remove();
    Promises.reject(new Error('rejected when its iframe is gone'));
  },
  asked,
);
