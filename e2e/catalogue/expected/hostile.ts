import { call, type Expectations, type Expected, type ExpectedFrame, each, error } from './expected.js';

/** Its own stack: made in a helper, thrown elsewhere. */
const odd = (name: string, at: string): Expected => ({
  type: 'Error',
  message: 'an odd error',
  frames: [
    { name: 'withGetter', at: 'with-getter' },
    { name, at },
  ],
});

/**
 * Without a stack the event's position is left: where it was made in V8 and Gecko. In WebKit it is that of the reporter's
 * wrapper, from which the value is thrown on, so none is said.
 */
const PLACE: Record<'frames', Expected['frames'] & object> = {
  frames: each<readonly ExpectedFrame[]>(
    [{ name: '', at: 'with-getter' }],
    [{ name: '', at: 'with-getter' }],
    [],
  ),
};

const thrownAt = (at: string): Expected['frames'] & object =>
  each<readonly ExpectedFrame[]>([{ name: '', at }], [{ name: '', at }], []);

export const HOSTILE: Expectations = {
  // The words are in the getter that throws; whatever else knows them may say them.
  'message-throws': { ...odd('throwOdd', 'getter-throws'), message: /^/ },
  'name-throws': odd('throwOdd', 'getter-throws'),
  'stack-throws': { ...odd('throwOdd', 'getter-throws'), ...PLACE },
  'cause-throws': odd('throwOdd', 'getter-throws'),
  'message-is-number': { ...odd('numberMessage', 'message-is-number'), message: '42' },
  'message-is-object': { ...odd('objectMessage', 'message-is-object'), message: /E1/ },
  'name-is-object': odd('objectName', 'name-is-object'),
  'stack-is-array': { ...odd('arrayStack', 'stack-is-array'), ...PLACE },
  'stack-is-missing': { ...odd('noStack', 'stack-is-missing'), ...PLACE },
  'stack-without-frames': {
    ...odd('jsonStack', 'stack-without-frames'),
    ...PLACE,
  },
  'stack-is-huge': {
    ...odd('hugeStack', ''),
    frames: [
      ...Array.from({ length: 99 }, () => ({ name: 'far', file: 'https://shop.example/far.js', line: 7 })),
      { name: '… [156+ frames cut]', file: null },
    ],
  },
  'message-is-huge': {
    type: 'Error',
    message: /^x{1000,8192}… \[\d+ (characters )?cut\]$/,
    frames: call('hugeMessage', 'message-is-huge'),
  },
  'message-of-lines': error('first\nsecond\n\nfourth', 'linesMessage', 'message-of-lines'),
  'message-of-frames': error(
    'one\n    at evil (https://evil.example/x.js:9:9)\nevil@https://evil.example/y.js:1:1',
    'framesMessage',
    'message-of-frames',
  ),
  'name-of-frames': {
    type: 'One\n    at evil (https://evil.example/x.js:9:9)',
    message: 'plain',
    frames: call('framesName', 'name-of-frames'),
  },
  // The site shows characters that turn the text round as their code; JSON has a lone surrogate as an escape.
  'message-of-markup': {
    type: 'Error',
    message: '</pre><script>alert(1)</script>&amp;"\'⟨U+202E⟩\u0000\ud800',
    frames: call('markupMessage', 'message-of-markup'),
  },
  'proxy-of-error': {
    type: 'TypeError',
    message: 'behind a proxy',
    // `stack` is found through the proxy in WebKit only (platform.md §B1).
    frames: call(each('', '', 'proxyError'), 'proxy-of-error'),
  },
  'proxy-that-throws': {
    type: 'Object',
    message: /./,
    frames: thrownAt('proxy-that-throws'),
  },
  'proxy-revoked': { type: 'Object', message: /./, frames: thrownAt('proxy-revoked') },
  // Only V8 knows it: the stack is no text there, and the event is left.
  'prepare-stack-trace': error(
    'its stack is an array',
    each('', 'prepare', 'prepare'),
    'prepare-stack-trace',
  ),
  'no-stack-trace-limit': {
    type: 'Error',
    message: 'without frames',
    frames: thrownAt('no-stack-trace-limit'),
  },
  'onerror-taken': error('the page took onerror', 'takeOnerror', 'onerror-taken'),
  'onunhandledrejection-taken': error(
    'the page took onunhandledrejection',
    'takeRejection',
    'onunhandledrejection-taken',
  ),
  'propagation-stopped': error('the page stopped the event', 'stopAll', 'propagation-stopped'),
  'listeners-replaced': error(
    'the page replaced what a reporter needs',
    'replaceListeners',
    'listeners-replaced',
  ),
  'error-prevented': error('the page prevented the default', 'prevent', 'error-prevented'),
  // What an error listener throws goes to the console alone: "in error reporting mode",
  // https://html.spec.whatwg.org/multipage/webappapis.html#report-an-exception
  'error-in-error-listener': error('the first', 'listenerFails', 'error-in-error-listener-first'),
  'json-replaced': error('the page replaced JSON', 'replaceJson', 'json-replaced'),
  'object-to-json': error('the page patched objects', 'patchObject', 'object-to-json'),
  // Cut to fit one request, the outermost less than those inside.
  'causes-are-huge': {
    type: 'Error',
    message: /^0€{2047,8191}… \[\d{5} cut\]$/,
    frames: call('hugeCauses', 'causes-are-huge'),
    inner: [{ type: 'Error', message: /^1€{30,2000}… \[\d+ cut\]$/ }],
  },
  'array-to-json': error('the page patched arrays', 'patchArray', 'array-to-json'),
};
