import { type Expectations, each, error } from './expected.js';

export const TASKS: Expectations = {
  timer: error('in a timer', 'onTimer', 'timer'),
  interval: error('in an interval', 'onInterval', 'interval'),
  'timer-text': {
    type: 'Error',
    message: 'in a timer of text',
    // Three opinions on where text has its place: nowhere, at its `setTimeout`, in the page.
    frames: each(
      [{ name: '', file: null, line: 1 }],
      [{ name: '', at: 'timer-text' }],
      [{ name: 'global code', file: 'HERE/entry/timer-text', line: 1 }],
    ),
  },
  'animation-frame': error('in an animation frame', 'onFrame', 'animation-frame'),
  microtask: error('in a microtask', 'onMicrotask', 'microtask'),
  listener: error('in a listener', each('HTMLButtonElement.onClick', 'onClick', 'onClick'), 'listener'),
  'listener-object': error(
    'in handleEvent',
    each('Object.handleEvent', 'handleEvent', 'handleEvent'),
    'listener-object',
  ),
  attribute: {
    type: 'Error',
    message: 'in an attribute',
    address: 'HERE/entry/attribute',
    // Firefox counts the lines of the attribute, not of the page.
    frames: each(
      [{ name: 'HTMLButtonElement.onclick', at: 'attribute' }],
      [{ name: 'onclick', file: 'HERE/entry/attribute', line: 1 }],
      [{ name: 'onclick', at: 'attribute' }],
    ),
  },
  'message-port': error(
    'in onmessage',
    each('MessagePort.onMessage', 'onMessage', 'onMessage'),
    'message-port',
  ),
  'mutation-observer': error(
    'in a mutation observer',
    each('MutationObserver.onMutation', 'onMutation', 'onMutation'),
    'mutation-observer',
  ),
  'resize-observer': error(
    'in a resize observer',
    each('ResizeObserver.onResize', 'onResize', 'onResize'),
    'resize-observer',
  ),
  'resize-observer-loop': {
    what: 'the notice "ResizeObserver loop …"',
    nothing: 'a notice that harms nobody and comes with every frame (platform.md §B2)',
    unless: '`ignore` says otherwise',
    harmless: true,
  },
  'console-error': {
    what: 'what a page writes to its console',
    nothing: 'it is no error that ended anything',
    harmless: true,
  },
  'custom-element': error(
    'in connectedCallback',
    each('ShopCart.connectedCallback', 'connectedCallback', 'connectedCallback'),
    'custom-element',
  ),
  request: error('in onload of a request', each('XMLHttpRequest.onLoad', 'onLoad', 'onLoad'), 'request'),
  'indexed-db': error(
    'in onsuccess of a database',
    each('IDBOpenDBRequest.onOpen', 'onOpen', 'onOpen'),
    'indexed-db',
  ),
  image: error('in onload of an image', each('Image.onImage', 'onImage', 'onImage'), 'image'),
};
