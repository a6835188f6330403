import { type Expectations, type Expected, type ExpectedFrame, each, type Nothing } from './expected.js';

const CHILD = { address: 'HERE/child' };

const foreign = (what: string): Nothing => ({
  what,
  nothing: 'the page may not look into it',
  unless: 'it has a reporter of its own',
});

export const IFRAMES: Expectations = {
  'iframe-by-default': {
    what: 'an error in an iframe of the same origin',
    nothing: "it is told in the iframe's own window (platform.md §B2)",
    unless: '`iframes: true`',
  },
  iframe: {
    type: 'RangeError',
    message: 'in an iframe',
    frames: [{ name: 'inFrame', at: 'iframe' }],
    only: true,
    ...CHILD,
  },
  'iframe-reject': {
    type: 'RangeError',
    message: 'rejected in an iframe',
    frames: [{ name: 'refuse', at: 'iframe-reject' }],
    only: true,
    ...CHILD,
  },
  'iframe-nested': {
    type: 'RangeError',
    message: 'in an iframe',
    frames: [{ name: 'inFrame', at: 'iframe' }],
    only: true,
    ...CHILD,
  },
  'iframe-srcdoc': each<Expected>(
    { type: 'Error', message: 'in an iframe of text', frames: [{ name: '', file: 'about:srcdoc', line: 1 }] },
    { type: 'Error', message: 'in an iframe of text', frames: [{ name: '', file: 'about:srcdoc', line: 1 }] },
    { type: 'Error', message: /Script error/, frames: [], hint: true },
  ),
  'iframe-blank': {
    type: 'Error',
    message: 'in a blank iframe',
    // Two lines are the head that the engine puts before the text.
    frames: each<readonly ExpectedFrame[]>(
      [{ name: 'eval', file: null, line: 3, code: /^eval at run \(HERE\/page\/iframes\.js:\d+:\d+\)$/ }],
      [{ name: 'anonymous', file: null, line: 3, code: /^HERE\/page\/iframes\.js line \d+ > Function$/ }],
      [{ name: 'anonymous', file: null }],
    ),
  },
  'iframe-sandboxed': foreign('an error in a sandboxed iframe'),
  'iframe-foreign': foreign('an error in an iframe of another origin'),
  'iframe-removed': {
    what: 'a rejection in an iframe that has been removed',
    nothing: 'nothing is fired (platform.md §B2)',
  },
};
