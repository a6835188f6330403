// What the reporter does not do yet, and issue 3 wants. The test fails when one of them is closed: take it out then.
import { ENGINE_NAMES, type EngineName } from '../engines/engine.js';
import type { Field } from './check.js';

export interface Gap {
  readonly entries: readonly string[];
  readonly field: Field;
  readonly engines: readonly EngineName[];
  readonly reason: string;
}

/** In WebKit, what other origins' scripts throw when the platform calls them back is muted, with CORS and without. */
const MUTED_IN_WEBKIT = ['timer', 'frame', 'microtask', 'listener'].flatMap((way) => [
  `foreign-${way}`,
  `cors-${way}`,
]);

export const KNOWN_GAPS: readonly Gap[] = [
  {
    entries: ['stack-overflow', 'recursion'],
    field: 'frames',
    engines: ['chromium'],
    reason: 'V8 keeps ten frames: Error.stackTraceLimit is not raised yet (platform.md §B1)',
  },
  {
    entries: MUTED_IN_WEBKIT,
    field: 'message',
    engines: ['webkit'],
    reason: 'callbacks are not wrapped yet (platform.md §B2; WebKit bugs 132945, 151548)',
  },
  {
    entries: MUTED_IN_WEBKIT,
    field: 'frames',
    engines: ['webkit'],
    reason: 'callbacks are not wrapped yet (platform.md §B2; WebKit bugs 132945, 151548)',
  },
  ...(['type', 'message', 'frames'] as const).map((field) => ({
    entries: ['module-tail'],
    field,
    engines: ['webkit'] as const,
    reason:
      'JavaScriptCore mutes an engine-made error with no page frame on its stack, here after a tail call in strict code: callbacks are not wrapped yet',
  })),
  {
    entries: ['foreign-sync', 'foreign-null', 'foreign-called'],
    field: 'hint',
    engines: ['chromium', 'webkit'],
    reason: '"Script error." does not name the cure yet',
  },
  {
    entries: ['foreign-timer', 'foreign-frame', 'foreign-microtask', 'foreign-listener'],
    field: 'hint',
    engines: ['chromium'],
    reason: '"Script error." does not name the cure yet',
  },
  {
    entries: ['foreign-null'],
    field: 'hint',
    engines: ['firefox'],
    reason: '"Script error." does not name the cure yet',
  },
  {
    entries: ['class-extends-type-error'],
    field: 'type',
    engines: ENGINE_NAMES,
    reason: 'only the inherited name "Error" is known to say less than the class does',
  },
  {
    entries: ['message-is-number', 'message-is-object'],
    field: 'message',
    engines: ENGINE_NAMES,
    reason: 'a message that is no string is dropped',
  },
  {
    entries: ['throw-regexp', 'reject-regexp', 'throw-event', 'reject-event'],
    field: 'message',
    engines: ENGINE_NAMES,
    reason: 'shown as JSON, which says "{}" of a RegExp and not even the type of an Event',
  },
  {
    entries: ['array-to-json'],
    field: 'frames',
    engines: ENGINE_NAMES,
    reason: "a page's Array.prototype.toJSON (Prototype.js before 1.7) turns the frames into a text",
  },
];
