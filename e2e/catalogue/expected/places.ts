import {
  type Expectations,
  type Expected,
  type ExpectedFrame,
  each,
  error,
  type Nothing,
  native,
} from './expected.js';

/** Evaluated text: V8 and Gecko give the position inside it, and where it was evaluated; WebKit gives nothing. */
const evaluated = (name: readonly [string, string, string], line: number) =>
  each<readonly ExpectedFrame[]>(
    [{ name: name[0], file: null, line, code: /^eval at \w+ \(HERE\/page\/places\.js:\d+:\d+\)$/ }],
    [{ name: name[1], file: null, line, code: /^HERE\/page\/places\.js line \d+ > (eval|Function)$/ }],
    [{ name: name[2], file: null }],
  );

/** Evaluated text that says where it is from. WebKit does not hear it (platform.md §B1). */
const placed = (name: string, message: string, file: string): Expected => ({
  type: 'Error',
  message,
  frames: each<readonly ExpectedFrame[]>(
    [{ name, file, line: 1 }],
    [{ name, file, line: 1 }],
    [{ name, file: null }],
  ),
});

/** Frames of an error that a script of no name of its own threw. */
const at = (file: string | RegExp, name: string, line: number): readonly ExpectedFrame[] => [
  { name, file, line },
];

const PLACED = 'in a script that says where it is from';
const BLOB = /^blob:HERE\/[0-9a-f-]{36}$/;
const DATA = /^data:text\/javascript,function fromData\(\) \{ throw .* fromData\(\);$/;

const odd = (chromium: string, firefox = chromium, webkit = chromium): Expected => ({
  ...error('in a script of an odd address', 'fromOddAddress', 'odd'),
  address: each(`HERE${chromium}`, `HERE${firefox}`, `HERE${webkit}`),
});

const moduleTask = (way: string): Expected => ({
  ...error('in a callback of a module', 'fromModuleTask', 'module-task'),
  address: each(
    `HERE/page/module-tasks.js?way=${way}`,
    `HERE/page/module-tasks.js?way=${way}`,
    'HERE/page/module-tasks.js',
  ),
});

export const PLACES: Expectations = {
  inline: { ...error('in an inline script', 'fromInline', 'inline'), address: 'HERE/entry/inline' },
  'inline-inserted': {
    type: 'Error',
    message: 'in an inserted script',
    frames: each<readonly ExpectedFrame[]>(
      [{ name: '', file: null, line: 1 }],
      [{ name: '', file: null, line: 1, code: / line \d+ > injectedScript$/ }],
      [{ name: 'global code', file: 'HERE/entry/inline-inserted', line: 1 }],
    ),
  },
  eval: {
    type: 'Error',
    message: 'in eval',
    frames: evaluated(['evaluated', 'evaluated', 'evaluated'], 2),
  },
  'eval-indirect': {
    type: 'Error',
    message: 'in an indirect eval',
    frames: evaluated(['evaluated', 'evaluated', 'evaluated'], 1),
  },
  'eval-syntax': {
    type: 'SyntaxError',
    message: /'='/,
    frames: each(
      [{ name: 'evaluator', at: 'eval-syntax' }],
      [{ name: 'evaluator', at: 'eval-syntax' }],
      [native('eval'), { name: 'evaluator', at: 'eval-syntax' }],
    ),
  },
  'eval-named': placed('bundled', 'in a bundled module', 'webpack-internal:///./src/cart.js?a(b)'),
  'eval-of-vite': placed('placed', PLACED, 'https://shop.example/@fs/src/cart.vue?t=1700000000000&lang.ts'),
  'eval-of-extension': placed(
    'placed',
    PLACED,
    'chrome-extension://gighmmpiobklfepjocnamgkkbiglidom/content/(a)/script.js',
  ),
  'new-function': {
    type: 'Error',
    message: 'in a new Function',
    // Two lines are the head that the engine puts before the text.
    frames: evaluated(['eval', 'anonymous', 'anonymous'], 3),
  },
  'blob-script': { type: 'Error', message: 'in a blob', frames: at(BLOB, 'fromBlob', 2) },
  'blob-module': { type: 'Error', message: 'in a blob module', frames: at(BLOB, 'fromBlob', 2) },
  'data-module': { type: 'Error', message: 'in a data module', frames: at(DATA, 'fromData', 1) },
  module: error('in a module', 'fromModule', 'module'),
  'module-imported': error('in a module', 'fromModule', 'module'),
  'module-awaits-imported': error(
    'after an await at the top',
    each('', '', 'module code'),
    'top-level-await',
  ),
  'module-awaits': each<Expected | Nothing>(
    error('after an await at the top', '', 'top-level-await'),
    error('after an await at the top', '', 'top-level-await'),
    {
      what: 'a static module that throws after an `await` at its top',
      nothing: 'nothing is fired (platform.md §B2)',
      unless: 'it is imported by `import()`',
    },
  ),
  ...Object.fromEntries(
    ['timer', 'frame', 'microtask', 'listener', 'async'].map((way) => [`module-${way}`, moduleTask(way)]),
  ),
  'module-tail': {
    type: 'SyntaxError',
    message: /JSON/,
    address: 'HERE/page/module-tasks.js?way=tail',
    frames: each(
      [native('JSON.parse'), { name: '', at: 'module-tail' }],
      [{ at: 'module-tail' }],
      [native('parse')],
    ),
  },
  'module-missing': {
    type: 'TypeError',
    message: each(
      /^Failed to fetch dynamically imported module: .*\/missing\/module\.js$/,
      /^error loading dynamically imported module: .*\/missing\/module\.js$/,
      /^Importing a module script failed\.$/,
    ),
    frames: [],
  },
  // A rejection without a stack has no position; WebKit's `line` and `sourceURL` are there only for these.
  'module-broken': { type: 'SyntaxError', message: /';'/, frames: [] },
  'module-without-export': { type: 'SyntaxError', message: /nothing/, frames: [] },
  'script-broken': { type: 'SyntaxError', message: /';'/, frames: at('HERE/broken.js', '', 2) },
  'script-of-html': { type: 'SyntaxError', message: /'<'/, frames: at('HERE/html.js', '', 1) },
  'address-spaces': odd('/odd/my%20shop/cart%20page.js'),
  'address-parentheses': odd('/odd/(shop)/page-1%20(2).js'),
  'address-at': odd('/odd/@scope/pkg@1.2.3/cart.js'),
  'address-query': odd('/odd/cart.js?v=1:2:3&b=(x)&at=@', '/odd/cart.js?v=1:2:3&b=(x)&at=@', '/odd/cart.js'),
  'address-fragment': odd('/odd/cart.js', '/odd/cart.js#part:4:5', '/odd/cart.js'),
  'address-colons': odd('/odd/cart.js:7:8'),
  'address-unicode': odd('/odd/gr%C3%B6%C3%9Fe-%E6%97%A5%E6%9C%AC.js'),
  'address-like-eval': odd('/odd/eval%20at%20f%20(x).js'),
  'wasm-trap': {
    type: 'RuntimeError',
    message: /unreachable/i,
    frames: each(
      [
        { name: 'explode', file: 'HERE/trap.wasm', code: /^wasm-function\[0\]:0x21$/ },
        { name: 'run', at: 'wasm-trap' },
      ],
      [
        { name: 'explode', file: 'HERE/trap.wasm', code: /^wasm-function\[0\]:0x21$/ },
        { name: 'run', at: 'wasm-trap' },
      ],
      // WebKit gives neither file nor offset (platform.md §B1).
      [
        { name: 'explode', file: null, code: /^wasm-function\[0\]$/ },
        { name: 'run', at: 'wasm-trap' },
      ],
    ),
  },
  'wasm-broken': {
    type: 'CompileError',
    message: /WebAssembly|wasm/,
    frames: [],
  },
};
