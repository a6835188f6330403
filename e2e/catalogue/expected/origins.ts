import { call, type Expectation, type Expectations, type Expected, each, error } from './expected.js';

const MESSAGE = 'in a script of another origin';

/** All that the platform gives of a script without CORS, and what the page can do about it. */
const MUTED: Expected = { type: 'Error', message: /Script error/, frames: [], hint: true };

/** @param name what V8 calls it: with the object it was called on */
const visible = (path: string, name = 'foreign'): Expected => ({
  ...error(MESSAGE, each(name, 'foreign', 'foreign'), 'foreign'),
  // WebKit strips the query (platform.md §B1).
  address: each(`OTHER${path}`, `OTHER${path}`, `OTHER${path.replace(/\?.*/, '')}`),
});

/** Firefox shows thrown errors to everybody; of WebKit, only who wraps the callback sees them (platform.md §B2). */
const inCallback = (way: string): Expectation => {
  const full = visible(`/page/foreign.js?way=${way}`);
  return each(MUTED, full, full);
};

const UNSEEN = {
  what: 'a rejection in a script of another origin without CORS',
  nothing: 'no event is fired (platform.md §B2)',
  unless: 'the script has `crossorigin`, and its server answers with CORS',
};

const rejected = (path: string): Expected => ({
  ...visible(path),
  message: 'rejected in a script of another origin',
  frames: each(
    [{ name: 'Object.reject', at: 'foreign-reject' }],
    [{ name: 'reject', at: 'foreign-reject' }],
    [{ name: 'reject', at: 'foreign-reject' }],
  ),
});

const reported = (path: string): Expected => ({
  ...visible(path),
  frames: call(each('', 'report/<', ''), 'foreign-report'),
});

export const ORIGINS: Expectations = {
  'foreign-sync': each(MUTED, visible('/page/foreign.js?way=sync'), MUTED),
  'cors-sync': visible('/cors/foreign.js?way=sync', 'Object.foreign'),
  // An error of the engine's own is withheld in Firefox too, all but the file (platform.md §B2).
  'foreign-null': each<Expected>(
    MUTED,
    { ...MUTED, frames: [{ name: '', file: 'OTHER/page/foreign.js?way=null' }] },
    MUTED,
  ),
  'cors-null': {
    type: 'TypeError',
    message: each(
      "Cannot read properties of null (reading 'price')",
      'can\'t access property "price", item is null',
      "null is not an object (evaluating 'item.price')",
    ),
    address: each(
      'OTHER/cors/foreign.js?way=null',
      'OTHER/cors/foreign.js?way=null',
      'OTHER/cors/foreign.js',
    ),
    frames: each(
      [{ name: 'Object.foreignNull', at: 'foreign-null' }],
      [{ name: 'foreignNull', at: 'foreign-null' }],
      [{ name: 'foreignNull', at: 'foreign-null' }],
    ),
  },
  ...Object.fromEntries(
    ['timer', 'frame', 'microtask', 'listener'].flatMap((way): [string, Expectation][] => [
      [`foreign-${way}`, inCallback(way)],
      [`cors-${way}`, visible(`/cors/foreign.js?way=${way}`)],
    ]),
  ),
  // Nobody can stand in for all that calls back: in WebKit these are withheld even with CORS (platform.md §B2).
  ...Object.fromEntries(
    Object.entries({
      property: 'Image.foreign',
      observer: 'MutationObserver.foreign',
      element: 'foreign',
    }).flatMap(([way, name]): [string, Expectation][] => {
      const full = visible(`/cors/foreign.js?way=${way}`, name);
      return [
        [`foreign-${way}`, each(MUTED, visible(`/page/foreign.js?way=${way}`), MUTED)],
        [`cors-${way}`, each(full, full, MUTED)],
      ];
    }),
  ),
  'foreign-report': each(MUTED, reported('/page/foreign.js?way=report'), MUTED),
  'cors-report': each<Expected>(
    reported('/cors/foreign.js?way=report'),
    reported('/cors/foreign.js?way=report'),
    MUTED,
  ),
  'cors-timer-unwrapped': each(
    visible('/cors/foreign.js?way=timer'),
    visible('/cors/foreign.js?way=timer'),
    MUTED,
  ),
  'foreign-reject': each<Expected | typeof UNSEEN>(UNSEEN, UNSEEN, rejected('/page/foreign.js?way=reject')),
  'cors-reject': rejected('/cors/foreign.js?way=reject'),
  'foreign-async': each<Expected | typeof UNSEEN>(UNSEEN, UNSEEN, visible('/page/foreign.js?way=async')),
  'cors-async': visible('/cors/foreign.js?way=async'),
  // The script of the page calls the other's: muted all the same, but in Firefox.
  'foreign-called': each(MUTED, visible('/page/foreign.js?way=callable'), MUTED),
  // Nothing is withheld from who catches.
  'foreign-caught': { ...visible('/page/foreign.js?way=callable'), handled: true },
  'cors-module': {
    ...error('in a module', 'fromModule', 'module'),
    address: 'OTHER/cors/module.js',
  },
};
