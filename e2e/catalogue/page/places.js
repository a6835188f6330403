// Where code can come from: text, blobs, data, modules, addresses of every shape, wasm.

const addScript = (properties) =>
  document.head.append(Object.assign(document.createElement('script'), properties));

entry('inline', function run() {
  fromInline();
});

entry('inline-inserted', function run() {
  addScript({ textContent: "throw new Error('in an inserted script');" });
});

entry('eval', function evaluator() {
  // biome-ignore lint/security/noGlobalEval: pages do
  eval("\nfunction evaluated() { throw new Error('in eval'); }\nevaluated();"); // @eval
});

entry('eval-indirect', function evaluator() {
  // biome-ignore lint/security/noGlobalEval: pages do
  const evaluate = eval;
  evaluate("function evaluated() { throw new Error('in an indirect eval'); }\nevaluated();"); // @eval-indirect
});

entry('eval-syntax', function evaluator() {
  // biome-ignore lint/security/noGlobalEval: pages do
  eval('const = 1;'); // @eval-syntax
});

entry('eval-named', function evaluator() {
  // biome-ignore lint/security/noGlobalEval: bundlers' development builds do
  eval(
    "function bundled() { throw new Error('in a bundled module'); }\nbundled();\n//# sourceURL=webpack-internal:///./src/cart.js?a(b)",
  );
});

// What a build or the browser itself gives scripts for addresses.
const GIVEN = {
  vite: 'https://shop.example/@fs/src/cart.vue?t=1700000000000&lang.ts',
  extension: 'chrome-extension://gighmmpiobklfepjocnamgkkbiglidom/content/(a)/script.js',
};

for (const [name, url] of Object.entries(GIVEN))
  entry(`eval-of-${name}`, function run() {
    // biome-ignore lint/security/noGlobalEval: so that the script has that address
    eval(
      `function placed() { throw new Error('in a script that says where it is from'); }\nplaced();\n//# sourceURL=${url}`,
    );
  });

entry('new-function', function creator() {
  const made = new Function("throw new Error('in a new Function');"); // @new-function-made
  made(); // @new-function
});

entry('blob-script', function run() {
  const text = "function fromBlob() {\n  throw new Error('in a blob');\n}\nfromBlob();";
  addScript({ src: URL.createObjectURL(new Blob([text], { type: 'text/javascript' })) });
});

entry('blob-module', function run() {
  const text = "function fromBlob() {\n  throw new Error('in a blob module');\n}\nfromBlob();";
  addScript({ type: 'module', src: URL.createObjectURL(new Blob([text], { type: 'text/javascript' })) });
});

entry('data-module', function run() {
  import("data:text/javascript,function fromData() { throw new Error('in a data module'); } fromData();");
});

entry('module', function run() {
  addScript({ type: 'module', src: '/page/module.js' });
});

entry('module-imported', function run() {
  import('/page/module.js');
});

entry('module-awaits', function run() {
  addScript({ type: 'module', src: '/page/later.js' });
});

entry('module-awaits-imported', function run() {
  import('/page/later.js');
});

for (const way of ['timer', 'tail', 'frame', 'microtask', 'listener', 'async'])
  entry(`module-${way}`, function run() {
    addScript({ type: 'module', src: `/page/module-tasks.js?way=${way}` });
  });

entry('module-missing', function run() {
  import('/missing/module.js');
});

entry('module-broken', function run() {
  import('/broken.js');
});

entry('module-without-export', function run() {
  import("data:text/javascript,import { nothing } from 'data:text/javascript,export const one = 1'");
});

entry('script-broken', function run() {
  addScript({ src: '/broken.js' });
});

entry('script-of-html', function run() {
  addScript({ src: '/html.js' });
});

const ADDRESSES = {
  spaces: '/odd/my shop/cart page.js',
  parentheses: '/odd/(shop)/page-1 (2).js',
  at: '/odd/@scope/pkg@1.2.3/cart.js',
  query: '/odd/cart.js?v=1:2:3&b=(x)&at=@',
  fragment: '/odd/cart.js#part:4:5',
  colons: '/odd/cart.js:7:8',
  unicode: '/odd/größe-日本.js',
  'like-eval': '/odd/eval at f (x).js',
};

for (const [name, src] of Object.entries(ADDRESSES))
  entry(`address-${name}`, function run() {
    addScript({ src });
  });

entry('wasm-trap', async function run() {
  const { instance } = await WebAssembly.instantiateStreaming(fetch('/trap.wasm'));
  instance.exports.trap(); // @wasm-trap
});

entry('wasm-broken', function run() {
  WebAssembly.compile(new Uint8Array([0, 1, 2, 3])); // @wasm-broken
});
