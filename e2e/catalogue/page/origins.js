// Scripts of another origin, with CORS and without it.

const WAYS = ['sync', 'null', 'timer', 'frame', 'microtask', 'listener', 'reject', 'async'];
/** Called back by what WebKit withholds, and nobody can stand in for. */
const UNWRAPPED = ['property', 'observer', 'element', 'report'];

function load(path, properties) {
  const { other } = globalThis.catalogue;
  const script = Object.assign(document.createElement('script'), { src: other + path, ...properties });
  document.head.append(script);
  return script;
}

for (const way of [...WAYS, ...UNWRAPPED]) {
  entry(`foreign-${way}`, function run() {
    load(`/page/foreign.js?way=${way}`);
  });
  entry(`cors-${way}`, function run() {
    load(`/cors/foreign.js?way=${way}`, { crossOrigin: 'anonymous' });
  });
}

entry(
  'cors-timer-unwrapped',
  function run() {
    load('/cors/foreign.js?way=timer', { crossOrigin: 'anonymous' });
  },
  { options: { wrapCallbacks: false } },
);

entry('foreign-called', function run() {
  load('/page/foreign.js?way=callable').onload = function onLoad() {
    foreign(); // @foreign-called
  };
});

entry(
  'foreign-caught',
  function run() {
    load('/page/foreign.js?way=callable').onload = function onLoad() {
      try {
        foreign();
      } catch (error) {
        crashpost.trackError(error);
      }
    };
  },
  { stay: 1_500 },
);

entry('cors-module', function run() {
  load('/cors/module.js', { type: 'module' });
});
