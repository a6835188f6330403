import { type Expectations, type Expected, each, type Nothing } from './expected.js';

const failed = (element: string, address: string): Expected => ({
  type: 'ResourceError',
  message: new RegExp(`^<${element}> did not load: ${address}$`),
  frames: [],
  handled: true,
});

const here = (path: string): string => `http://127\\.0\\.0\\.1:\\d+${path.replace(/[.?*]/g, '\\$&')}`;

const silent = (what: string, nothing: string): Nothing => ({ what, nothing });
const HARMLESS = {
  ...silent('an icon or a preload that does not load', 'the page lacks nothing'),
  harmless: true,
};

export const LOADS: Expectations = {
  'load-by-default': {
    what: 'a script, style, image, video that does not load',
    nothing: 'many do, and the page goes on',
    unless: '`resources: true`',
  },
  'load-blocked-by-default': {
    what: 'what a Content Security Policy stops',
    nothing: 'nothing is thrown for it',
    unless: '`resources: true`, where an element asked for it',
  },
  'load-script': failed('script', here('/missing/script.js?v=***')),
  'load-script-of-other-type': failed('script', here('/child')),
  'load-script-refused': failed('script', here('/page/odd.js')),
  'load-script-changed': failed('script', here('/page/odd.js')),
  'load-module': failed('script', here('/missing/module.js')),
  'load-module-imports': failed('script', here('/imports.js')),
  'load-module-inline': silent('an inline module whose import does not load', 'an event without an address'),
  'load-style': failed('link', here('/missing/style.css')),
  'load-style-imports': failed('link', here('/import.css')),
  'load-image': failed('img', here('/missing/image.png')),
  'load-image-broken': failed('img', 'data:image/png'),
  // Chromium does not complete the address of what it does not ask for.
  'load-image-blocked': failed('img', `(${here('')})?/blocked/image\\.png`),
  'load-image-twice': failed('img', here('/missing/image.png')),
  'load-video': failed('video', here('/missing/video.mp4')),
  'load-video-source': failed('source', here('/missing/film.mp4')),
  'load-object': each<Expected | Nothing>(
    failed('object', here('/missing/object.pdf')),
    failed('object', here('/missing/object.pdf')),
    silent('an `<object>` that does not load', 'no error is fired'),
  ),
  'load-icon': HARMLESS,
  'load-preload': HARMLESS,
  'load-iframe': silent('an `<iframe>` that does not load', 'the page that says "not found" has loaded'),
  'load-background': silent('a background or a font of a style that does not load', 'no error is fired'),
};
